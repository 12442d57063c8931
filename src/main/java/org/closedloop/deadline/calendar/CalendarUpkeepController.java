package org.closedloop.deadline.calendar;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.closedloop.audit.Audit;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * Many days at once, for administrators: a notice or a file is read into days, which are shown with what they would
 * change, and are then set together or not at all.
 */
@RestController
@RequestMapping("/api/calendar")
class CalendarUpkeepController {

  private static final List<String> COLUMNS = List.of("date", "kind", "name", "source");
  private static final int MOST_DAYS = 800;
  private static final int LONGEST = 40;

  /** @param year where the text does not name it; may be left out */
  record Notice(String text, Integer year) {}

  /** A day as it is wanted: {@code off}, {@code work}, or {@code normal} for Monday to Friday again. */
  record Wanted(String date, String kind, String name, String source) {}

  record Wishes(List<Wanted> days) {}

  private final OfficeDays days;
  private final CalendarWishes wishes;
  private final ObjectMapper json;
  private final Audit audit;
  private final Me me;

  CalendarUpkeepController(OfficeDays days, CalendarWishes wishes, ObjectMapper json, Audit audit, Me me) {
    this.days = days;
    this.wishes = wishes;
    this.json = json;
    this.audit = audit;
    this.me = me;
  }

  /** What a pasted notice says, as text or JSON. Changes nothing. */
  @PostMapping(path = "/notice", consumes = MediaType.APPLICATION_JSON_VALUE)
  HolidayNotice.Read read(@RequestBody Notice notice) {
    mustAdminister();
    return HolidayNotice.read(notice.text(), notice.year(), json);
  }

  /** The same of a file, CSV or Excel. */
  @PostMapping(path = "/notice", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  HolidayNotice.Read readFile(@RequestParam MultipartFile file) throws IOException {
    mustAdminister();
    CsvTable table;
    try (var in = file.getInputStream()) {
      table = CsvTable.read(in, "file", List.of("date", "kind", "name"), List.of("source"));
    }
    List<OfficeDay> read = new ArrayList<>();
    for (var row : table.rows()) {
      row.required("date", 20);
      LocalDate date = row.date("date").orElse(null);
      String kind = row.text("kind");
      if (!CalendarWishes.KINDS.contains(kind)) {
        row.wrong("kind", "应为 off（休息）、work（调休上班）或 normal（按周一至周五）。", "must be off, work or normal.");
      }
      read.add(new OfficeDay(date, kind, "normal".equals(kind) ? row.text("name") : row.required("name", LONGEST),
          row.optional("source", LONGEST).orElse("本级录入")));
    }
    if (read.isEmpty()) {
      throw InvalidInput.at("file", "文件里没有一天。", "The file has no days.");
    }
    table.errors().throwIfAny();
    return new HolidayNotice.Read(read.get(0).date().getYear(), read.get(0).source(), read);
  }

  /**
   * Sets these days; {@code recompute} moves running deadlines too, {@code dryRun} only tells what would change and which
   * deadlines would move.
   */
  @PostMapping("/changes")
  OfficeDays.Applied change(@RequestBody Wishes wanted, @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestParam(defaultValue = "false") boolean recompute) {
    Official by = mustAdminister();
    if (wanted.days() == null || wanted.days().isEmpty() || wanted.days().size() > MOST_DAYS) {
      throw InvalidInput.at("days", "请给出 1 至 " + MOST_DAYS + " 天。", "Give 1 to " + MOST_DAYS + " days.");
    }
    List<FieldError> errors = new ArrayList<>();
    List<OfficeDay> checked = new ArrayList<>();
    Set<LocalDate> seen = new HashSet<>();
    for (int i = 0; i < wanted.days().size(); i++) {
      Wanted w = wanted.days().get(i) == null ? new Wanted(null, null, null, null) : wanted.days().get(i);
      OfficeDay day = wishes.checked(w.date(), w.kind(), w.name(), w.source(), "days[" + i + "].", errors);
      if (day.date() != null && !seen.add(day.date())) {
        errors.add(FieldError.of("days[" + i + "].date", "这一天前面已有。", "This day stands there already."));
      }
      checked.add(day);
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors.subList(0, Math.min(50, errors.size())));
    }
    return days.apply(checked, by.username(), dryRun, recompute);
  }

  /** The days of a year, or all known, as a file that can be read again. */
  @GetMapping("/days/export")
  void export(@RequestParam(required = false) Integer year, @RequestParam(defaultValue = "csv") String format,
      HttpServletResponse response) throws IOException {
    mustAdminister();
    var file = TableFormat.of(format);
    var shown = year == null ? days.all() : days.of(wishes.year(year));
    audit.note("export", "calendar", null, "exported", List.of());
    response.setContentType(file.type());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"calendar." + file.ending() + "\"");
    try (var table = file.open(response.getOutputStream(), COLUMNS)) {
      shown.forEach(d -> table.row(d.date(), d.kind(), d.name(), d.source()));
    }
  }

  private Official mustAdminister() {
    Official who = me.current();
    if (!who.holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以修改工作日历。", "Only an administrator may change the calendar.");
    }
    return who;
  }
}

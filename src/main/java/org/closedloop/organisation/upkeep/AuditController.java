package org.closedloop.organisation.upkeep;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.closedloop.audit.Act;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.closedloop.problem.InvalidInput;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/administration/acts}: what administrators did, newest first; for administrators, as a list or a file. */
@RestController
@RequestMapping("/api/administration/acts")
class AuditController {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final int EXPORT_PAGE = 1000;
  private static final int EXPORT_MOST = 50_000;
  private static final int YEAR_DIGITS = 4;

  /** An act with the name people know the person by. */
  record Line(long id, Instant at, String by, String byName, String kind, String subject, String name, String act,
      List<Change> changes) {}

  private final Audit audit;
  private final Organisation organisation;
  private final Me me;

  AuditController(Audit audit, Organisation organisation, Me me) {
    this.audit = audit;
    this.organisation = organisation;
    this.me = me;
  }

  /** {@code q}: part of the name or key of what was changed; {@code from}, {@code until}: days, both included. */
  @GetMapping
  Page<Line> list(@RequestParam(required = false) String kind, @RequestParam(required = false) String by,
      @RequestParam(required = false) String subject, @RequestParam(required = false) String q,
      @RequestParam(required = false) String from, @RequestParam(required = false) String until,
      @RequestParam(required = false) Integer limit, @RequestParam(required = false) String after) {
    OrganisationController.requireAdministrator(me);
    return audit.page(filter(kind, by, subject, q, from, until), Cursor.of(after), Limit.of(limit)).map(this::line);
  }

  /** The newest {@value #EXPORT_MOST} of them at most. */
  @GetMapping("/export")
  void export(@RequestParam(required = false) String kind, @RequestParam(required = false) String by,
      @RequestParam(required = false) String subject, @RequestParam(required = false) String q,
      @RequestParam(required = false) String from, @RequestParam(required = false) String until,
      @RequestParam(defaultValue = "csv") String format, HttpServletResponse response) throws IOException {
    OrganisationController.requireAdministrator(me);
    var filter = filter(kind, by, subject, q, from, until);
    var file = TableFormat.of(format);
    audit.note("export", "acts", null, "exported", List.of());
    response.setContentType(file.type());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"acts." + file.ending() + "\"");
    try (var table = file.open(response.getOutputStream(), List.of("at", "by", "by_name", "kind", "subject", "name",
        "act", "changes"))) {
      Cursor after = null;
      int written = 0;
      do {
        var page = audit.page(filter, after, EXPORT_PAGE);
        page.items().stream().map(this::line).forEach(l -> table.row(l.at().atZone(ZONE).toOffsetDateTime(), l.by(),
            l.byName(), l.kind(), l.subject(), l.name(), l.act(), inOneCell(l.changes())));
        written += page.items().size();
        after = Cursor.of(page.next());
      } while (after != null && written < EXPORT_MOST);
    }
  }

  private Line line(Act a) {
    return new Line(a.id(), a.at(), a.by(), organisation.official(a.by()).map(Official::name).orElse(null), a.kind(),
        a.subject(), a.name(), a.act(), a.changes());
  }

  private static String inOneCell(List<Change> changes) {
    return changes.stream().map(c -> c.field() + ": " + shown(c.from()) + " → " + shown(c.to()))
        .collect(Collectors.joining("; "));
  }

  private static String shown(String value) {
    return value == null ? "–" : value;
  }

  private static Audit.Filter filter(String kind, String by, String subject, String q, String from, String until) {
    return new Audit.Filter(blankToNull(kind), blankToNull(by), blankToNull(subject), q, day("from", from, 0),
        day("until", until, 1));
  }

  private static Instant day(String field, String text, int plus) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      if (text.indexOf('-') == YEAR_DIGITS) {
        return LocalDate.parse(text).plusDays(plus).atStartOfDay(ZONE).toInstant();
      }
    } catch (DateTimeException noDay) {
      // falls through to the finding
    }
    throw InvalidInput.at(field, "请填写日期，例如 2026-03-01。", "Give a date, for example 2026-03-01.");
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}

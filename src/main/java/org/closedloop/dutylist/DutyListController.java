package org.closedloop.dutylist;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.csv.TableAnswer;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.page.Limit;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** The duty list over HTTP: every official reads it and tries a matter; administrators and duty leaders keep it. */
@RestController
@RequestMapping("/api/duty-list")
class DutyListController {

  /** A row with the names people know. */
  record Row(int row, int version, String category, String categoryName, String area, String areaName, String unit,
      String unitName, String basis, LocalDate since, boolean direct, String note) {}

  record Rows(Integer version, List<Row> items, String next) {}

  record Versions(List<DutyListVersion> items, String next) {}

  private final DutyList list;
  private final DutyListUpkeep upkeep;
  private final DutyListVersionMapper versions;
  private final DutyRowMapper rows;
  private final Categories categories;
  private final Organisation organisation;
  private final DutyListKeepers keepers;
  private final Me me;

  DutyListController(DutyList list, DutyListUpkeep upkeep, DutyListVersionMapper versions, DutyRowMapper rows,
      Categories categories, Organisation organisation, DutyListKeepers keepers, Me me) {
    this.list = list;
    this.upkeep = upkeep;
    this.versions = versions;
    this.rows = rows;
    this.categories = categories;
    this.organisation = organisation;
    this.keepers = keepers;
    this.me = me;
  }

  /** The list in force, or another version, in its order; of one category and everything below, of one unit. */
  @GetMapping
  Rows rows(@RequestParam(required = false) Integer version, @RequestParam(required = false) String category,
      @RequestParam(required = false) String unit, @RequestParam(required = false) String area,
      @RequestParam(required = false) String q, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    me.current();
    int most = Limit.of(limit);
    int from = cursor(after, 0);
    known("category", category, categories.category(category).isPresent());
    known("unit", unit, organisation.unit(unit).isPresent() || DutyRow.TOWNSHIP.equals(unit)
        || DutyRow.ENFORCEMENT_TEAM.equals(unit));
    Integer shown = version == null ? versions.current().orElse(null) : Integer.valueOf(upkeep.version(version).id());
    if (shown == null) {
      return new Rows(null, List.of(), null);
    }
    List<DutyRow> found = rows.page(shown, from, category, unit, area, pattern(q), most + 1);
    List<DutyRow> page = found.subList(0, Math.min(most, found.size()));
    return new Rows(shown, page.stream().map(this::named).toList(),
        found.size() > most ? String.valueOf(page.get(most - 1).rowNo()) : null);
  }

  private static String pattern(String q) {
    return q == null || q.isBlank() ? null : "%" + q.strip().replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  /** All versions, the newest first. */
  @GetMapping("/versions")
  Versions versions(@RequestParam(required = false) Integer limit, @RequestParam(required = false) String after) {
    me.current();
    int most = Limit.of(limit);
    List<DutyListVersion> found = versions.page(cursor(after, Integer.MAX_VALUE), most + 1);
    List<DutyListVersion> page = found.subList(0, Math.min(most, found.size()));
    return new Versions(page, found.size() > most ? String.valueOf(page.get(most - 1).id()) : null);
  }

  /** "Try a matter": what the list in force, or another version, says about a category in an area. */
  @GetMapping("/propose")
  Proposal propose(@RequestParam(required = false) String category, @RequestParam(required = false) String area,
      @RequestParam(required = false) Integer version) {
    me.current();
    known("category", category == null ? "" : category, categories.category(category).isPresent());
    known("area", area == null ? "" : area, organisation.area(area).isPresent());
    return version == null ? list.propose(category, area)
        : list.propose(upkeep.version(version).id(), category, area);
  }

  /**
   * A new version from a CSV file: a draft, or with {@code publish} in force at once; {@code dryRun} only says what
   * would change.
   */
  @PostMapping(path = "/import", consumes = "text/csv")
  DutyListUpkeep.Outcome importBody(@RequestParam(required = false) String note,
      @RequestParam(defaultValue = "false") boolean publish, @RequestParam(defaultValue = "false") boolean dryRun,
      InputStream body) {
    return upkeep.take(body, note, publish, dryRun, keepers.mustBe().username());
  }

  /** The same, sent by a page as an upload. */
  @PostMapping(path = "/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  DutyListUpkeep.Outcome importUpload(@RequestParam MultipartFile file, @RequestParam(required = false) String note,
      @RequestParam(defaultValue = "false") boolean publish, @RequestParam(defaultValue = "false") boolean dryRun)
      throws IOException {
    try (var in = file.getInputStream()) {
      return importBody(note, publish, dryRun, in);
    }
  }

  /** Puts a draft in force. */
  @PostMapping("/versions/{id}/publish")
  DutyListVersion publish(@PathVariable int id) {
    return upkeep.publish(id, keepers.mustBe().username());
  }

  /** @param from the first day on which it is in force; null takes a plan back */
  record Plan(LocalDate from) {}

  /** Lets a draft come into force by itself on a day. */
  @PostMapping("/versions/{id}/plan")
  DutyListVersion plan(@PathVariable int id, @RequestBody Plan plan) {
    return upkeep.plan(id, plan.from(), keepers.mustBe().username());
  }

  @GetMapping("/export.{format}")
  ResponseEntity<byte[]> export(@PathVariable String format, @RequestParam(required = false) Integer version) {
    me.current();
    var file = TableFormat.of(format);
    int shown = version != null ? upkeep.version(version).id() : versions.current().orElseThrow(() -> new NotFound(
        "还没有生效的权责清单。", "No duty list is in force yet."));
    return TableAnswer.of("duty-list-" + shown, file, upkeep.exported(shown, file));
  }

  private Row named(DutyRow r) {
    return new Row(r.rowNo(), r.version(), r.category(), categories.category(r.category()).map(Category::name)
        .orElse(null), r.area(), organisation.area(r.area()).map(Area::name).orElse(null), r.unit(),
        organisation.unit(r.unit()).map(Unit::name).orElse(null), r.basis(), r.since(), r.direct(), r.note());
  }

  private static void known(String field, String asked, boolean found) {
    if (asked != null && !found) {
      throw InvalidInput.at(field, asked.isBlank() ? "请填写。" : "没有这个代码，请从列表中选择。",
          asked.isBlank() ? "Fill it in." : "There is no such code; choose one from the list.");
    }
  }

  /** The number of the last row shown. */
  private static int cursor(String after, int first) {
    if (after == null || after.isEmpty()) {
      return first;
    }
    if (!after.matches("[0-9]{1,9}")) {
      throw InvalidInput.at("after", "翻页标记无效，请从第一页重新开始。", "Not a cursor; start again from the first page.");
    }
    return Integer.parseInt(after);
  }
}

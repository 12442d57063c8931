package org.closedloop.dutylist;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.audit.Changed;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the duty list: a whole version comes in as CSV, waits as a draft or is put in force at once. A version that was
 * in force never changes and never goes.
 */
@Service
public class DutyListUpkeep {

  /**
   * What an import did, or in a dry run would do, compared with the list in force by category and area.
   *
   * @param version the number of the new version; null in a dry run
   * @param status  draft or current
   * @param changes the first {@value #TOLD} rows that are new, differ, or are missing
   */
  public record Outcome(Integer version, String status, int rows, int added, int changed, int removed,
      boolean dryRun, List<Changed> changes) {}

  private static final int TOLD = 500;

  private static final LocalDate LAST_DAY = LocalDate.of(2100, 1, 1);

  private static final List<String> REQUIRED = List.of("category", "area", "unit", "basis", "since");
  /** The names stand there for the reader; reading a file back, the codes decide. */
  private static final List<String> OPTIONAL = List.of("row", "direct", "note", "category_name", "area_name",
      "unit_name");
  private static final int LONGEST_TEXT = 500;
  private static final int LONGEST_NUMBER = 6;

  private final DutyListVersionMapper versions;
  private final DutyRowMapper rows;
  private final Categories categories;
  private final Organisation organisation;
  private final DutyDifferences differences;
  private final Audit audit;
  private final Clock clock;

  DutyListUpkeep(DutyListVersionMapper versions, DutyRowMapper rows, Categories categories, Organisation organisation,
      DutyDifferences differences, Audit audit, Clock clock) {
    this.differences = differences;
    this.audit = audit;
    this.versions = versions;
    this.rows = rows;
    this.categories = categories;
    this.organisation = organisation;
    this.clock = clock;
  }

  /**
   * A new version out of a CSV file, whole or not at all.
   *
   * @param note    why there is a new version, at most 500 characters
   * @param publish put it in force at once
   * @param by      username
   * @throws InvalidInput naming every wrong row
   */
  @Transactional
  public Outcome take(InputStream file, String note, boolean publish, boolean dryRun, String by) {
    return take(CsvTable.read(file, "file", REQUIRED, OPTIONAL), note(note), publish, dryRun, by);
  }

  static String note(String note) {
    String why = note == null ? "" : note.strip();
    if (why.length() > LONGEST_TEXT || why.chars().anyMatch(Character::isISOControl)) {
      throw InvalidInput.at("note", "说明最多 500 个字，且不含控制字符。",
          "The note has at most 500 characters and no control characters.");
    }
    return why;
  }

  /** Fills an empty list with a file the product ships, and puts it in force. */
  @Transactional
  public void fillWhenEmpty(String resource, String note, String by) {
    versions.lock();
    if (versions.nextId() == 1) {
      take(CsvTable.resource(resource, REQUIRED, OPTIONAL), note, true, false, by);
    }
  }

  private Outcome take(CsvTable table, String note, boolean publish, boolean dryRun, String by) {
    versions.lock();
    int version = versions.nextId();
    List<DutyRow> wanted = checked(table, version);
    List<Changed> changes = differences.between(versions.current().map(rows::all).orElse(List.of()), wanted);
    if (!dryRun) {
      Instant now = clock.instant();
      versions.addDraft(version, note, by, now);
      wanted.forEach(rows::add);
      audit.note("duty-list", String.valueOf(version), null, "added", List.of());
      if (publish) {
        putInForce(version, by, now);
      }
    }
    return new Outcome(dryRun ? null : version, publish ? "current" : "draft", wanted.size(), count(changes, "added"),
        count(changes, "changed"), count(changes, "removed"), dryRun, changes.stream().limit(TOLD).toList());
  }

  /**
   * Puts a draft in force; the version before it becomes past.
   *
   * @throws NotFound when there is no such version
   * @throws Conflict when it is no draft any more
   */
  @Transactional
  public DutyListVersion publish(int version, String by) {
    versions.lock();
    DutyListVersion found = version(version);
    if (!found.status().equals("draft")) {
      throw new Conflict("already-published",
          "第" + version + "版已由 " + found.publishedBy() + " 发布。",
          "Version " + version + " was already published by " + found.publishedBy() + ".");
    }
    putInForce(version, by, clock.instant());
    return version(version);
  }

  /**
   * Lets a draft come into force by itself at the beginning of a day, or with null takes that back.
   *
   * @throws InvalidInput when the day is today or past
   * @throws Conflict     when it is no draft any more
   */
  @Transactional
  public DutyListVersion plan(int version, LocalDate on, String by) {
    versions.lock();
    LocalDate before = version(version).plannedFor();
    if (on != null && (!on.isAfter(LocalDate.now(clock)) || on.isAfter(LAST_DAY))) {
      throw InvalidInput.at("from", "生效日期应在今天之后；今天生效请直接发布。",
          "The day lies after today; to put it in force today, publish it.");
    }
    if (versions.plan(version, on, by) == 0) {
      throw new Conflict("already-published", "第" + version + "版已经发布。", "Version " + version + " is published already.");
    }
    audit.note("duty-list", String.valueOf(version), null, "planned", List.of(Change.of("from", before, on)));
    return version(version);
  }

  /** Puts in force what is due today; the later day wins where several are. */
  @Transactional
  public void publishDue() {
    if (versions.due(LocalDate.now(clock)).isEmpty()) {
      return;
    }
    versions.lock();
    versions.due(LocalDate.now(clock)).forEach(d -> putInForce(d.id(), d.plannedBy(), clock.instant()));
  }

  /**
   * A new version in force at once: the list in force with one row more, or with this row instead of those about the same
   * category and area.
   *
   * @param wanted version and number are given here
   * @return the number of the new version
   * @throws InvalidInput when its category, area or unit cannot be named (any more)
   */
  @Transactional
  int takeIn(DutyRow wanted, String note, String by) {
    mustExist(wanted.category(), wanted.area(), wanted.unit());
    versions.lock();
    int version = versions.nextId();
    List<DutyRow> before = versions.current().map(rows::all).orElse(List.of());
    Instant now = clock.instant();
    versions.addDraft(version, note, by, now);
    boolean written = false;
    int last = 0;
    for (DutyRow row : before) {
      last = row.rowNo();
      if (!subject(row).equals(subject(wanted))) {
        rows.add(row.as(version, row.rowNo()));
      } else if (!written) {
        rows.add(wanted.as(version, row.rowNo()));
        written = true;
      }
    }
    if (!written) {
      rows.add(wanted.as(version, last + 1));
    }
    putInForce(version, by, now);
    return version;
  }

  void mustExist(String category, String area, String unit) {
    if (categories.usable(category).isEmpty()) {
      throw InvalidInput.at("category", "事项分类已停用或不存在。", "The category is retired or does not exist.");
    }
    if (organisation.area(area).isEmpty()) {
      throw InvalidInput.at("area", "区域不存在。", "There is no such area.");
    }
    if (DutyRow.TOWNSHIP.equals(unit) || DutyRow.ENFORCEMENT_TEAM.equals(unit)) {
      return;
    }
    if (organisation.unit(unit).filter(u -> DutyList.CAN_LEAD.contains(u.kind())).isEmpty()) {
      throw InvalidInput.at("unit", "单位不存在，或者不能主办案件。", "There is no such unit, or it cannot lead a case.");
    }
  }

  /** @throws NotFound when there is no such version */
  DutyListVersion version(int id) {
    return versions.byId(id).orElseThrow(() -> new NotFound("没有第" + id + "版权责清单。",
        "There is no version " + id + " of the duty list."));
  }

  private void putInForce(int version, String by, Instant at) {
    versions.endCurrent(at);
    versions.putInForce(version, by, at);
    audit.note("duty-list", String.valueOf(version), null, "published", List.of());
  }

  private List<DutyRow> checked(CsvTable table, int version) {
    if (table.rows().isEmpty()) {
      throw InvalidInput.at("file", "文件里没有一行权责。", "The file has no rows.");
    }
    boolean numbered = table.rows().stream().anyMatch(r -> !r.text("row").isEmpty());
    Set<Integer> numbers = new HashSet<>();
    List<DutyRow> wanted = new ArrayList<>();
    for (CsvRow row : table.rows()) {
      int number = numbered ? number(row) : wanted.size() + 1;
      if (!numbers.add(number) && number > 0) {
        row.wrong("row", "行号与前面的行重复。", "the number stands in an earlier row already.");
      }
      wanted.add(new DutyRow(version, number, category(row), area(row), unit(row),
          row.required("basis", LONGEST_TEXT), since(row), row.yesNo("direct"),
          row.optional("note", LONGEST_TEXT).orElse(null)));
    }
    table.errors().throwIfAny();
    return wanted;
  }

  private static int number(CsvRow row) {
    String text = row.text("row");
    if (text.matches("[1-9][0-9]*") && text.length() <= LONGEST_NUMBER) {
      return Integer.parseInt(text);
    }
    row.wrong("row", "行号应为 1 到 999999 的整数；也可以整列不填。",
        "must be a number from 1 to 999999; or leave the whole column empty.");
    return 0;
  }

  private String category(CsvRow row) {
    String code = row.required("category", LONGEST_NUMBER);
    if (!code.isEmpty() && categories.usable(code).isEmpty()) {
      row.wrong("category", "没有这个事项分类（表格软件可能去掉了开头的 0，请把该列设为文本）。",
          "there is no such category (a spreadsheet may have dropped the leading 0; format the column as text).");
    }
    return code;
  }

  private String area(CsvRow row) {
    String code = row.required("area", 20);
    if (!code.isEmpty() && organisation.area(code).isEmpty()) {
      row.wrong("area", "没有这个区域。", "there is no such area.");
    }
    return code;
  }

  private String unit(CsvRow row) {
    String code = row.required("unit", 40);
    if (code.isEmpty() || code.equals(DutyRow.TOWNSHIP) || code.equals(DutyRow.ENFORCEMENT_TEAM)) {
      return code;
    }
    var unit = organisation.unit(code);
    if (unit.isEmpty()) {
      row.wrong("unit", "没有这个单位；应为单位代码，或 township（所在乡镇）、enforcement-team（所在乡镇执法队）。",
          "there is no such unit; give a unit's code, or township or enforcement-team for those of the area.");
    } else if (!DutyList.CAN_LEAD.contains(unit.get().kind())) {
      row.wrong("unit", "网格不能主办案件。", "a grid cannot lead a case.");
    }
    return code;
  }

  private static LocalDate since(CsvRow row) {
    row.required("since", 20);
    return row.date("since").orElse(null);
  }

  private static String subject(DutyRow row) {
    return row.category() + "@" + row.area();
  }

  private static int count(List<Changed> changes, String act) {
    return (int) changes.stream().filter(c -> c.act().equals(act)).count();
  }

  /** One version as a file that can be imported again. */
  byte[] exported(int version) {
    return exported(version, TableFormat.CSV);
  }

  byte[] exported(int version, TableFormat format) {
    var out = new ByteArrayOutputStream();
    try (var csv = format.open(out, List.of("row", "category", "category_name", "area", "area_name", "unit",
        "unit_name", "basis", "since", "direct", "note"))) {
      rows.all(version).forEach(r -> csv.row(r.rowNo(), r.category(),
          categories.category(r.category()).map(Category::name).orElse(null), r.area(),
          organisation.area(r.area()).map(Area::name).orElse(null), r.unit(),
          organisation.unit(r.unit()).map(Unit::name).orElse(null), r.basis(), r.since(), r.direct(), r.note()));
    }
    return out.toByteArray();
  }
}

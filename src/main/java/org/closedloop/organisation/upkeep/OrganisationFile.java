package org.closedloop.organisation.upkeep;

import java.util.Arrays;
import java.util.List;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.TableWriter;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitRow;

/** The columns of the three tables of the organisation. What is exported can be imported again. */
public final class OrganisationFile {

  public static final List<String> AREA_COLUMNS = List.of("code", "name", "level", "parent");
  public static final List<String> UNIT_COLUMNS = List.of("code", "name", "kind", "parent", "area");
  public static final List<String> OFFICIAL_COLUMNS = List.of("username", "name", "unit", "posts");
  /** May be left out: no phone known, account enabled. */
  public static final List<String> OFFICIAL_OPTIONAL = List.of("phone", "enabled");

  private static final int LONGEST = 200;

  private OrganisationFile() {}

  /** The path stays empty; it follows from the parents. */
  public static List<Area> areas(CsvTable table) {
    return table.rows().stream().map(r -> new Area(cell(r, "code"), cell(r, "name"), cell(r, "level"),
        cell(r, "parent"), null)).toList();
  }

  public static List<UnitRow> units(CsvTable table) {
    return table.rows().stream().map(r -> new UnitRow(cell(r, "code"), cell(r, "name"), cell(r, "kind"),
        cell(r, "parent"), cell(r, "area"))).toList();
  }

  /** Posts stand in one cell, parted by blanks or semicolons. */
  public static List<Person> officials(CsvTable table) {
    return table.rows().stream().map(r -> new Person(cell(r, "username"), cell(r, "name"), cell(r, "unit"),
        Arrays.stream(r.text("posts").split("[\\s;；]+")).filter(p -> !p.isEmpty()).toList(), cell(r, "phone"),
        r.text("enabled").isEmpty() || r.yesNo("enabled"))).toList();
  }

  static void writeAreas(TableWriter to, List<Area> areas) {
    areas.forEach(a -> to.row(a.code(), a.name(), a.level(), a.parent()));
  }

  static void writeUnits(TableWriter to, List<Unit> units) {
    units.forEach(u -> to.row(u.code(), u.name(), u.kind().code(), u.parent(), u.area()));
  }

  static void writeOfficials(TableWriter to, List<Person> people) {
    people.forEach(p -> to.row(p.username(), p.name(), p.unit(), String.join(" ", p.posts()), p.phone(), p.enabled()));
  }

  private static String cell(CsvRow row, String column) {
    return row.optional(column, LONGEST).orElse(null);
  }
}

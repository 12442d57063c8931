package org.closedloop.organisation.upkeep;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.UnitRow;
import org.closedloop.problem.InvalidInput;

/** The CSV form of areas, units and officials: UTF-8, header line, RFC 4180. What is exported can be imported. */
public final class CsvTable {

  /** A file of more rows than this is not a county's. */
  private static final int MAX_ROWS = 20_000;
  /** For {@code enabled}: what counts as no. An empty cell means yes. */
  private static final Set<String> NO = Set.of("false", "no", "0", "否");

  static final List<String> AREA_COLUMNS = List.of("code", "name", "level", "parent");
  static final List<String> UNIT_COLUMNS = List.of("code", "name", "kind", "parent", "area");
  static final List<String> OFFICIAL_COLUMNS = List.of("username", "name", "unit", "posts", "phone", "enabled");
  private static final List<String> OFFICIAL_REQUIRED = List.of("username", "name", "unit", "posts");

  private CsvTable() {}

  public static List<Area> areas(Reader csv) {
    return read(csv, AREA_COLUMNS, AREA_COLUMNS).stream()
        .map(r -> new Area(r.get("code"), r.get("name"), r.get("level"), r.get("parent"), null)).toList();
  }

  public static List<UnitRow> units(Reader csv) {
    return read(csv, UNIT_COLUMNS, UNIT_COLUMNS).stream()
        .map(r -> new UnitRow(r.get("code"), r.get("name"), r.get("kind"), r.get("parent"), r.get("area"))).toList();
  }

  /** Posts stand in one cell, parted by spaces or semicolons. */
  public static List<Person> officials(Reader csv) {
    return read(csv, OFFICIAL_REQUIRED, OFFICIAL_COLUMNS).stream()
        .map(r -> new Person(r.get("username"), r.get("name"), r.get("unit"),
            r.get("posts") == null ? List.of() : Arrays.asList(r.get("posts").split("[\\s;；]+")), r.get("phone"),
            r.get("enabled") == null || !NO.contains(r.get("enabled").toLowerCase()))).toList();
  }

  static void writeAreas(Appendable to, List<Area> areas) {
    write(to, AREA_COLUMNS, areas.stream().map(a -> Arrays.asList(a.code(), a.name(), a.level(), a.parent())));
  }

  static void writeUnits(Appendable to, List<UnitRow> units) {
    write(to, UNIT_COLUMNS,
        units.stream().map(u -> Arrays.asList(u.code(), u.name(), u.kind(), u.parent(), u.area())));
  }

  static void writeOfficials(Appendable to, List<Person> people) {
    write(to, OFFICIAL_COLUMNS, people.stream().map(p -> Arrays.asList(p.username(), p.name(), p.unit(),
        String.join(" ", p.posts()), p.phone(), String.valueOf(p.enabled()))));
  }

  private static void write(Appendable to, List<String> columns, java.util.stream.Stream<List<String>> rows) {
    try (var printer = CSVFormat.RFC4180.builder().setHeader(columns.toArray(String[]::new)).get().print(to)) {
      for (var row : (Iterable<List<String>>) rows::iterator) {
        printer.printRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows by column name; cells are trimmed and an empty one is null. */
  private static List<Map<String, String>> read(Reader csv, List<String> required, List<String> allowed) {
    var format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setTrim(true)
        .setIgnoreEmptyLines(true).setNullString("").get();
    try (var parser = CSVParser.builder().setReader(csv).setFormat(format).get()) {
      checkHeader(parser.getHeaderNames(), required, allowed);
      var rows = new ArrayList<Map<String, String>>();
      for (var line : parser) {
        if (line.size() > parser.getHeaderNames().size()) {
          throw refused("第 " + (rows.size() + 2) + " 行的列数多于表头。",
              "Row " + (rows.size() + 2) + " has more cells than the header.");
        }
        if (rows.size() == MAX_ROWS) {
          throw refused("一次最多导入 " + MAX_ROWS + " 行。", "At most " + MAX_ROWS + " rows at a time.");
        }
        rows.add(line.toMap());
      }
      return rows;
    } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
      // the parser's own words may quote the file's content, which may name people
      throw refused("不是有效的 CSV 文件：请使用 UTF-8 编码、首行为表头、引号成对。",
          "This is not a valid CSV file: use UTF-8, a header line and balanced quotes.");
    }
  }

  private static void checkHeader(List<String> header, List<String> required, List<String> allowed) {
    for (var column : required) {
      if (!header.contains(column)) {
        throw refused("缺少列 " + column + "；需要的列：" + String.join(", ", allowed) + "。",
            "Column " + column + " is missing; the columns are: " + String.join(", ", allowed) + ".");
      }
    }
    if (!allowed.containsAll(header)) {
      throw refused("有未知的列；允许的列：" + String.join(", ", allowed) + "。",
          "There is an unknown column; the columns are: " + String.join(", ", allowed) + ".");
    }
  }

  private static InvalidInput refused(String zh, String en) {
    return InvalidInput.at("file", zh, en);
  }
}

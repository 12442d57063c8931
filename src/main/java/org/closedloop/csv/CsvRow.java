package org.closedloop.csv;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a {@link CsvTable}. The reading methods report what is wrong with a cell to the table's errors and answer
 * a harmless value, so that the rows after it are still checked.
 */
public final class CsvRow {

  private final int number;
  private final Map<String, String> cells;
  private final RowErrors errors;

  CsvRow(int number, Map<String, String> cells, RowErrors errors) {
    this.number = number;
    this.cells = cells;
    this.errors = errors;
  }

  /** The number a spreadsheet shows beside the row; the header is 1. */
  public int number() {
    return number;
  }

  /** The text without blanks around it; empty when the cell or the whole column is missing. */
  public String text(String column) {
    return cells.getOrDefault(column, "");
  }

  /** The text when there is one and it is at most {@code longest} characters; too long is a finding. */
  public Optional<String> optional(String column, int longest) {
    String text = text(column);
    if (text.codePointCount(0, text.length()) > longest) {
      wrong(column, "太长：最多 " + longest + " 个字。", "too long; at most " + longest + " characters.");
      return Optional.empty();
    }
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  /** The text, which must be there and have at most {@code longest} characters; else a finding and an empty text. */
  public String required(String column, int longest) {
    if (text(column).isEmpty()) {
      wrong(column, "不能为空。", "must not be empty.");
    }
    return optional(column, longest).orElse("");
  }

  /** {@code true/false}, {@code yes/no}, {@code 1/0} or 是/否; empty is no. */
  public boolean yesNo(String column) {
    return switch (text(column).toLowerCase()) {
      case "true", "yes", "y", "1", "是" -> true;
      case "", "false", "no", "n", "0", "否" -> false;
      default -> {
        wrong(column, "只能填 true 或 false（是/否）。", "must be true or false.");
        yield false;
      }
    };
  }

  /** A date such as 2026-03-01 (also 2026/3/1, as spreadsheets rewrite it), when there is one. */
  public Optional<LocalDate> date(String column) {
    String text = text(column);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String[] parts = text.split("[-/.]");
      if (parts.length == 3 && parts[0].length() == 4) {
        return Optional.of(LocalDate.parse("%4s-%2s-%2s".formatted((Object[]) parts).replace(' ', '0')));
      }
    } catch (DateTimeParseException noSuchDay) {
      // falls through to the finding
    }
    wrong(column, "不是日期，请写成 2026-03-01。", "is no date; write it as 2026-03-01.");
    return Optional.empty();
  }

  /** Reports a finding at one cell of this row. */
  public void wrong(String column, String zh, String en) {
    errors.add(number, column, zh, en);
  }
}

package org.closedloop.csv;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.closedloop.problem.InvalidInput;

/** The kinds of file a table leaves as, and comes in as. */
public enum TableFormat {
  CSV("csv", "text/csv;charset=UTF-8"),
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private final String ending;
  private final String type;

  TableFormat(String ending, String type) {
    this.ending = ending;
    this.type = type;
  }

  /** @throws InvalidInput at {@code format} when it is neither {@code csv} nor {@code xlsx} */
  public static TableFormat of(String text) {
    return Arrays.stream(values()).filter(f -> f.ending.equals(text)).findFirst().orElseThrow(() -> InvalidInput.at(
        "format", "文件格式应为 csv 或 xlsx。", "The format is csv or xlsx."));
  }

  /** Without a dot. */
  public String ending() {
    return ending;
  }

  /** The media type, as a header says it. */
  public String type() {
    return type;
  }

  /** Begins a table with its header; {@code to} is left open. */
  public TableWriter open(OutputStream to, List<String> columns) {
    return this == CSV ? new CsvWriter(to, columns) : new XlsxWriter(to, columns);
  }

  /**
   * Begins a table with its header; {@code to} is left open.
   *
   * @param name   of the sheet
   * @param widths of the columns, in characters
   */
  public TableWriter open(OutputStream to, String name, List<String> columns, List<Integer> widths) {
    return this == CSV ? new CsvWriter(to, columns) : new XlsxWriter(to, name, columns, widths);
  }
}

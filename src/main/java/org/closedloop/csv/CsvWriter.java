package org.closedloop.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes CSV row by row, so that exports of any size stream. UTF-8 with byte order mark, because spreadsheets guess GBK
 * without; every cell is {@linkplain SpreadsheetCell#safe safe}.
 */
public final class CsvWriter implements TableWriter {

  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final CSVPrinter printer;

  /** Writes the header; {@code out} is flushed and left open by {@link #close()}. */
  public CsvWriter(OutputStream out, List<String> columns) {
    try {
      BufferedWriter text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      text.write('\uFEFF');
      this.printer = new CSVPrinter(text, CSVFormat.RFC4180);
      row(columns.toArray());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void row(Object... cells) {
    try {
      printer.printRecord(Arrays.stream(cells).map(CsvWriter::text));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static String text(Object cell) {
    return cell instanceof LocalDateTime at ? MOMENT.format(at) : SpreadsheetCell.safe(cell == null ? "" : cell.toString());
  }

  @Override
  public void close() {
    try {
      printer.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }
}

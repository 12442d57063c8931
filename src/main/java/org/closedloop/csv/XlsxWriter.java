package org.closedloop.csv;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes one sheet row by row. Every cell is a text, {@linkplain SpreadsheetCell#safe safe} like those of a CSV file: codes
 * keep their leading zeros, and nothing is taken for a formula.
 */
final class XlsxWriter implements TableWriter {

  private static final int FLUSH_EVERY = 500;
  private static final double WIDTH = 22;

  private final Workbook book;
  private final Worksheet sheet;
  private int row;

  XlsxWriter(OutputStream to, List<String> columns) {
    book = new Workbook(new LeftOpen(to), "Closed Loop", "1.0");
    sheet = book.newWorksheet("1");
    for (int i = 0; i < columns.size(); i++) {
      sheet.width(i, WIDTH);
    }
    sheet.freezePane(0, 1);
    row(columns.toArray());
    sheet.range(0, 0, 0, columns.size() - 1).style().bold().set();
  }

  @Override
  public void row(Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        sheet.value(row, i, SpreadsheetCell.safe(cells[i].toString()));
      }
    }
    row++;
    if (row % FLUSH_EVERY == 0) {
      try {
        sheet.flush();
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }

  @Override
  public void close() {
    try {
      book.finish();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** The container closes its own streams. */
  private static final class LeftOpen extends FilterOutputStream {

    LeftOpen(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}

package org.closedloop.csv;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes one sheet row by row, so that exports of any size stream: rows leave memory as they are written, and no table of
 * texts is kept. Every cell but a moment is a text, {@linkplain SpreadsheetCell#safe safe} like those of a CSV file: codes
 * keep their leading zeros, and nothing is taken for a formula.
 */
final class XlsxWriter implements TableWriter {

  private static final int FLUSH_EVERY = 500;
  private static final int WIDTH = 22;
  /** What a cell may hold. */
  private static final int LONGEST = 32_767;
  private static final String MOMENT = "yyyy-mm-dd hh:mm";
  /** Little is won by packing harder, and two cores have other work. */
  private static final int PACKED = 2;

  private final Workbook book;
  private final Worksheet sheet;
  private int row;

  XlsxWriter(OutputStream to, List<String> columns) {
    this(to, "1", columns, columns.stream().map(c -> WIDTH).toList());
  }

  /** @param widths of the columns, in characters */
  XlsxWriter(OutputStream to, String name, List<String> columns, List<Integer> widths) {
    book = new Workbook(new LeftOpen(to), "Closed Loop", "1.0");
    book.setCompressionLevel(PACKED);
    sheet = book.newWorksheet(name);
    for (int i = 0; i < columns.size(); i++) {
      sheet.width(i, widths.get(i));
    }
    sheet.freezePane(0, 1);
    row(columns.toArray());
    sheet.range(0, 0, 0, columns.size() - 1).style().bold().set();
  }

  @Override
  public void row(Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof LocalDateTime at) {
        sheet.value(row, i, at);
        sheet.style(row, i).format(MOMENT).set();
      } else if (cells[i] instanceof Number number) {
        // to be added up
        sheet.value(row, i, number);
      } else if (cells[i] != null) {
        String text = SpreadsheetCell.safe(cells[i].toString());
        sheet.inlineString(row, i, text.length() > LONGEST ? text.substring(0, LONGEST) : text);
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

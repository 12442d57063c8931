package org.closedloop.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.closedloop.problem.InvalidInput;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/**
 * The first sheet of an Excel workbook as texts, as a person sees them: dates as 2026-03-01, whole numbers without a
 * point. Workbooks that grow beyond {@value #MOST_UNPACKED} bytes when unpacked are refused before they are read.
 */
final class XlsxCells {

  static final long MOST_UNPACKED = 64L * 1024 * 1024;
  private static final int MOST_COLUMNS = 100;
  /** With the formats of cells, by which dates are known from numbers. */
  private static final ReadingOptions FORMATS = new ReadingOptions(true, false);

  private XlsxCells() {}

  /** Is this the beginning of a ZIP file, which a workbook is? */
  static boolean is(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
  }

  /** @throws InvalidInput when it is no workbook that can be read, or too big */
  static List<Line> read(byte[] bytes, String field) {
    try {
      mustStaySmall(bytes, field);
      List<Line> lines = new ArrayList<>();
      try (var book = new ReadableWorkbook(new ByteArrayInputStream(bytes), FORMATS); var rows = book.getFirstSheet().openStream()) {
        for (var it = rows.iterator(); it.hasNext() && lines.size() <= CsvTable.MAX_ROWS + 1;) {
          Row row = it.next();
          lines.add(new Line(row.getRowNum(), texts(row)));
        }
      }
      return lines;
    } catch (IOException | RuntimeException broken) {
      if (broken instanceof InvalidInput known) {
        throw known;
      }
      throw InvalidInput.at(field, "打不开这个 Excel 文件：请另存为 .xlsx（未加密），或存为“CSV UTF-8”后重新上传。",
          "This workbook cannot be read: save it as .xlsx without a password, or as “CSV UTF-8”, and send it again.");
    }
  }

  /** @param number as the spreadsheet shows it beside the row */
  record Line(int number, List<String> cells) {}

  private static void mustStaySmall(byte[] bytes, String field) throws IOException {
    long unpacked = 0;
    byte[] part = new byte[8192];
    // by the directory at its end, as the reader does: read from the front, workbooks that were streamed are refused
    try (var zip = ZipFile.builder().setByteArray(bytes).get()) {
      for (var entry : Collections.list(zip.getEntries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          for (int read = in.read(part); read >= 0; read = in.read(part)) {
            unpacked += read;
            if (unpacked > MOST_UNPACKED) {
              throw InvalidInput.at(field, "这个 Excel 文件太大，请分成几个文件导入。",
                  "This workbook is too large; split it and import the parts.");
            }
          }
        }
      }
    }
  }

  private static List<String> texts(Row row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < Math.min(row.getCellCount(), MOST_COLUMNS); i++) {
      texts.add(row.getOptionalCell(i).map(XlsxCells::text).orElse(""));
    }
    // formatted but empty cells at the end are no cells
    while (!texts.isEmpty() && texts.get(texts.size() - 1).isBlank()) {
      texts.remove(texts.size() - 1);
    }
    return texts;
  }

  private static String text(Cell cell) {
    if (cell.getType() == CellType.NUMBER) {
      String format = cell.getDataFormatString();
      return format != null && format.toLowerCase(Locale.ROOT).matches(".*(yy|mm?[/-]|dd?[/-]|\u5e74).*")
          ? cell.asDate().toLocalDate().toString()
          : new BigDecimal(cell.getRawValue()).stripTrailingZeros().toPlainString();
    }
    if (cell.getType() == CellType.BOOLEAN) {
      return "1".equals(cell.getRawValue()) ? "true" : "false";
    }
    String text = cell.getText();
    return text == null ? "" : text;
  }
}

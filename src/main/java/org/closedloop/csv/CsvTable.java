package org.closedloop.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.closedloop.problem.InvalidInput;

/**
 * One uploaded or shipped table with a header line, read completely: an Excel workbook (.xlsx, its first sheet), or CSV in
 * UTF-8 (a byte order mark is tolerated), RFC 4180; at most 5 MB and 20,000 rows. What is wrong with the file as a whole is thrown at once; what is wrong with a
 * row is collected in {@link #errors()}, so that a person mends everything in one go.
 */
public final class CsvTable {

  public static final int MAX_BYTES = 5 * 1024 * 1024;
  public static final int MAX_ROWS = 20_000;

  private final List<CsvRow> rows;
  private final RowErrors errors;

  private CsvTable(List<CsvRow> rows, RowErrors errors) {
    this.rows = rows;
    this.errors = errors;
  }

  /** The rows in the order of the file, blank lines left out. */
  public List<CsvRow> rows() {
    return rows;
  }

  /** The findings so far; the caller adds its own and ends with {@link RowErrors#throwIfAny()}. */
  public RowErrors errors() {
    return errors;
  }

  /**
   * Reads an upload.
   *
   * @param file     the bytes; closed by the caller
   * @param field    name of the request field the findings about the whole file are reported at
   * @param required columns that must be in the header
   * @param optional columns that may be; any other column is refused, because a misspelt one would be lost silently
   * @throws InvalidInput when it is not such a file: empty, too big, not UTF-8, broken quotes, wrong header
   */
  public static CsvTable read(InputStream file, String field, List<String> required, List<String> optional) {
    try {
      byte[] bytes = file.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw InvalidInput.at(field, "文件超过 5 MB，请分成几个文件导入。",
            "The file is larger than 5 MB; split it and import the parts.");
      }
      return XlsxCells.is(bytes) ? table(XlsxCells.read(bytes, field).iterator(), field, required, optional)
          : parse(decoded(bytes, field), field, required, optional);
    } catch (IOException | UncheckedIOException | IllegalStateException broken) {
      throw InvalidInput.at(field,
          "文件不是完整的 CSV：可能有引号没有成对，或者上传中断。请用表格软件另存为“CSV UTF-8（逗号分隔）”后重新上传。",
          "This is not a complete CSV file: a quote is not closed or the upload broke off. Save it again as "
              + "“CSV UTF-8 (comma delimited)” and send it once more.");
    }
  }

  /** Reads a file the product ships; whatever is wrong with it is a fault of the build, not of a person. */
  public static CsvTable resource(String path, List<String> required, List<String> optional) {
    try (InputStream in = CsvTable.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the product lacks its file " + path);
      }
      CsvTable table = read(in, path, required, optional);
      table.errors().throwIfAny();
      return table;
    } catch (InvalidInput broken) {
      throw new IllegalStateException("shipped file " + path + " is broken: " + broken.errors(), broken);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the shipped file " + path, unreadable);
    }
  }

  private static String decoded(byte[] bytes, String field) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notUtf8) {
      throw InvalidInput.at(field,
          "文件不是 UTF-8 编码（多半是 GBK/ANSI）。请在表格软件中另存为“CSV UTF-8（逗号分隔）”后重新上传。",
          "The file is not UTF-8 (most likely GBK or ANSI). Save it as “CSV UTF-8 (comma delimited)” and send it again.");
    }
  }

  private static CsvTable parse(String text, String field, List<String> required, List<String> optional)
      throws IOException {
    try (CSVParser parser = CSVParser.parse(new StringReader(text),
        CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get())) {
      var records = parser.iterator();
      return table(text.isBlank() ? Collections.emptyIterator() : new Iterator<XlsxCells.Line>() {
        @Override
        public boolean hasNext() {
          return records.hasNext();
        }

        @Override
        public XlsxCells.Line next() {
          CSVRecord record = records.next();
          return new XlsxCells.Line(Math.toIntExact(record.getRecordNumber()), record.toList());
        }
      }, field, required, optional);
    }
  }

  private static CsvTable table(Iterator<XlsxCells.Line> lines, String field, List<String> required,
      List<String> optional) {
    if (!lines.hasNext()) {
      throw InvalidInput.at(field, "文件是空的：第一行应为列名（" + String.join(",", required) + "）。",
          "The file is empty; its first line must name the columns (" + String.join(",", required) + ").");
    }
    List<String> header = header(lines.next().cells(), field, required, optional);
    RowErrors errors = new RowErrors();
    List<CsvRow> rows = new ArrayList<>();
    while (lines.hasNext()) {
      XlsxCells.Line line = lines.next();
      if (line.cells().stream().allMatch(String::isBlank)) {
        continue;
      }
      if (rows.size() == MAX_ROWS) {
        throw InvalidInput.at(field, "超过 " + MAX_ROWS + " 行，请分成几个文件导入。",
            "More than " + MAX_ROWS + " rows; split the file and import the parts.");
      }
      rows.add(row(line, header, errors));
    }
    return new CsvTable(List.copyOf(rows), errors);
  }

  private static List<String> header(List<String> first, String field, List<String> required, List<String> optional) {
    List<String> header = first.stream().map(name -> name.strip().toLowerCase()).toList();
    Set<String> missing = new LinkedHashSet<>(required);
    header.forEach(missing::remove);
    Set<String> unknown = new LinkedHashSet<>(header);
    unknown.removeAll(required);
    unknown.removeAll(optional);
    if (!missing.isEmpty()) {
      throw InvalidInput.at(field, "缺少列：" + shown(missing) + "。第一行应为列名。",
          "Columns are missing: " + shown(missing) + ". The first line must name the columns.");
    }
    if (!unknown.isEmpty()) {
      throw InvalidInput.at(field, "不认识的列：" + shown(unknown) + "。可用的列：" + shown(both(required, optional)) + "。",
          "Unknown columns: " + shown(unknown) + ". Known columns: " + shown(both(required, optional)) + ".");
    }
    if (Set.copyOf(header).size() < header.size()) {
      throw InvalidInput.at(field, "第一行有重复的列名。", "The first line names a column twice.");
    }
    return header;
  }

  private static CsvRow row(XlsxCells.Line line, List<String> header, RowErrors errors) {
    // A spreadsheet counts the header as row 1; people look for that number.
    int number = line.number();
    List<String> cells = line.cells();
    if (cells.size() > header.size()) {
      errors.add(number, "", "单元格比列名多：多半是文字里的逗号没有加引号。",
          "more cells than columns; most likely a comma in a text is not within quotes.");
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
      String value = SpreadsheetCell.plain(cells.get(i)).strip();
      if (value.chars().anyMatch(CsvTable::unwanted)) {
        errors.add(number, header.get(i), "含有不可见的控制字符，请删除后重新填写。",
            "holds invisible control characters; delete them and type the text again.");
        value = "";
      }
      values.put(header.get(i), value);
    }
    return new CsvRow(number, values, errors);
  }

  /** Control characters have no place in a name, and PostgreSQL refuses NUL outright. */
  private static boolean unwanted(int c) {
    return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF;
  }

  private static List<String> both(List<String> required, List<String> optional) {
    List<String> all = new ArrayList<>(required);
    all.addAll(optional);
    return all;
  }

  /** Names out of an uploaded file are repeated to the person who sent it, but never at any length. */
  private static String shown(Collection<String> names) {
    return String.join("、", names.stream().limit(20).map(n -> n.length() > 40 ? n.substring(0, 40) + "…" : n).toList());
  }
}

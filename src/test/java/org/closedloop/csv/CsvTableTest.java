package org.closedloop.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.junit.jupiter.api.Test;

/** What people really upload: another encoding, a missing column, a stray quote; each is answered in words. */
class CsvTableTest {

  @Test
  void aFileWithByteOrderMarkQuotesAndBlankLinesIsRead() {
    CsvTable table = read("\uFEFFCode, Name ,note\r\n01,\"城乡,建设\",\"a\nb\"\r\n\r\n,,\r\n02,农业,\r\n");
    assertThat(table.rows()).extracting(CsvRow::number).containsExactly(2, 5);
    assertThat(table.rows().get(0).text("name")).isEqualTo("城乡,建设");
    assertThat(table.rows().get(1).optional("note", 10)).isEmpty();
    assertThat(table.errors().isEmpty()).isTrue();
  }

  @Test
  void aFileInGbkIsRefusedWithTheCure() {
    byte[] gbk = "code,name\n01,城乡建设\n".getBytes(Charset.forName("GBK"));
    assertThatThrownBy(() -> CsvTable.read(new ByteArrayInputStream(gbk), "file", List.of("code", "name"), List.of()))
        .isInstanceOfSatisfying(InvalidInput.class,
            bad -> assertThat(bad.errors().get(0).message().zh()).contains("UTF-8").contains("GBK"));
  }

  @Test
  void aFileThatIsNoTableIsRefusedAsAWhole() {
    for (String bad : List.of("", "\n", "name\nx", "code,name,code\n", "code,name,wrong\n", "code,name\n01,\"open\n",
        "code,name\n\"x\"y,1\n")) {
      assertThatThrownBy(() -> read(bad)).as(bad).isInstanceOfSatisfying(InvalidInput.class,
          refused -> assertThat(refused.errors()).extracting(FieldError::field).containsExactly("file"));
    }
  }

  @Test
  void tooBigOrTooLongIsRefused() {
    assertThatThrownBy(() -> read("code,name\n" + "x".repeat(CsvTable.MAX_BYTES))).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> read("code,name\n" + "1,2\n".repeat(CsvTable.MAX_ROWS + 1)))
        .isInstanceOf(InvalidInput.class);
    assertThat(read("code,name\n" + "1,2\n".repeat(CsvTable.MAX_ROWS)).rows()).hasSize(CsvTable.MAX_ROWS);
  }

  @Test
  void everyWrongCellIsNamedWithItsRowAndColumn() {
    CsvTable table = read("code,name,note\n,x,maybe\n1,a\u0000b,2026-02-30\n1,2,3,4\n1,toolong,2026/3/1\n");
    CsvRow first = table.rows().get(0);
    first.required("code", 5);
    first.yesNo("note");
    table.rows().get(1).date("note");
    table.rows().get(3).required("name", 3);
    assertThat(table.rows().get(3).date("note")).isEqualTo(Optional.of(LocalDate.of(2026, 3, 1)));
    assertThat(table.errors().found()).extracting(FieldError::field).containsExactlyInAnyOrder(
        "rows[2].code", "rows[2].note", "rows[3].name", "rows[3].note", "rows[4]", "rows[5].name");
    assertThatThrownBy(table.errors()::throwIfAny).isInstanceOf(InvalidInput.class);
  }

  @Test
  void thousandsOfFindingsAreCutShort() {
    RowErrors errors = new RowErrors();
    for (int i = 0; i < 5000; i++) {
      errors.add(i, "x", "错", "wrong");
    }
    assertThatThrownBy(errors::throwIfAny).isInstanceOfSatisfying(InvalidInput.class,
        bad -> assertThat(bad.errors()).hasSize(201));
  }

  private static CsvTable read(String text) {
    return CsvTable.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "file",
        List.of("code", "name"), List.of("note"));
  }
}

package org.closedloop.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.closedloop.problem.InvalidInput;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;

/** Excel in and out, as offices send it. */
class WorkbookTest {

  private static final List<String> COLUMNS = List.of("code", "name", "since");

  @Test
  void whatIsWrittenAsAWorkbookIsReadBackTheSame() {
    var out = new ByteArrayOutputStream();
    try (var table = TableFormat.XLSX.open(out, COLUMNS)) {
      table.row("0101", "=HYPERLINK(\"x\")", LocalDate.of(2026, 3, 1));
      table.row("0102", null, null);
    }
    var read = CsvTable.read(new ByteArrayInputStream(out.toByteArray()), "file", COLUMNS, List.of());
    assertThat(read.errors().isEmpty()).isTrue();
    assertThat(read.rows()).extracting(r -> r.number() + r.text("code") + r.text("name") + r.text("since"))
        .containsExactly("20101=HYPERLINK(\"x\")2026-03-01", "30102");
  }

  @Test
  void numbersAndDatesOfAPersonsOwnWorkbookAreReadAsTheyLook() throws IOException {
    var out = new ByteArrayOutputStream();
    var book = new Workbook(out, "x", "1.0");
    var sheet = book.newWorksheet("1");
    for (int i = 0; i < COLUMNS.size(); i++) {
      sheet.value(0, i, COLUMNS.get(i));
    }
    sheet.value(2, 0, 140929100);
    sheet.value(2, 1, true);
    sheet.value(2, 2, LocalDate.of(2026, 3, 1));
    sheet.style(2, 2).format("yyyy-mm-dd").set();
    book.finish();
    var row = CsvTable.read(new ByteArrayInputStream(out.toByteArray()), "file", COLUMNS, List.of()).rows().get(0);
    assertThat(row.number()).isEqualTo(3);
    assertThat(row.text("code")).isEqualTo("140929100");
    assertThat(row.text("name")).isEqualTo("true");
    assertThat(row.date("since")).contains(LocalDate.of(2026, 3, 1));
  }

  @Test
  void whatOnlyLooksLikeAWorkbookOrGrowsBeyondMeasureIsRefused() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      byte[] nothing = new byte[1024 * 1024];
      for (int i = 0; i < 70; i++) {
        zip.write(nothing);
      }
    }
    for (byte[] file : new byte[][] {bomb.toByteArray(), {'P', 'K', 3, 4, 0, 0, 0}}) {
      assertThatThrownBy(() -> CsvTable.read(new ByteArrayInputStream(file), "file", COLUMNS, List.of()))
          .isInstanceOf(InvalidInput.class);
    }
  }
}

package org.closedloop.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No exported cell can be taken for a formula, and nothing is lost on the way out and back in. */
class SpreadsheetCellTest {

  @Property(tries = 2000)
  void noCellStartsAFormula(@ForAll("texts") String text) {
    String safe = SpreadsheetCell.safe(text).stripLeading();
    assertThat(safe.isEmpty() || "=+-@＝＋－＠".indexOf(safe.charAt(0)) < 0).as("<%s>", safe).isTrue();
    assertThat(SpreadsheetCell.safe(text)).doesNotStartWith("\t").doesNotStartWith("\r").doesNotStartWith("\n");
  }

  @Property(tries = 2000)
  void whatGoesOutComesBack(@ForAll("texts") String text) {
    assertThat(SpreadsheetCell.plain(SpreadsheetCell.safe(text))).isEqualTo(text);
  }

  @Property(tries = 500)
  void aWholeFileComesBack(@ForAll("texts") String first, @ForAll("texts") String second) {
    var out = new ByteArrayOutputStream();
    try (var csv = new CsvWriter(out, List.of("a", "b", "c"))) {
      csv.row(first, second, "x");
    }
    CsvTable table = CsvTable.read(new ByteArrayInputStream(out.toByteArray()), "file", List.of("a", "b", "c"),
        List.of());
    assertThat(table.errors().isEmpty()).isTrue();
    assertThat(table.rows()).hasSize(1);
    assertThat(table.rows().get(0).text("a")).isEqualTo(first.strip());
    assertThat(table.rows().get(0).text("b")).isEqualTo(second.strip());
  }

  @Example
  void theUsualSuspectsAreDisarmed() {
    for (String bad : List.of("=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠1", "  =1",
        "\u3000=1", "=cmd|'/c calc'!A1")) {
      assertThat(SpreadsheetCell.safe(bad)).isEqualTo("'" + bad);
    }
    assertThat(SpreadsheetCell.safe("道路破损")).isEqualTo("道路破损");
    assertThat(SpreadsheetCell.safe(null)).isEmpty();
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> starts = Arbitraries.of("", "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'", "''=",
        " ", "\u3000", "\u00a0-");
    Arbitrary<String> rest = Arbitraries.of("=", "+", "-", "@", "'", "\"", " ", ",", ";", "1", "aZ", "路", "😀", "\u202e",
        "\n").list().ofMaxSize(12).map(parts -> String.join("", parts));
    return Combinators.combine(starts, starts, rest).as((a, b, c) -> a + b + c);
  }
}

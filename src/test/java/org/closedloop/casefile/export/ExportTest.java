package org.closedloop.casefile.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.awaitility.Awaitility;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists as files: exactly what the list shows to this person, nothing that runs in a spreadsheet, and written down. */
@LiveApp
class ExportTest {

  private static final String THOSE_OF_2020 =
      "/api/cases/export?format=csv&openedFrom=2019-12-31T00:00:00Z&openedTo=2020-01-03T00:00:00Z";

  @Autowired Caller caller;
  @Autowired JdbcClient database;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  @Test
  void aFileHasTheRowsOfTheListInItsOrderAndNothingThatRuns() throws IOException {
    List<String> opened = new ArrayList<>();
    for (String title : List.of("=HYPERLINK(\"http://x\")", "＝1+1", "@SUM(A1)", "\"带\"引号，和逗号", "<b>&amp;</b>\u2028")) {
      opened.add(0, report(title + " " + mark));
    }
    String query = "?q=" + mark;
    var dispatcher = caller.as("dispatcher1");
    assertThat(dispatcher.get("/api/cases/count" + query).expect(200).json().path("total").asInt()).isEqualTo(5);

    List<CSVRecord> csv = csv(dispatcher.get("/api/cases/export" + query + "&format=csv").expect(200));
    assertThat(csv.get(0).get(1)).isEqualTo("事项");
    assertThat(csv.stream().skip(1).map(r -> r.get(0))).isEqualTo(opened);
    assertThat(csv.stream().skip(1).map(r -> r.get(1)).filter(t -> "=＝@+-".indexOf(t.charAt(0)) >= 0)).isEmpty();

    var answer = dispatcher.with("Accept-Language", "en").get("/api/cases/export" + query).expect(200);
    assertThat(answer.header("Export-Rows")).isEqualTo("5");
    List<Row> rows = xlsx(answer);
    assertThat(rows.get(0).getCellText(1)).isEqualTo("Matter");
    assertThat(rows.stream().skip(1).map(r -> r.getCellText(0))).isEqualTo(opened);
    for (Row row : rows.subList(1, rows.size())) {
      assertThat(row.stream().map(c -> c == null ? null : c.getType())).doesNotContain(CellType.FORMULA);
      assertThat(row.getCellText(1)).doesNotStartWith("=").doesNotStartWith("@");
      assertThat(row.getCellText(4)).isEqualTo("In time");
      assertThat(row.getCell(12).asDate().getYear()).isGreaterThan(2000);
    }

    var written = database.sql("select official, filter, row_count, outcome, format from list_export where filter = ? order by id")
        .param("q=" + mark).query().listOfRows();
    assertThat(written).extracting(r -> r.get("format") + " " + r.get("official") + " " + r.get("row_count") + " " + r.get("outcome"))
        .containsExactly("csv dispatcher1 5 done", "xlsx dispatcher1 5 done");
  }

  @Test
  void everybodyTakesAwayWhatTheyMaySeeAndNotWhoReported() throws IOException {
    String number = report("导出看不看得见 " + mark);
    for (String who : List.of("dispatcher1", "140929100.handler", "140929102.handler", "admin")) {
      var list = new TreeSet<String>();
      caller.as(who).get("/api/cases?limit=200&q=" + mark).expect(200).json().path("items")
          .forEach(c -> list.add(c.path("number").asText()));
      var file = caller.as(who).get("/api/cases/export?format=csv&q=" + mark).expect(200);
      assertThat(csv(file).stream().skip(1).map(r -> r.get(0))).as(who).isEqualTo(new ArrayList<>(list));
      assertThat(file.text()).doesNotContain("13900008888").doesNotContain("赵导出");
    }
    var items = caller.as("dispatcher1").get("/api/work-items/export?format=csv&scope=all&q=" + number).expect(200);
    assertThat(csv(items)).hasSize(2).last().satisfies(r -> assertThat(r.get(4)).isEqualTo(number));
    assertThat(csv(caller.as("admin").get("/api/work-items/export?format=csv&scope=all").expect(200))).hasSize(1);
    caller.as("dispatcher1").get("/api/cases/export?format=pdf").expect(422);
    caller.as("dispatcher1").get("/api/cases/export?light=blue").expect(422);
    caller.get("/api/cases/export").expect(401);
  }

  @Test
  void whoLeavesHalfWayEndsTheQueryAndGivesThePlaceBack() throws Exception {
    // much more than what connections hold on the way
    database.sql("""
        insert into case_file (number, process, title, description, category, area, area_path, urgency, channel, stage, open,
          tracking_code, occurred_at, opened_at, closed_at)
        select '99' || ? || n, 'case-handling', repeat('很长的标题', 30) || n, '', '010101', '140929', '140929/', 'ordinary', 'patrol',
          'closed', false, '99' || ? || n, '2020-01-01', '2020-01-01', '2020-01-02' from generate_series(1, 20000) n
        """).param(mark).param(mark).update();
    try {
      var request = HttpRequest.newBuilder(URI.create(caller.base() + THOSE_OF_2020))
          .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("supervisor:" + Caller.DEMO_PASSWORD)
              .getBytes(StandardCharsets.UTF_8))).build();
      var half = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
      half.body().readNBytes(1000);
      half.body().close();
      Awaitility.await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(database.sql(
          "select outcome from list_export where official = 'supervisor' and filter like 'openedFrom%' and row_count < 20000")
          .query(String.class).list()).contains("broken-off"));
      assertThat(csv(caller.as("supervisor").get(THOSE_OF_2020).expect(200)))
          .hasSize(20001);
    } finally {
      database.sql("delete from case_words where case_number like '99' || ? || '%'").param(mark).update();
      database.sql("delete from case_file where number like '99' || ? || '%'").param(mark).update();
    }
  }

  @Test
  void oneOfAPersonAndTwoAtOnceAndNotTooOften() {
    var guard = new ExportGuard(false);
    var first = guard.admit("a");
    assertThatThrownBy(() -> guard.admit("a")).isInstanceOf(TooManyExports.class);
    first.close();
    for (int i = 1; i < ExportGuard.A_WHILE; i++) {
      guard.admit("a").close();
    }
    assertThatThrownBy(() -> guard.admit("a")).isInstanceOf(TooManyExports.class);
    guard.admit("b");
  }

  private String report(String title) {
    return caller.as("dispatcher1").post("/api/cases", Map.of("channel", "12345", "title", title, "description", "正文",
        "category", "010203", "area", "140929100001", "reporter", Map.of("name", "赵导出", "phone", "13900008888")))
        .expect(201).json().path("number").asText();
  }

  private static List<CSVRecord> csv(Caller.Answer answer) throws IOException {
    var text = new InputStreamReader(new ByteArrayInputStream(answer.bytes(), 3, answer.bytes().length - 3), StandardCharsets.UTF_8);
    return CSVFormat.RFC4180.parse(text).getRecords();
  }

  private static List<Row> xlsx(Caller.Answer answer) throws IOException {
    try (var book = new ReadableWorkbook(new ByteArrayInputStream(answer.bytes()))) {
      return book.getFirstSheet().read();
    }
  }
}

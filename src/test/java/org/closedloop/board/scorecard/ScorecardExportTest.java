package org.closedloop.board.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The file of a month's scorecards says what the page says, to whoever may see it, and it is written down that it went out. */
@LiveApp
class ScorecardExportTest {

  @Autowired Caller caller;
  @Autowired JdbcClient sql;

  @Test
  void theWorkbookHasTheRowsOfThePageInItsOrderTheSumFirst() throws IOException {
    Caller supervisor = caller.as("supervisor");
    int before = exported("scorecards");
    Caller.Answer file = supervisor.get("/api/scorecards/export?by=area&month=2026-10").expect(200);
    assertThat(file.header("Content-Disposition")).contains("attachment").contains(".xlsx");
    JsonNode page = supervisor.get("/api/scorecards?by=area&month=2026-10").expect(200).json();
    try (var book = new ReadableWorkbook(new ByteArrayInputStream(file.bytes()))) {
      List<Row> rows = book.getFirstSheet().read();
      assertThat(rows).hasSize(page.path("items").size() + 2);
      assertThat(rows.get(0).getCellText(2)).isEqualTo("区域");
      assertThat(rows.get(0).getCellText(4)).startsWith("响应率").contains("30%");
      assertThat(rows.get(1).getCellText(2)).isEqualTo("合计");
      assertThat(rows.get(1).getCellAsNumber(6).orElseThrow().intValue())
          .isEqualTo(page.path("total").path("rates").path("response").path("denominator").asInt());
      for (int i = 0; i < page.path("items").size(); i++) {
        assertThat(rows.get(i + 2).getCellText(2)).isEqualTo(page.path("items").get(i).path("name").asText());
      }
    }
    assertThat(exported("scorecards")).isEqualTo(before + 1);
  }

  @Test
  void itSpeaksTheReadersLanguageAndRefusesWhatIsNone() {
    Caller supervisor = caller.as("supervisor").with("Accept-Language", "en");
    assertThat(supervisor.get("/api/scorecards/export?format=csv").expect(200).text()).contains("response rate (%)").contains("Total");
    supervisor.get("/api/scorecards/export?format=pdf").expect(422);
    supervisor.get("/api/scorecards/export?by=village").expect(422);
    supervisor.get("/api/scorecards/export?month=october").expect(422);
    caller.get("/api/scorecards/export").expect(401);
  }

  private int exported(String kind) {
    return sql.sql("select count(*) from list_export where kind = ? and outcome = 'done'").param(kind).query(Integer.class)
        .single();
  }
}

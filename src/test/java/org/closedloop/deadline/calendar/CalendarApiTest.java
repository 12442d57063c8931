package org.closedloop.deadline.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code /api/calendar} over HTTP. Changes days of 2032 only. */
@LiveApp
class CalendarApiTest {

  private static final String DAY = "/api/calendar/days/2032-05-07";

  @Autowired Caller caller;

  @AfterEach
  void leaveNothingBehind() {
    caller.as("admin").put(DAY, Map.of("kind", "normal"));
  }

  @Test
  void whenSomethingIsDueAndWhy() {
    JsonNode answer = due("2025-09-30T15:00:00+08:00", "3", "WORKING_DAYS");
    assertThat(answer.get("due").asText()).isEqualTo("2025-10-11T18:00:00+08:00");
    assertThat(answer.get("explanation").asText()).contains("不计假日 8 天", "计入调休上班日 10月11日");
    assertThat(answer.get("coveredUntil").asText()).isEqualTo("2026-12-31");
    assertThat(answer.has("warning")).isFalse();
  }

  @Test
  void anEnglishReaderIsToldInEnglish() {
    assertThat(caller.as("supervisor").with("Accept-Language", "en")
        .get("/api/calendar/due?from=2025-09-30T15:00&amount=3&unit=WORKING_DAYS").expect(200).json()
        .get("explanation").asText()).startsWith("3 working days from Tue 30 Sep 2025 15:00");
  }

  @Test
  void aDeadlineBeyondTheKnownNoticesSaysSo() {
    JsonNode answer = due("2026-12-31T10:00:00+08:00", "1", "WORKING_DAYS");
    assertThat(answer.get("due").asText()).isEqualTo("2027-01-01T18:00:00+08:00");
    assertThat(answer.get("warning").asText()).contains("2026年12月31日", "按周一至周五推算");
    assertThat(answer.get("explanation").asText()).contains(answer.get("warning").asText());
  }

  @Test
  void aPlusSignThatWasNotEscapedIsUnderstood() {
    assertThat(caller.as("supervisor").get("/api/calendar/due?from=2025-09-30T15:00:00+08:00&amount=30&unit=MINUTES")
        .expect(200).json().get("due").asText()).isEqualTo("2025-09-30T15:30:00+08:00");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "yesterday|3|WORKING_DAYS|from", "2025-13-01T00:00|3|WORKING_DAYS|from", "+999999999-01-01T00:00Z|3|DAYS|from",
      "2025-09-30T15:00|0|DAYS|amount", "2025-09-30T15:00|-1|DAYS|amount", "2025-09-30T15:00|1.5|DAYS|amount",
      "2025-09-30T15:00|10001|WORKING_DAYS|amount", "2025-09-30T15:00|99999999999|MINUTES|amount",
      "2025-09-30T15:00|3|WEEKS|unit", "2025-09-30T15:00|3|working_days|unit"})
  void whatCannotBeCountedIsNamed(String from, String amount, String unit, String field) {
    JsonNode problem = caller.as("supervisor").get(path(from, amount, unit)).expect(422).json();
    assertThat(problem.get("errors")).singleElement().satisfies(e -> assertThat(e.get("field").asText())
        .isEqualTo(field));
  }

  @Test
  void everythingMissingIsNamedAtOnce() {
    assertThat(caller.as("supervisor").get("/api/calendar/due").expect(422).json().get("errors")).hasSize(2);
  }

  @Test
  void aYearShowsItsDaysItsHoursAndWhetherItsNoticeIsKnown() {
    JsonNode year = caller.as("dispatcher1").get("/api/calendar/days?year=2025").expect(200).json();
    assertThat(year.get("covered").asBoolean()).isTrue();
    assertThat(year.get("items")).hasSize(33);
    assertThat(year.get("items").get(1).toString()).isEqualTo(
        "{\"date\":\"2025-01-26\",\"kind\":\"work\",\"name\":\"春节\",\"source\":\"国办发明电〔2024〕12号\"}");
    assertThat(year.get("hours").toString()).isEqualTo(
        "[{\"opens\":\"08:00\",\"closes\":\"12:00\"},{\"opens\":\"14:30\",\"closes\":\"18:00\"}]");
    assertThat(caller.as("dispatcher1").get("/api/calendar/days?year=2033").expect(200).json().get("covered")
        .asBoolean()).isFalse();
    caller.as("dispatcher1").get("/api/calendar/days").expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1800", "20255", "x", "-1"})
  void aYearThatIsNoneIsRefused(String year) {
    assertThat(caller.as("dispatcher1").get("/api/calendar/days?year=" + year).expect(422).json().get("errors").get(0)
        .get("field").asText()).isEqualTo("year");
  }

  @Test
  void anAdministratorChangesADayAndTheNextQuestionKnowsIt() {
    JsonNode changed = caller.as("admin").put(DAY, Map.of("kind", "off", "name", "县庆")).expect(200).json();
    assertThat(changed.get("officeDay").asBoolean()).isFalse();
    assertThat(changed.get("moved")).isEmpty();
    assertThat(due("2032-05-06T10:00", "1", "WORKING_DAYS").get("due").asText())
        .isEqualTo("2032-05-10T18:00:00+08:00");
    caller.as("admin").put(DAY + "?recompute=true", Map.of("kind", "normal")).expect(200);
    assertThat(due("2032-05-06T10:00", "1", "WORKING_DAYS").get("due").asText())
        .isEqualTo("2032-05-07T18:00:00+08:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dispatcher1", "supervisor", "dutyleader", "designer", "ga.handler"})
  void nobodyElseMay(String username) {
    caller.as(username).put(DAY, Map.of("kind", "off", "name", "县庆")).expect(403);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "2032-05-07|{\"kind\":\"holiday\",\"name\":\"x\"}|kind", "2032-05-07|{\"name\":\"x\"}|kind",
      "2032-05-07|{\"kind\":\"off\"}|name", "2032-05-07|{\"kind\":\"off\",\"name\":\"  \"}|name",
      "2032-05-07|{\"kind\":\"off\",\"name\":\"a\\u0000b\"}|name",
      "2032-05-07|{\"kind\":\"off\",\"name\":\"a\\u202eb\"}|name",
      "2032-05-07|{\"kind\":\"off\",\"name\":\"12345678901234567890123456789012345678901\"}|name",
      "2032-02-30|{\"kind\":\"off\",\"name\":\"x\"}|date", "never|{\"kind\":\"off\",\"name\":\"x\"}|date",
      "1492-10-12|{\"kind\":\"off\",\"name\":\"x\"}|date"})
  void badInputIsNamedAndChangesNothing(String date, String body, String field) {
    JsonNode before = caller.as("admin").get("/api/calendar/days?year=2032").json();
    JsonNode problem = caller.as("admin").put("/api/calendar/days/" + date, body).expect(422).json();
    assertThat(problem.get("errors")).singleElement().satisfies(e -> assertThat(e.get("field").asText())
        .isEqualTo(field));
    assertThat(caller.as("admin").get("/api/calendar/days?year=2032").json()).isEqualTo(before);
  }

  private JsonNode due(String from, String amount, String unit) {
    return caller.as("supervisor").get(path(from, amount, unit)).expect(200).json();
  }

  private static String path(String from, String amount, String unit) {
    return "/api/calendar/due?from=" + URLEncoder.encode(from, StandardCharsets.UTF_8) + "&amount="
        + URLEncoder.encode(amount, StandardCharsets.UTF_8) + "&unit=" + unit;
  }
}

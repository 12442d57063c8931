package org.closedloop.board.scorecard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.board.scorecard.Records.CENTRE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.board.DrillDown;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A month worked out by hand: thirteen cases and a whistle, each with one thing to it. What the scorecards say of them is
 * written here number by number.
 */
@LiveApp
class ScorecardTest {

  private static final String A = "140929-ga";
  private static final String Z = "140929-zj";

  @Autowired JdbcClient sql;
  @Autowired Caller caller;

  /** Long ago, and another for each test: what one leaves behind, the next does not count. */
  private static final AtomicInteger NEXT = new AtomicInteger();

  private final YearMonth month = YearMonth.of(2000, 1).plusMonths(3L * NEXT.getAndIncrement());
  private Records records;

  @BeforeEach
  void theMonth() {
    records = new Records(sql, month);
    // all in time; what its merged report says is added below
    loop("good", A, 9, 10).rated(true, 5, 14);
    // handled a day late
    loop("late", A, 11, 10).card("yellow-card", A, 10.5, 12.0).rated(false, 2, 15);
    // sent back once
    loop("reworked", Z, 9, 10, "140929101").reached("reworked", 8).rated(null, 4, 16);
    // returned by A, then handled by Z
    accepted("returned").lead(A, 3).returned(A, 4).taken("handle", A, 12, 4).lead(Z, 4).stage("handle", Z, 14, 9)
        .stage("feedback", Z, 15, 10).stage("verify", CENTRE, 16, 11).reached("verified", 11)
        .stage("close", CENTRE, 17, 12).ended("closed", 12);
    // nobody handled it
    accepted("overdue").lead(A, 3).running("handle", A, 20).card("yellow-card", A, 24, null)
        .card("red-card", A, 26, null);
    // stopped before its deadline
    accepted("suspended").lead(A, 3).stopped("handle", A, 20, 15);
    accepted("refused").ended("refused", 2);
    // accepted late, due next month
    records.open("slow").stage("accept", CENTRE, 5, 6).lead(A, 6).running("handle", A, 40);
    // the reporter was asked in time and has not answered
    records.open("asked").reached("supplement_asked", 5).stopped("accept", CENTRE, 6, 5);
    records.open("withdrawn").taken("accept", CENTRE, 6, 5).ended("withdrawn", 5);
    records.open("merged").taken("accept", CENTRE, 6, 5).ended("merged", 5).merged("good").rated(false, 1, 20);
    // closed in time, reopened, then handled late
    loop("reopened", Z, 5, 6).reopened().stage("accept", CENTRE, 14, 14).stage("handle", Z, 15, 16)
        .stage("verify", CENTRE, 20, 18).reached("verified", 18).stage("close", CENTRE, 21, 19).ended("closed", 19);
    // deadlines on the first and just past the last moment
    int length = month.lengthOfMonth();
    records.open("edge").stage("accept", CENTRE, 1, 0.9).stage("feedback", A, length + 1, length)
        .ended("refused", length);
    // A came, Z late, one was rightly called elsewhere, one sent home, one never came
    records.open("whistle", "whistle", "140929101").called(A, 12, 11.5).called(Z, 12, 13.0)
        .called("140929-sl", 12, null).released("140929-sl", "objection", 11)
        .called("140929-yj", 12, null).released("140929-yj", "township", 11)
        .called("140929-mz", 12, null).released("140929-mz", "township", 14)
        .marked(A, 20, 5, 4, 3).marked(Z, 20, 2, 3, 3);
    records.open("call", "whistle", "140929101").called(A, 25, 24.0).marked(A, 26, 4, 4, 5);
  }

  @AfterEach
  void nothingRunsOn() {
    records.end();
  }

  private Records.Case accepted(String name) {
    return records.open(name).stage("accept", CENTRE, 3, 2);
  }

  private Records.Case loop(String name, String unit, double handled, double due) {
    return loop(name, unit, handled, due, "140929100");
  }

  private Records.Case loop(String name, String unit, double handled, double due, String area) {
    return records.open(name, "case-handling", area).stage("accept", CENTRE, 3, 2).lead(unit, 3)
        .stage("handle", unit, due, handled).stage("feedback", unit, 12, 11.5).stage("verify", CENTRE, 13, 12)
        .reached("verified", 12).stage("close", CENTRE, 14, 13).ended("closed", 13);
  }

  private JsonNode cards(String reader, String by) {
    return caller.as(reader).get("/api/scorecards?month=" + month + "&by=" + by).expect(200).json();
  }

  private static JsonNode row(JsonNode cards, String key) {
    for (JsonNode row : cards.path("items")) {
      if (row.path("key").asText().equals(key)) {
        return row;
      }
    }
    throw new AssertionError("no row " + key + " in " + cards);
  }

  private static List<String> rates(JsonNode row) {
    return Rate.RATES.stream().map(r -> row.path("rates").path(r.key()))
        .map(r -> r.path("numerator").asInt() + "/" + r.path("denominator").asInt()).toList();
  }

  @Test
  void theMonthAddsUpByUnit() {
    JsonNode cards = cards("countyleader", "unit");
    // response, solving, satisfaction, on-time, rework, return, check-in
    assertThat(rates(row(cards, A))).containsExactly("2/2", "0/2", "0/2", "1/3", "0/2", "1/6", "2/2");
    assertThat(rates(row(cards, Z))).containsExactly("3/3", "0/0", "1/1", "2/3", "1/3", "0/3", "0/1");
    assertThat(rates(row(cards, CENTRE))).containsExactly("10/11", "0/0", "0/0", "5/5", "0/0", "0/0", "0/0");
    assertThat(rates(cards.path("total"))).containsExactly("10/11", "0/2", "1/3", "3/6", "1/5", "1/8", "1/2");
    assertThat(row(cards, A).path("suspended").path("cases").asInt()).isEqualTo(1);
    assertThat(row(cards, CENTRE).path("suspended").path("cases").asInt()).isEqualTo(1);
    // the other yellow card was lifted
    assertThat(row(cards, A).path("cards").path("yellow").path("cases").asInt()).isEqualTo(1);
    assertThat(row(cards, A).path("cards").path("red").path("cases").asInt()).isEqualTo(1);
    assertThat(row(cards, Z).path("cards").path("red").path("cases").asInt()).isZero();
    assertThat(row(cards, Z).path("rates").path("solving").path("rate").isNull()).isTrue();
    assertThat(row(cards, Z).path("rates").path("rework").path("rate").asDouble()).isEqualTo(0.3333);
    assertThat(cards.path("frozenAt").isNull()).isTrue();
    assertThat(rates(row(cards, "140929-mz"))).endsWith("0/1");
    assertThat(cards.path("items")).hasSize(4);
  }

  @Test
  void theTownshipsMarksAreMeansOverAllOfThem() {
    JsonNode cards = cards("countyleader", "unit");
    JsonNode marks = row(cards, A).path("marks");
    assertThat(marks.path("marked").asInt()).isEqualTo(2);
    assertThat(List.of(marks.path("arrival").asDouble(), marks.path("effort").asDouble(),
        marks.path("result").asDouble())).containsExactly(4.5, 4.0, 4.0);
    assertThat(DrillDown.open(caller.as("ga.leader"), marks.path("whistles").path("link").asText()))
        .isEqualTo(numbers("whistle", "call"));
    assertThat(cards.path("total").path("marks").path("arrival").asDouble()).isEqualTo(3.67);
    assertThat(cards.path("total").path("marks").path("whistles").path("cases").asInt()).isEqualTo(2);
  }

  @Test
  void theScoreWeighsTheRatesThereAre() {
    JsonNode cards = cards("countyleader", "unit");
    assertThat(row(cards, A).path("score").asDouble()).isEqualTo(30.0);
    assertThat(row(cards, Z).path("score").asDouble()).isEqualTo(100.0);
    assertThat(row(cards, CENTRE).path("score").asDouble()).isEqualTo(90.91);
    assertThat(Stream.of(Z, CENTRE, A).map(u -> row(cards, u).path("rank").asInt())).containsExactly(1, 2, 3);
    assertThat(cards.path("ranked").asInt()).isEqualTo(3);
  }

  @Test
  void theMonthAddsUpByAreaAndByCategory() {
    JsonNode areas = cards("supervisor", "area");
    assertThat(rates(row(areas, "140929101"))).containsExactly("1/1", "0/0", "1/1", "1/1", "1/1", "0/1", "1/2");
    assertThat(rates(row(areas, "140929100"))).containsExactly("9/10", "0/2", "0/2", "2/5", "0/4", "1/7", "0/0");
    JsonNode categories = cards("supervisor", "category");
    assertThat(rates(row(categories, "01"))).isEqualTo(rates(categories.path("total")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unit", "area", "category"})
  void everyNumberOpensToItsCasesAndWhatIsMetIsAmongWhatWasDue(String by) {
    for (String reader : List.of("countyleader", "ga.leader")) {
      Caller who = caller.as(reader);
      JsonNode cards = cards(reader, by);
      Stream.concat(Stream.of(cards.path("total")), stream(cards.path("items"))).forEach(row -> {
        row.path("rates").forEach(rate -> {
          Set<String> met = DrillDown.open(who, rate.path("links").path("numerator").asText());
          Set<String> due = DrillDown.open(who, rate.path("links").path("denominator").asText());
          assertThat(met).as(rate.toString()).hasSize(rate.path("numerator").asInt());
          assertThat(due).as(rate.toString()).hasSize(rate.path("denominator").asInt()).containsAll(met);
        });
        for (JsonNode count : List.of(row.path("suspended"), row.path("cards").path("yellow"),
            row.path("cards").path("red"), row.path("marks").path("whistles"))) {
          assertThat(DrillDown.open(who, count.path("link").asText())).hasSize(count.path("cases").asInt());
        }
      });
    }
    JsonNode late = row(cards("countyleader", "unit"), A).path("rates").path("on-time").path("links");
    assertThat(DrillDown.open(caller.as("countyleader"), late.path("denominator").asText()))
        .isEqualTo(numbers("good", "late", "overdue"));
  }

  private Set<String> numbers(String... names) {
    return Stream.of(names).map(records::number).collect(Collectors.toSet());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return java.util.stream.StreamSupport.stream(array.spliterator(), false);
  }

  @Test
  void aDepartmentSeesItsOwnRowAndItsPlaceAndNobodyElses() {
    JsonNode own = cards("ga.leader", "unit");
    assertThat(own.path("items")).hasSize(1);
    assertThat(rates(row(own, A))).isEqualTo(rates(row(cards("countyleader", "unit"), A)));
    assertThat(row(own, A).path("rank").asInt()).isEqualTo(3);
    assertThat(own.path("ranked").asInt()).isEqualTo(3);
    assertThat(rates(own.path("total"))).isEqualTo(rates(row(own, A)));
    for (String blind : List.of("designer", "admin", "sl.handler")) {
      assertThat(cards(blind, "unit").path("items")).as(blind).isEmpty();
    }
    String others = "/api/cases?scorecard=" + month + ":unit:" + Z + ":response:due";
    assertThat(DrillDown.open(caller.as("ga.leader"), others)).isEmpty();
    caller.get("/api/scorecards").expect(401);
  }

  @Test
  void aFrozenMonthStaysWhateverHappensToItsCases() {
    caller.as("ga.leader").post("/api/scorecards/" + month + "/freeze", null).expect(403);
    JsonNode before = cards("countyleader", "unit");
    JsonNode frozen = caller.as("supervisor").post("/api/scorecards/" + month + "/freeze", null).expect(200).json();
    assertThat(frozen.path("frozenBy").asText()).isEqualTo("supervisor");

    sql.sql("update case_file set solved = true, satisfaction = 5 where number = ?").param(records.number("late"))
        .update();
    sql.sql("update clock set ended_at = due_at where case_number = ? and ended_at is null")
        .param(records.number("overdue")).update();
    sql.sql("update case_file set lead_unit = ? where number = ?").params(Z, records.number("good")).update();
    records.open("new").stage("accept", CENTRE, 5, 4);

    JsonNode after = cards("countyleader", "unit");
    assertThat(after.path("frozenAt").asText()).endsWith("+08:00");
    assertThat(after.path("hash").asText()).hasSize(64);
    assertThat(after.path("items")).isEqualTo(before.path("items"));
    assertThat(after.path("total")).isEqualTo(before.path("total"));
    for (String reader : List.of("countyleader", "ga.leader")) {
      Caller who = caller.as(reader);
      cards(reader, "unit").path("items").forEach(row -> row.path("rates").forEach(rate -> assertThat(
          DrillDown.open(who, rate.path("links").path("denominator").asText()))
          .as(reader + rate).hasSize(rate.path("denominator").asInt())));
    }
    assertThat(row(cards("ga.leader", "unit"), A).path("score").asDouble()).isEqualTo(30.0);

    JsonNode again = caller.as("supervisor").post("/api/scorecards/" + month + "/freeze", null).expect(409).json();
    assertThat(again.path("type").asText()).isEqualTo("urn:closedloop:month-frozen");
    assertThat(sql.sql("select hash = encode(sha256(convert_to(body::text, 'UTF8')), 'hex') from scorecard_snapshot "
        + "where month = ?").param(month.atDay(1)).query(Boolean.class).list()).containsExactly(true, true, true);
  }

  @Test
  void whatIsFrozenCannotBeRewritten() {
    caller.as("supervisor").post("/api/scorecards/" + month + "/freeze", null).expect(200);
    for (String table : List.of("scorecard_month", "scorecard_line", "scorecard_snapshot")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
          () -> sql.sql("delete from " + table + " where month = ?").param(month.atDay(1)).update())
          .hasMessageContaining("not changed");
    }
  }

  @Test
  void theMonthThatRunsIsNotFrozen() {
    YearMonth now = YearMonth.now();
    for (YearMonth running : List.of(now.plusMonths(1), now.plusMonths(20))) {
      assertThat(caller.as("supervisor").post("/api/scorecards/" + running + "/freeze", null).expect(409).json()
          .path("type").asText()).isEqualTo("urn:closedloop:month-running");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/scorecards?month=2026-13", "/api/scorecards?month=x", "/api/scorecards?month=1999-12",
      "/api/scorecards?by=person", "/api/cases?scorecard=x", "/api/cases?scorecard=2026-10:unit:a:b:met",
      "/api/cases?scorecard=2026-10:all:all:response:", "/api/cases?scorecard=2026-00:all:all:response:met"})
  void whatNamesNoMonthAndNoNumberIsRefused(String path) {
    caller.as("countyleader").get(path).expect(422);
  }

  @Test
  void weightsAreChangedByThoseWhoDecideAndAddUpToAHundred() {
    Map<String, Integer> shipped = Map.of("response", 30, "solving", 35, "satisfaction", 35);
    try {
      Map<String, Integer> other = Map.of("response", 20, "on-time", 80);
      caller.as("ga.leader").put("/api/scorecards/weights", other).expect(403);
      caller.as("supervisor").put("/api/scorecards/weights", other).expect(403);
      for (Object bad : List.of(Map.of("response", 99), Map.of("response", 101, "solving", -1), Map.of("rework", 100),
          Map.of(), Map.of("response", "many"), Map.of("response", 99.5, "solving", 0.5))) {
        assertThat(caller.as("admin").put("/api/scorecards/weights", bad).status()).as("" + bad).isIn(400, 422);
      }
      JsonNode set = caller.as("countyleader").put("/api/scorecards/weights", other).expect(200).json();
      assertThat(set.path("on-time").asInt()).isEqualTo(80);
      assertThat(set.path("solving").asInt()).isZero();
      // 20 × 1 + 80 × 1/3
      assertThat(row(cards("countyleader", "unit"), A).path("score").asDouble()).isEqualTo(46.67);
    } finally {
      caller.as("admin").put("/api/scorecards/weights", shipped).expect(200);
    }
    assertThat(caller.as("ga.leader").get("/api/scorecards/weights").expect(200).json().path("solving").asInt())
        .isEqualTo(35);
  }
}

package org.closedloop.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of alerts, acknowledging one, and urging: who may, what comes of it, and what is refused. */
@LiveApp
class AlertApiTest {

  private static final Duration LATE = Duration.ofMinutes(-61);

  @Autowired Caller caller;
  @Autowired Alerts alerts;
  @Autowired CaseRegister register;
  @Autowired Clocks clocks;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;

  private Late late;
  private String number;

  @BeforeEach
  void aLateCaseOfOneTownship() {
    late = new Late(register, clocks, clock, sql);
    number = late.newCase("140929101");
  }

  private Running lateItem(String unit, String assignee) {
    Running running = late.clock(number, "stage", LATE);
    late.item(running, unit, assignee);
    await().atMost(Duration.ofSeconds(10)).until(() -> late.raised(number).contains("overdue " + running.key()));
    return running;
  }

  private JsonNode items(String username, String query) {
    return caller.as(username).get("/api/alerts?case=" + number + query).expect(200).json().path("items");
  }

  private long overdue() {
    return items("supervisor", "&level=overdue").path(0).path("id").asLong();
  }

  @Test
  void theNewestComesFirstAndSaysWhoMustAct() {
    Running running = lateItem("140929101", "140929101.handler");
    JsonNode all = items("supervisor", "");
    assertThat(all).hasSize(2);
    JsonNode first = all.get(0);
    assertThat(first.path("level").asText()).isEqualTo("overdue");
    assertThat(first.path("case").asText()).isEqualTo(number);
    assertThat(first.path("task").asText()).isEqualTo(running.key());
    assertThat(first.path("name").asText()).isEqualTo("办理");
    assertThat(first.path("unit").asText()).isEqualTo("140929101");
    assertThat(first.path("assignee").asText()).isEqualTo("140929101.handler");
    assertThat(first.path("due").asText()).endsWith("+08:00");
    assertThat(first.path("late").asLong()).isBetween(61L, 63L);
    assertThat(first.path("endedAt").isNull()).isTrue();
    assertThat(all.get(1).path("level").asText()).isEqualTo("warn");
    clocks.end(number, "instance", running.key(), clock.instant());
    assertThat(items("supervisor", "").get(0).path("endedAt").asText()).endsWith("+08:00");
  }

  @Test
  void everyFilterNarrowsAndPagesGoOnWhereTheLastEnded() {
    lateItem("140929101", null);
    lateItem("140929-ga", null);
    assertThat(items("supervisor", "")).hasSize(4);
    assertThat(items("supervisor", "&level=warn")).hasSize(2);
    assertThat(items("supervisor", "&unit=140929-ga")).hasSize(2);
    assertThat(items("supervisor", "&unit=nowhere")).isEmpty();
    assertThat(items("supervisor", "&acknowledged=true")).isEmpty();
    caller.as("supervisor").post("/api/alerts/" + overdue() + "/acknowledge", Map.of("note", "已知")).expect(200);
    assertThat(items("supervisor", "&acknowledged=true")).hasSize(1);
    assertThat(items("supervisor", "&acknowledged=false")).hasSize(3);
    List<Long> paged = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = caller.as("supervisor").get("/api/alerts?case=" + number + "&limit=1" + after).json();
      page.path("items").forEach(a -> paged.add(a.path("position").asLong()));
      after = page.path("next").isNull() ? null : "&after=" + page.path("next").asText();
    } while (after != null);
    assertThat(paged).hasSize(4).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
  }

  @ParameterizedTest
  @ValueSource(strings = {"level=late", "acknowledged=perhaps", "limit=0", "after=zzz", "limit=x"})
  void whatCannotBeMeantIsRefused(String query) {
    JsonNode problem = caller.as("supervisor").get("/api/alerts?" + query).expect(422).json();
    assertThat(problem.at("/errors/0/field").asText()).isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @CsvSource({"supervisor, true", "dispatcher1, true", "countyleader, true", "140929101.handler, true",
      "140929100.handler, false", "ga.handler, false", "designer, false", "admin, false"})
  void onlyWhoSeesTheCaseSeesItsAlerts(String username, boolean sees) {
    lateItem("140929101", null);
    long id = overdue();
    assertThat(items(username, "").isEmpty()).isEqualTo(!sees);
    if (!sees) {
      caller.as(username).post("/api/alerts/" + id + "/acknowledge", Map.of("note", "已知")).expect(404);
      caller.as(username).post("/api/cases/" + number + "/urge", Map.of("note", "请抓紧")).expect(404);
    }
  }

  @Test
  void theFirstToAcknowledgeWinsAndTheSecondLearnsWhoAndWhen() {
    lateItem("140929101", null);
    long id = overdue();
    JsonNode mine = caller.as("140929101.handler").post("/api/alerts/" + id + "/acknowledge", Map.of("note", "已派人"))
        .expect(200).json();
    assertThat(mine.path("acknowledgedBy").asText()).isEqualTo("140929101.handler");
    assertThat(mine.path("acknowledgedNote").asText()).isEqualTo("已派人");
    JsonNode lost = caller.as("supervisor").post("/api/alerts/" + id + "/acknowledge", Map.of("note", "已知"))
        .expect(409).json();
    assertThat(lost.path("type").asText()).isEqualTo("urn:closedloop:alert-acknowledged");
    assertThat(lost.path("by").asText()).isEqualTo("140929101.handler");
    assertThat(OffsetDateTime.parse(lost.path("at").asText()))
        .isEqualTo(OffsetDateTime.parse(mine.path("acknowledgedAt").asText()));
    assertThat(journal("acknowledge")).isEqualTo(1);
  }

  @Test
  void sentTwiceUnderOneKeyItIsAcknowledgedOnceAndAnsweredTwice() {
    lateItem("140929101", null);
    String path = "/api/alerts/" + overdue() + "/acknowledge";
    Caller once = caller.as("supervisor").with("Idempotency-Key", UUID.randomUUID().toString());
    String first = once.post(path, Map.of("note", "已知")).expect(200).text();
    assertThat(once.post(path, Map.of("note", "已知")).expect(200).text()).isEqualTo(first);
    assertThat(journal("acknowledge")).isEqualTo(1);
  }

  @Test
  void whoHasNothingToDoWithItDoesNotAcknowledgeIt() {
    lateItem("140929101", null);
    caller.as("verifier1").post("/api/alerts/" + overdue() + "/acknowledge", Map.of("note", "已知")).expect(403);
  }

  @Test
  void aNoteIsNeededAndNotLong() {
    lateItem("140929101", null);
    for (String path : List.of("/api/alerts/" + overdue() + "/acknowledge", "/api/cases/" + number + "/urge")) {
      for (Map<String, String> body : List.of(Map.<String, String>of(), Map.of("note", " "),
          Map.of("note", "催".repeat(501)))) {
        assertThat(caller.as("supervisor").post(path, body).expect(422).json().at("/errors/0/field").asText())
            .isEqualTo("note");
      }
    }
    caller.as("supervisor").post("/api/alerts/0/acknowledge", Map.of("note", "已知")).expect(404);
    caller.as("supervisor").post("/api/alerts/x/acknowledge", Map.of("note", "已知")).expect(422);
    caller.as("supervisor").post("/api/cases/nothing/urge", Map.of("note", "请抓紧")).expect(404);
  }

  @Test
  void urgingTellsWhoeverHoldsTheItemsAndIsOnRecord() {
    lateItem("140929101", "140929101.handler");
    lateItem("140929-ga", null);
    JsonNode urged = caller.as("supervisor").post("/api/cases/" + number + "/urge", Map.of("note", "群众再次来电"))
        .expect(200).json();
    assertThat(urged.path("units").toString()).contains("140929101", "140929-ga");
    assertThat(sql.sql("select unit || coalesce(' ' || official, '') || ' ' || (data->>'note') from outbox "
        + "where case_number = ? and topic = 'urged' order by 1").param(number).query(String.class).list())
        .containsExactlyInAnyOrder("140929-ga 群众再次来电", "140929101 140929101.handler 群众再次来电");
    assertThat(journal("urge")).isEqualTo(1);
    caller.as("140929101.handler").post("/api/cases/" + number + "/urge", Map.of("note", "请抓紧")).expect(403);
    caller.as("verifier1").post("/api/cases/" + number + "/urge", Map.of("note", "请抓紧")).expect(403);
    for (String may : List.of("dispatcher1", "dutyleader", "countyleader", "140929101.leader")) {
      caller.as(may).post("/api/cases/" + number + "/urge", Map.of("note", "请抓紧")).expect(200);
    }
    assertThat(journal("urge")).isEqualTo(5);
  }

  @Test
  void anEndedCaseIsNotUrged() {
    register.end(number, "closed");
    assertThat(caller.as("supervisor").post("/api/cases/" + number + "/urge", Map.of("note", "请抓紧")).expect(409)
        .json().path("type").asText()).isEqualTo("urn:closedloop:case-ended");
    assertThat(journal("urge")).isZero();
  }

  private long journal(String key) {
    return sql.sql("select count(*) from entry where case_number = ? and kind = 'action' and key = ?")
        .params(number, key).query(Long.class).single();
  }
}

package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The two tables of {@code case-handling}, read row by row as the rules say them, by the engine's own decisions with
 * scripts switched off. Every row must be the answer to some question here.
 */
class CaseHandlingTablesTest {

  private static final Path FOLDER = Path.of("processes", "case-handling");
  private static final Set<String> ANSWERED = new HashSet<>();
  private static DmnEngine engine;
  private static DmnDecision deadlines;
  private static DmnDecision actions;

  @BeforeAll
  static void readTables() throws IOException {
    var configuration = new DefaultDmnEngineConfiguration();
    configuration.setScriptEngineResolver(language -> null);
    configuration.getCustomPostDecisionTableEvaluationListeners().add(event ->
        event.getMatchingRules().forEach(rule -> ANSWERED.add(rule.getId())));
    engine = configuration.buildEngine();
    deadlines = table("deadlines");
    actions = table("actions");
  }

  private static DmnDecision table(String what) throws IOException {
    try (InputStream file = Files.newInputStream(FOLDER.resolve("case-handling-" + what + ".dmn"))) {
      return engine.parseDecision("case-handling-" + what, file);
    }
  }

  @AfterAll
  static void everyRowAnswersSomething() {
    List<String> rows = new ArrayList<>();
    Stream.of("deadlines", "actions").forEach(what ->
        Dmn.readModelFromFile(FOLDER.resolve("case-handling-" + what + ".dmn").toFile())
            .getModelElementsByType(Rule.class).forEach(rule -> rows.add(rule.getId())));
    assertThat(ANSWERED).containsExactlyInAnyOrderElementsOf(rows);
  }

  private static String time(String key, String urgency, int reworked) {
    var result = engine.evaluateDecisionTable(deadlines,
        Map.of("key", key, "urgency", urgency, "milestones", reworked == 0 ? Map.of() : Map.of("reworked", reworked)));
    if (result.isEmpty()) {
      return "none";
    }
    Map<String, Object> row = result.getSingleResult().getEntryMap();
    assertThat(row.get("warn")).isEqualTo(0.75);
    return row.get("amount") + " " + row.get("unit") + " " + row.get("kind")
        + (row.get("since") == null ? "" : " since " + row.get("since"));
  }

  private static String may(String action, Object... facts) {
    Map<String, Object> known = new HashMap<>(Map.of("action", action, "stage", "handle", "pending", false,
        "late", false, "expired", false, "suspended", false, "milestones", Map.of()));
    for (int i = 0; i < facts.length; i += 2) {
      known.put((String) facts[i], facts[i + 1]);
    }
    var result = engine.evaluateDecisionTable(actions, known);
    if (result.isEmpty()) {
      return "no row";
    }
    Map<String, Object> row = result.getSingleResult().getEntryMap();
    if (!(Boolean) row.get("allowed")) {
      assertThat((String) row.get("zh")).isNotBlank();
      return (String) row.get("en");
    }
    assertThat(row.get("en")).isNull();
    return row.get("by") == null ? "yes" : "yes, by " + row.get("by");
  }

  @Test
  void everyStageHasItsTime() {
    assertThat(time("accept", "ordinary", 0)).isEqualTo("120 MINUTES stage");
    assertThat(time("dispatch", "ordinary", 0)).isEqualTo("2 WORKING_HOURS stage");
    assertThat(time("feedback", "ordinary", 0)).isEqualTo("1 WORKING_DAYS stage");
    assertThat(time("verify", "ordinary", 0)).isEqualTo("2 WORKING_DAYS stage");
    assertThat(time("close", "ordinary", 0)).isEqualTo("1 WORKING_DAYS stage");
  }

  @Test
  void handlingGoesByUrgency() {
    assertThat(time("handle", "emergency", 0)).isEqualTo("120 MINUTES stage");
    assertThat(time("handle", "urgent", 0)).isEqualTo("1440 MINUTES stage");
    assertThat(time("handle", "ordinary", 0)).isEqualTo("7 WORKING_DAYS stage");
    assertThat(time("handle", "complex", 0)).isEqualTo("15 WORKING_DAYS stage");
  }

  @Test
  void reworkHasATimeOfItsOwn() {
    assertThat(time("handle", "ordinary", 1)).isEqualTo("3 WORKING_DAYS stage");
    assertThat(time("handle", "complex", 2)).isEqualTo("3 WORKING_DAYS stage");
    assertThat(time("verify", "ordinary", 2)).isEqualTo("2 WORKING_DAYS stage");
  }

  @Test
  void requestsAndWaitsHaveTheirTime() {
    assertThat(time("answer", "ordinary", 0)).isEqualTo("5 WORKING_DAYS answer");
    assertThat(time("decide-return", "ordinary", 0)).isEqualTo("4 WORKING_HOURS side");
    assertThat(time("decide-extension", "ordinary", 0)).isEqualTo("4 WORKING_HOURS side");
    assertThat(time("decide-suspension", "ordinary", 0)).isEqualTo("1 WORKING_DAYS side");
    assertThat(time("review", "ordinary", 0)).isEqualTo("90 DAYS suspension");
    assertThat(time("return", "ordinary", 0)).isEqualTo("1 WORKING_DAYS window since dispatched");
    assertThat(time("reopen", "ordinary", 0)).isEqualTo("15 DAYS window since closed");
    assertThat(time("extension", "ordinary", 0)).isEqualTo("10 WORKING_DAYS limit");
    assertThat(time("coffee", "ordinary", 0)).isEqualTo("none");
  }

  @Test
  void anExtensionIsDecidedHigherTheSecondTimeAndRefusedTheThird() {
    assertThat(may("request-extension")).isEqualTo("yes, by duty-leader");
    assertThat(may("request-extension", "milestones", Map.of("extended", 1))).isEqualTo("yes, by county-leader");
    assertThat(may("request-extension", "milestones", Map.of("extended", 2))).contains("twice");
    assertThat(may("request-extension", "milestones", Map.of("extended", 3))).contains("twice");
  }

  @Test
  void anExtensionIsAskedForInTimeAndOnce() {
    assertThat(may("request-extension", "late", true)).contains("overdue");
    assertThat(may("request-extension", "pending", true)).contains("being decided");
    assertThat(may("request-extension", "suspended", true)).contains("suspended");
  }

  @Test
  void aReturnIsMadeInTimeAndNeverAfterARuling() {
    assertThat(may("return")).isEqualTo("yes");
    assertThat(may("return", "expired", true)).contains("over");
    assertThat(may("return", "milestones", Map.of("ruled", 1))).contains("ruled");
    assertThat(may("return", "pending", true)).contains("being decided");
  }

  @Test
  void aConsultationIsHeldOnceARoundAndBinds() {
    assertThat(may("consult")).isEqualTo("yes");
    assertThat(may("consult", "pending", true)).contains("under way");
    assertThat(may("consult", "milestones", Map.of("ruled", 1))).contains("named the lead unit");
    assertThat(may("consult", "milestones", Map.of("consulted", 1))).contains("named the lead unit");
    assertThat(may("return", "milestones", Map.of("consulted", 1))).contains("ruled");
  }

  @Test
  void aDispatchIsTakenBackUntilItIsClaimed() {
    assertThat(may("recall")).isEqualTo("yes");
    assertThat(may("recall", "claimed", true)).contains("has claimed it");
  }

  @Test
  void unitsAreAskedToDoTheirPartOneRequestAtATimeAndCopiesGoOutAnyTime() {
    assertThat(may("co-handle")).isEqualTo("yes");
    assertThat(may("co-handle", "pending", true)).contains("not finished");
    assertThat(may("copy", "stage", "accept")).isEqualTo("yes");
    assertThat(time("co-handle", "ordinary", 0)).isEqualTo("20 WORKING_DAYS limit");
  }

  @Test
  void aSuspensionIsDecidedByTheDutyLeader() {
    assertThat(may("request-suspension")).isEqualTo("yes, by duty-leader");
    assertThat(may("request-suspension", "pending", true)).contains("being decided");
    assertThat(may("request-suspension", "suspended", true)).contains("suspended already");
    assertThat(may("resume", "suspended", true)).isEqualTo("yes");
  }

  @Test
  void aHandledCaseGoesToItsEnd() {
    for (String action : List.of("withdraw", "merge")) {
      for (String stage : List.of("accept", "dispatch", "handle")) {
        assertThat(may(action, "stage", stage)).isEqualTo("yes");
      }
      for (String stage : List.of("feedback", "verify", "close")) {
        assertThat(may(action, "stage", stage)).contains("can no longer");
      }
    }
  }

  @Test
  void aClosedCaseIsReopenedInTime() {
    assertThat(may("reopen", "stage", "closed")).isEqualTo("yes");
    assertThat(may("reopen", "stage", "closed", "expired", true)).contains("over");
    assertThat(may("unmerge", "stage", "merged")).isEqualTo("yes");
    assertThat(may("supplement", "stage", "accept", "late", true)).isEqualTo("yes");
    assertThat(may("dance")).isEqualTo("no row");
  }
}

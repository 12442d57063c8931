package org.closedloop.demo.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.closedloop.database.Launched;
import org.closedloop.database.TestDatabaseFolder;
import org.closedloop.replay.Api;
import org.closedloop.replay.Api.Account;
import org.junit.jupiter.api.Test;

/** The first start of the demo, from outside: what somebody who has just started it gets to see. */
class DemoCasesTest {

  private static final Account SUPERVISOR = new Account("supervisor", "closed-loop-demo");
  private static final Duration BOUND = Duration.ofMinutes(8);

  @Test
  void theFirstStartShowsCasesInEveryStageAndLightAndASecondAddsNone() throws Exception {
    Map<String, String> environment = Map.of("CLOSEDLOOP_DATA", TestDatabaseFolder.fresh().toString(),
        "CLOSEDLOOP_DEMO_CASES", "true");
    int made;
    try (Launched launched = Launched.with(environment).untilUp()) {
      Api api = new Api("http://localhost:" + launched.port());
      long end = System.nanoTime() + BOUND.toNanos();
      while (!launched.output().contains("sample cases are there")) {
        assertThat(System.nanoTime()).as(launched.output()).isLessThan(end);
        Thread.sleep(500);
      }
      assertThat(launched.output()).doesNotContain("Sample case ");
      Map<String, Integer> stages = new TreeMap<>();
      Set<String> lights = new TreeSet<>();
      made = count(api, stages, lights);
      assertThat(made).isGreaterThan(60);
      assertThat(stages.keySet()).contains("accept", "dispatch", "handle", "feedback", "verify", "close", "closed",
          "refused", "merged", "withdrawn");
      assertThat(lights).contains("green", "yellow", "red", "grey", "none");
      Set<String> tasks = new TreeSet<>();
      api.mustGet(SUPERVISOR, "/api/work-items?scope=all&limit=100").get("items")
          .forEach(i -> tasks.add(i.get("task").asText()));
      assertThat(tasks).contains("decide-return", "convene", "decide-extension", "decide-suspension");
      Instant now = OffsetDateTime.parse(api.mustGet(SUPERVISOR, "/api/demo/clock").get("now").asText()).toInstant();
      assertThat(Duration.between(now, Instant.now()).abs()).as("the time is real again").isLessThan(Duration.ofMinutes(1));
      launched.terminate();
    }
    try (Launched again = Launched.with(environment).untilUp()) {
      assertThat(count(new Api("http://localhost:" + again.port()), new TreeMap<>(), new TreeSet<>())).isEqualTo(made);
      assertThat(again.output()).doesNotContain("Making the demo");
    }
  }

  private static int count(Api api, Map<String, Integer> stages, Set<String> lights) {
    int all = 0;
    String after = "";
    do {
      JsonNode page = api.mustGet(SUPERVISOR, "/api/cases?limit=100" + (after.isEmpty() ? "" : "&after=" + after));
      for (JsonNode c : page.get("items")) {
        stages.merge(c.get("stage").asText(), 1, Integer::sum);
        lights.add(c.get("light").asText());
        all++;
      }
      after = page.path("next").asText("").replace("null", "");
    } while (!after.isEmpty());
    return all;
  }
}

package org.closedloop.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;

/** What happens to a case between the pages one looks at: the same acts over HTTP, and the demo's time. */
final class Steps {

  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

  private final Caller caller;

  Steps(Caller caller) {
    this.caller = caller;
  }

  /** The text made different from that of every other test. */
  static String unique(String text) {
    return text + UUID.randomUUID().toString().substring(0, 8);
  }

  JsonNode file(String number) {
    return caller.as("supervisor").get("/api/cases/" + number).expect(200).json();
  }

  /** The number of a new case that a dispatcher wrote down. */
  String reported(String title, Map<String, Object> more) {
    var body = new HashMap<String, Object>(Map.of("channel", "12345", "title", title, "description",
        "路中间一个井盖不见了，插了根树枝。", "category", "010203", "area", "140929100001"));
    body.putAll(more);
    return caller.as("dispatcher1").post("/api/cases", body).expect(201).json().path("number").asText();
  }

  /** Accepts and dispatches as the duty list proposes; answers the unit. */
  String toHandling(String number, String category, String area) {
    complete("dispatcher1", number, "accept", null, Map.of("accepted", "accept", "category", category, "area", area,
        "urgency", "ordinary"));
    String unit = caller.as("dispatcher1").get("/api/work-items/" + item(number, "dispatch", null) + "/form").expect(200)
        .json().path("data").path("proposedUnit").asText();
    complete("dispatcher1", number, "dispatch", null, Map.of("leadUnit", unit, "urgency", "ordinary"));
    return unit;
  }

  /** @param unit code of the unit whose item it is, null for whichever */
  Answer complete(String by, String number, String task, String unit, Map<String, Object> answers) {
    return caller.as(by).post("/api/work-items/" + item(number, task, unit) + "/complete", Map.of("answers", answers))
        .expect(200);
  }

  /** Waits for it: what the engine does by itself is done a moment later. */
  String item(String number, String task, String unit) {
    long until = System.nanoTime() + PATIENCE;
    while (true) {
      for (JsonNode item : file(number).path("openItems")) {
        if (item.path("task").asText().equals(task) && (unit == null || item.path("unit").asText().equals(unit))) {
          return item.path("id").asText();
        }
      }
      if (System.nanoTime() > until) {
        throw new AssertionError("no item " + task + " of " + unit + " in " + file(number));
      }
    }
  }

  /** Waits until categories are suggested: a node that has just started learns for a moment what they are about. */
  void suggestions() {
    long until = System.nanoTime() + PATIENCE;
    while (caller.post("/api/public/categories/suggestions", Map.of("text", "路灯不亮")).expect(200).json().path("items")
        .isEmpty()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("no category is suggested");
      }
    }
  }

  /** Moves the time of the application to a minute after this deadline of the case. */
  void past(String number, String task) {
    long until = System.nanoTime() + PATIENCE;
    List<OffsetDateTime> due = List.of();
    while (due.isEmpty()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("no deadline " + task + " in " + file(number));
      }
      due = file(number).path("deadlines").findParents("task").stream().filter(d -> d.path("task").asText().equals(task))
          .map(d -> OffsetDateTime.parse(d.path("due").asText())).toList();
    }
    var now = OffsetDateTime.parse(caller.as("admin").get("/api/demo/clock").expect(200).json().path("now").asText());
    caller.as("admin").post("/api/demo/clock",
        Map.of("advance", Duration.between(now, due.get(0).plusMinutes(1)).toString())).expect(200);
  }
}

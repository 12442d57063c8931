package org.closedloop.deadline.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a case page tells of its clocks, and of the path the case took. */
@LiveApp
class ClockHistoryTest {

  @Autowired Caller caller;

  @Test
  void extensionsAndStandstillsAreToldWithThoseWhoGaveThemAndTheDiagramWithThePathTaken() {
    String number = caller.as("dispatcher1").post("/api/cases", Map.of("channel", "12345", "title", "路灯不亮" + UUID.randomUUID(),
        "area", "140929101")).expect(201).json().path("number").asText();
    complete("dispatcher1", number, "accept", Map.of("accepted", "accept", "category", "0101", "area", "140929101",
        "urgency", "ordinary"));
    if (file(number).path("stage").asText().equals("dispatch")) {
      String item = file(number).path("openItems").path(0).path("id").asText();
      complete("dispatcher1", number, "dispatch", Map.of("urgency", "ordinary", "leadUnit", caller.as("dispatcher1")
          .get("/api/work-items/" + item + "/form").expect(200).json().path("data").path("proposedUnit").asText()));
    }
    String handler = file(number).path("unit").asText().replace("140929-", "") + ".handler";
    act(handler, number, "request-extension", Map.of("amount", 2, "unit", "WORKING_DAYS", "reason", "配件要从外地采购，运到还要两天"));
    complete("dutyleader", number, "decide-extension", Map.of("extensionApproved", "yes", "grantedAmount", 2, "grantedUnit",
        "WORKING_DAYS"));
    LocalDate review = OffsetDateTime.parse(caller.as("supervisor").get("/api/calendar/due?amount=1&unit=DAYS").expect(200)
        .json().path("due").asText()).toLocalDate().plusDays(20);
    act(handler, number, "request-suspension", Map.of("reason", "season", "reviewDate", review.toString(), "explanation",
        "冻土期无法开挖施工，开春后恢复"));
    complete("dutyleader", number, "decide-suspension", Map.of("suspensionApproved", "yes"));

    JsonNode clock = clock(number);
    JsonNode extension = clock.path("extensions").path(0);
    assertThat(extension.path("by").asText()).isNotBlank().isNotEqualTo("dutyleader");
    assertThat(extension.path("from").asText()).isEqualTo(clock.path("originalDue").asText());
    assertThat(OffsetDateTime.parse(extension.path("due").asText())).isAfter(OffsetDateTime.parse(extension.path("from").asText()));
    assertThat(clock.path("stops")).hasSize(1);
    assertThat(clock.path("stops").path(0).path("until").isNull()).isTrue();

    act(handler, number, "resume", Map.of("reason", "天气转暖可以施工"));
    assertThat(clock(number).path("stops").path(0).path("until").asText()).isNotBlank();

    JsonNode diagram = caller.as("supervisor").get("/api/cases/" + number + "/diagram").expect(200).json();
    assertThat(texts(diagram.path("active"))).contains("handle", "handling");
    assertThat(texts(diagram.path("done"))).contains("accept", "milestone_suspended").doesNotContain("handle", "verify");
    assertThat(texts(diagram.path("taken"))).contains("start_reported__accept").doesNotContain("accept");
    assertThat(texts(diagram.path("overdue"))).isEmpty();
    caller.as("supervisor").get("/api/cases/" + number + "/diagram?run=nothing-that-ran").expect(404);
  }

  private JsonNode file(String number) {
    return caller.as("supervisor").get("/api/cases/" + number).expect(200).json();
  }

  private JsonNode clock(String number) {
    for (JsonNode clock : file(number).path("clocks")) {
      if (clock.path("task").asText().equals("handle")) {
        return clock;
      }
    }
    throw new AssertionError("the clock of handling is not told");
  }

  private void complete(String by, String number, String task, Map<String, Object> answers) {
    for (JsonNode item : file(number).path("openItems")) {
      if (item.path("task").asText().equals(task)) {
        caller.as(by).post("/api/work-items/" + item.path("id").asText() + "/complete", Map.of("answers", answers)).expect(200);
        return;
      }
    }
    throw new AssertionError(task + " is not open");
  }

  private void act(String by, String number, String action, Map<String, Object> answers) {
    caller.as(by).post("/api/cases/" + number + "/actions/" + action, Map.of("answers", answers)).expect(200);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}

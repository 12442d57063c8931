package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** 核查不由办理单位进行: what a unit has handled, none of its own verifiers may verify. */
@LiveApp
class VerifierTest {

  private static final String BOTH = "verifier3";

  @Autowired
  Caller caller;

  @BeforeEach
  void somebodyInTheCommandCentreAlsoHandles() {
    posts(List.of("verifier", "handler"));
  }

  @AfterEach
  void asBefore() {
    posts(List.of("verifier"));
  }

  private void posts(List<String> posts) {
    String name = caller.as("admin").get("/api/officials/" + BOTH).expect(200).json().get("name").asText();
    caller.as("admin").put("/api/officials/" + BOTH, Map.of("name", name, "unit", "140929-cc", "posts", posts))
        .expect(200);
  }

  private String item(String number, String task) {
    for (JsonNode item : caller.as("dispatcher1").get("/api/cases/" + number).expect(200).json().get("openItems")) {
      if (item.get("task").asText().equals(task)) {
        return "/api/work-items/" + item.get("id").asText();
      }
    }
    throw new AssertionError("no open " + task);
  }

  private void complete(String who, String number, String task, Map<String, Object> answers) {
    caller.as(who).post(item(number, task) + "/complete", Map.of("answers", answers)).expect(200);
  }

  private String verifying(String lead, String handler) {
    String number = caller.as("dispatcher1").post("/api/cases", Map.of("title", "值班电话打不通", "area", "140929101",
        "channel", "patrol")).expect(201).json().get("number").asText();
    complete("dispatcher1", number, "accept", Map.of("accepted", "accept", "category", "0101", "area", "140929101",
        "urgency", "ordinary"));
    complete("dispatcher1", number, "dispatch", Map.of("leadUnit", lead, "urgency", "ordinary", "overrideReason",
        "由指定单位办理"));
    complete(handler, number, "handle", Map.of("found", "线路故障已查明", "done", "已更换线路", "result", "solved"));
    complete(handler, number, "feedback", Map.of("found", "线路故障已查明", "done", "已更换线路", "contact", "指挥中心值班室"));
    return number;
  }

  @Test
  void whatTheirOwnUnitHandledVerifiersCannotVerify() {
    String number = verifying("140929-cc", BOTH);
    String verify = item(number, "verify");
    Map<String, Object> passed = Map.of("answers", Map.of("verified", "pass", "method", "call"));
    for (String verifier : List.of(BOTH, "verifier1")) {
      caller.as(verifier).get(verify + "/form").expect(403);
      caller.as(verifier).post(verify + "/claim", null).expect(403);
      caller.as(verifier).post(verify + "/complete", passed).expect(403);
    }
    assertThat(item(number, "verify")).isEqualTo(verify);
  }

  @Test
  void whatAnotherUnitHandledTheyMay() {
    String number = verifying("140929-cg", "cg.handler");
    complete("verifier1", number, "verify", Map.of("verified", "pass", "method", "call"));
    assertThat(caller.as("dispatcher1").get("/api/cases/" + number).expect(200).json().get("stage").asText())
        .isEqualTo("close");
  }
}

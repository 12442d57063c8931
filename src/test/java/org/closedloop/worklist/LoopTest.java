package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The loop from end to end over HTTP: what a person at each desk and the reporter do, see, and may not do. */
@LiveApp
class LoopTest {

  private static final String CATEGORY = "0101";

  @Autowired
  Caller caller;
  @Autowired
  Reconciler reconciler;

  private String report(Map<String, Object> more) {
    Map<String, Object> body = new java.util.HashMap<>(Map.of("title", "村口路灯不亮", "description", "已经三天了",
        "area", "140929101", "channel", "patrol"));
    body.putAll(more);
    Caller.Answer answer = caller.as("dispatcher1").post("/api/cases", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().get("number").asText();
  }

  private JsonNode read(String number) {
    return caller.as("dispatcher1").get("/api/cases/" + number).json();
  }

  private String item(String number, String task) {
    for (JsonNode i : read(number).get("openItems")) {
      if (i.get("task").asText().equals(task)) {
        return i.get("id").asText();
      }
    }
    throw new AssertionError("no open item " + task + " in " + read(number).get("openItems"));
  }

  private JsonNode complete(String who, String number, String task, Map<String, Object> answers) {
    Caller.Answer answer = caller.as(who).post("/api/work-items/" + item(number, task) + "/complete",
        Map.of("answers", answers));
    assertThat(answer.status()).as(task + ": " + answer.text()).isEqualTo(200);
    return answer.json();
  }

  private String toHandle() {
    String number = report(Map.of());
    complete("dispatcher1", number, "accept", Map.of("accepted", "accept", "category", CATEGORY, "area", "140929101",
        "urgency", "ordinary"));
    if (read(number).get("stage").asText().equals("dispatch")) {
      JsonNode data = caller.as("dispatcher1").get("/api/work-items/" + item(number, "dispatch") + "/form").json()
          .get("data");
      complete("dispatcher1", number, "dispatch", Map.of("leadUnit", data.get("proposedUnit").asText(), "urgency",
          "ordinary"));
    }
    return number;
  }

  private String handler(String number) {
    return read(number).get("unit").asText().replace("140929-", "") + ".handler";
  }

  private static final Map<String, Object> HANDLED = Map.of("found", "线路老化断开", "done", "已更换线路和灯头", "result",
      "solved");
  private static final Map<String, Object> ANSWERED = Map.of("found", "线路老化断开", "done", "已更换线路和灯头", "contact",
      "住建局 0350-4530000");

  @Test
  void aReportGoesThroughTheWholeLoopAndTheReporterFollowsIt() {
    Caller.Answer opened = caller.post("/api/public/reports", Map.of("title", "暖气不热", "description", "室温只有12度",
        "reporter", Map.of("name", "李四", "phone", "13900001111")));
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    String number = opened.json().get("number").asText();
    String code = opened.json().get("trackingCode").asText();
    complete("dispatcher1", number, "accept", Map.of("accepted", "accept", "category", CATEGORY, "area", "140929101",
        "urgency", "urgent"));
    if (read(number).get("stage").asText().equals("dispatch")) {
      String unit = caller.as("dispatcher1").get("/api/work-items/" + item(number, "dispatch") + "/form").json()
          .get("data").get("proposedUnit").asText();
      complete("dispatcher1", number, "dispatch", Map.of("leadUnit", unit, "urgency", "urgent"));
    }
    String handler = handler(number);
    complete(handler, number, "handle", HANDLED);
    complete(handler, number, "feedback", ANSWERED);
    complete("verifier1", number, "verify", Map.of("verified", "pass", "method", "call"));
    complete("dispatcher1", number, "close", Map.of("result", "solved"));
    JsonNode closed = read(number);
    assertThat(closed.get("stage").asText()).isEqualTo("closed");
    assertThat(closed.get("open").asBoolean()).isFalse();
    assertThat(closed.get("light").asText()).isEqualTo("none");
    List<String> milestones = new ArrayList<>();
    closed.get("milestones").forEach(m -> milestones.add(m.get("key").asText()));
    assertThat(milestones).containsSubsequence("reported", "accepted", "dispatched", "handled", "answered", "verified",
        "closed");
    JsonNode followed = caller.get("/api/public/reports/" + number + "?code=" + code).json();
    assertThat(followed.get("replies").toString()).contains("已更换线路").doesNotContain("verifier1");
    assertThat(caller.get("/api/public/reports/" + number + "?code=AAAAAAAAAA").status()).isEqualTo(404);
    assertThat(caller.post("/api/public/reports/" + number + "/rating",
        Map.of("code", code, "solved", false, "satisfaction", 2)).status()).isEqualTo(200);
    Caller.Answer again = caller.post("/api/public/reports/" + number + "/reopen",
        Map.of("code", code, "reason", "第二天又不热了"));
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    JsonNode reopened = read(number);
    assertThat(reopened.get("round").asInt()).isEqualTo(2);
    assertThat(reopened.get("stage").asText()).isEqualTo("dispatch");
    // Other tests make rows of their own in the list; every task of the engine is on it all the same.
    assertThat(reconciler.compare().missing()).isEmpty();
  }

  @Test
  void whoComesSecondIsToldWhoWasFirstAndWhen() {
    String number = report(Map.of());
    String id = item(number, "accept");
    complete("dispatcher1", number, "accept", Map.of("accepted", "refuse", "category", CATEGORY, "area", "140929101",
        "urgency", "ordinary", "refusal", "other", "refusalText", "此事项不属于政府职责范围"));
    assertThat(read(number).get("stage").asText()).isEqualTo("refused");
    Caller.Answer late = caller.as("dispatcher2").post("/api/work-items/" + id + "/complete",
        Map.of("answers", Map.of("accepted", "accept")));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.json().get("detail").asText()).contains("王晓燕").contains("202");
  }

  @Test
  void aReturnGoesBackToDispatchAndTheSecondToTheDutyLeader() {
    String number = toHandle();
    String handler = handler(number);
    Map<String, Object> why = Map.of("reason", "not-our-duty", "explanation", "该路段由乡镇自行管护，不属本单位");
    Caller.Answer asked = caller.as(handler).post("/api/cases/" + number + "/actions/return", Map.of("answers", why));
    assertThat(asked.status()).as(asked.text()).isEqualTo(200);
    assertThat(caller.as(handler).post("/api/cases/" + number + "/actions/return", Map.of("answers", why)).status())
        .as("one request at a time").isEqualTo(409);
    complete("dispatcher1", number, "decide-return", Map.of("returnAccepted", "yes"));
    assertThat(read(number).get("stage").asText()).isEqualTo("dispatch");
  }

  @Test
  void anExtensionMovesTheDeadlineAndASuspensionStopsTheClock() {
    String number = toHandle();
    String handler = handler(number);
    String before = read(number).get("due").asText();
    Caller.Answer asked = caller.as(handler).post("/api/cases/" + number + "/actions/request-extension",
        Map.of("answers", Map.of("amount", 2, "unit", "WORKING_DAYS", "reason", "配件需要从外地采购运输")));
    assertThat(asked.status()).as(asked.text()).isEqualTo(200);
    complete("dutyleader", number, "decide-extension", Map.of("extensionApproved", "yes", "grantedAmount", 2,
        "grantedUnit", "WORKING_DAYS"));
    assertThat(read(number).get("due").asText()).isGreaterThan(before);
    Caller.Answer stop = caller.as(handler).post("/api/cases/" + number + "/actions/request-suspension",
        Map.of("answers", Map.of("reason", "season", "reviewDate", java.time.LocalDate.now().plusDays(20).toString(),
            "explanation", "冻土期无法开挖施工，开春后恢复")));
    assertThat(stop.status()).as(stop.text()).isEqualTo(200);
    complete("dutyleader", number, "decide-suspension", Map.of("suspensionApproved", "yes"));
    assertThat(read(number).get("light").asText()).isEqualTo("grey");
    Caller.Answer resume = caller.as(handler).post("/api/cases/" + number + "/actions/resume",
        Map.of("answers", Map.of("reason", "天气转暖可以施工")));
    assertThat(resume.status()).as(resume.text()).isEqualTo(200);
    assertThat(read(number).get("light").asText()).isEqualTo("green");
  }

  @Test
  void twoRequestsAtOnceAreDecidedEachOnItsOwn() {
    String number = toHandle();
    String handler = handler(number);
    caller.as(handler).post("/api/cases/" + number + "/actions/request-extension",
        Map.of("answers", Map.of("amount", 3, "unit", "WORKING_DAYS", "reason", "配件需要从外地采购运输"))).expect(200);
    caller.as(handler).post("/api/cases/" + number + "/actions/request-suspension",
        Map.of("answers", Map.of("reason", "season", "reviewDate", java.time.LocalDate.now().plusDays(20).toString(),
            "explanation", "冻土期无法开挖施工，开春后恢复"))).expect(200);
    JsonNode asked = caller.as("dutyleader").get("/api/work-items/" + item(number, "decide-extension") + "/form")
        .json().get("data");
    assertThat(asked.get("request").get("reason").asText()).isEqualTo("配件需要从外地采购运输");
    assertThat(asked.get("grantedAmount").asInt()).isEqualTo(3);
  }

  @Test
  void aCaseIsMergedIntoAnOlderOneAndTheMergeUndone() {
    String main = report(Map.of());
    String number = report(Map.of());
    Caller.Answer merged = caller.as("dispatcher1").post("/api/cases/" + number + "/actions/merge",
        Map.of("answers", Map.of("mergeInto", main, "reason", "同一盏路灯")));
    assertThat(merged.status()).as(merged.text()).isEqualTo(200);
    assertThat(read(number).get("stage").asText()).isEqualTo("merged");
    complete("dispatcher1", main, "accept", Map.of("accepted", "accept", "category", CATEGORY, "area", "140929101",
        "urgency", "ordinary"));
    assertThat(read(number).get("entries").toString()).contains("主件进展");
    Caller.Answer undone = caller.as("dispatcher1").post("/api/cases/" + number + "/actions/unmerge",
        Map.of("answers", Map.of("reason", "不是同一盏路灯")));
    assertThat(undone.status()).as(undone.text()).isEqualTo(200);
    assertThat(read(number).get("stage").asText()).isEqualTo("accept");
    assertThat(read(number).get("round").asInt()).isEqualTo(1);
  }

  @Test
  void badAnswersAreRefusedAtTheirFieldsAndChangeNothing() {
    String number = report(Map.of());
    String path = "/api/work-items/" + item(number, "accept") + "/complete";
    for (Map<String, Object> answers : List.<Map<String, Object>>of(Map.of(), Map.of("accepted", "perhaps"),
        Map.of("accepted", 1, "execution", "x"), Map.of("accepted", "accept", "decidedBy", "me"))) {
      Caller.Answer refused = caller.as("dispatcher1").post(path, Map.of("answers", answers));
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.json().get("errors").get(0).get("field").asText()).startsWith("answers.");
    }
    assertThat(read(number).get("stage").asText()).isEqualTo("accept");
  }
}

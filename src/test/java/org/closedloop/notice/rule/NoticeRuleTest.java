package org.closedloop.notice.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.csv.CsvTable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LiveApp
class NoticeRuleTest {

  @Autowired private Caller caller;
  @Autowired private NoticeRules rules;
  @Autowired private NoticeTexts texts;

  @Test
  void everyShippedTopicHasRulesAndEveryRuleATopicAndAPlace() {
    List<String> topics = rules.topics().stream().map(NoticeTopic::topic).toList();
    assertThat(topics).contains("alert.warn", "alert.overdue", "alert.order", "alert.yellow-card", "alert.red-card",
        "urged", "whistle.called", "whistle.called-emergency", "whistle.no-show", "whistle.released",
        "consultation.asked", "consultation.ruled", "incident");
    assertThat(rules.all()).extracting(NoticeRule::topic).containsAll(topics);
    // what is shipped would be taken by the checks that an administrator's file goes through
    rules.replace(CsvTable.resource("reference/notice-rules.csv", NoticeRules.RULE_COLUMNS, List.of()).rows().stream()
        .map(NoticeRules.Written::of).toList(), new org.closedloop.csv.RowErrors(), true);
  }

  @Test
  void theRulesGoOutAndComeInAsCsvAndAsJson() {
    byte[] file = caller.as("admin").get("/api/notice-rules/export.csv").expect(200).bytes();
    JsonNode before = caller.as("admin").get("/api/notice-rules").expect(200).json();
    try {
      JsonNode one = caller.as("admin").put("/api/notice-rules", Map.of("items", List.of(Map.of("topic", "urged",
          "recipient", "unit:leader", "channels", List.of("inbox", "webhook:oa"), "quiet", "always"))))
          .expect(200).json();
      assertThat(one.path("items")).hasSize(1);
      assertThat(one.path("items").get(0).path("channels").get(1).asText()).isEqualTo("webhook:oa");
    } finally {
      caller.as("admin").send("PUT", "/api/notice-rules", BodyPublishers.ofByteArray(file), "text/csv").expect(200);
    }
    assertThat(caller.as("admin").get("/api/notice-rules").json()).isEqualTo(before);
  }

  @Test
  void aWrongFileChangesNothingAndEveryWrongRowIsNamed() {
    JsonNode before = caller.as("admin").get("/api/notice-rules").json();
    String file = """
        topic,recipient,channels,quiet,digest
        urged,holder,inbox,defer,no
        urged,holder,inbox,defer,no
        nothing,holder,inbox,defer,no
        urged,unit:mayor,inbox,defer,no
        urged,unit:leader,pigeon,defer,no
        urged,official,inbox,never,perhaps
        urged,centre:supervisor,,defer,no
        """;
    JsonNode problem = caller.as("admin").send("PUT", "/api/notice-rules", BodyPublishers.ofString(file), "text/csv")
        .expect(422).json();
    assertThat(problem.path("errors").findValuesAsText("field")).containsExactlyInAnyOrder("rows[3].recipient",
        "rows[4].topic", "rows[5].recipient", "rows[6].channels", "rows[7].quiet", "rows[7].digest",
        "rows[8].channels");
    for (Object body : List.of("{}", "{\"items\":[null]}", "{\"items\":[{\"topic\":\"urged\"}]}",
        "{\"items\":[{\"topic\":\"urged\",\"recipient\":\"holder\",\"channels\":[null],\"quiet\":\"defer\"}]}")) {
      caller.as("admin").put("/api/notice-rules", body).expect(422);
    }
    assertThat(caller.as("admin").get("/api/notice-rules").json()).isEqualTo(before);
  }

  @Test
  void onlyAdministratorsKeepTheRules() {
    for (String who : List.of("dispatcher1", "supervisor", "countyleader", "designer")) {
      caller.as(who).get("/api/notice-rules").expect(403);
      caller.as(who).get("/api/notice-topics").expect(403);
      caller.as(who).put("/api/notice-rules", Map.of("items", List.of())).expect(403);
      caller.as(who).get("/api/deliveries").expect(403);
      caller.as(who).post("/api/deliveries/1/retry", null).expect(403);
    }
    caller.get("/api/notice-rules").expect(401);
  }

  @Test
  void aTopicGetsOtherWords() {
    byte[] file = caller.as("admin").get("/api/notice-topics/export.csv").expect(200).bytes();
    try {
      caller.as("admin").send("PUT", "/api/notice-topics", BodyPublishers.ofString("""
          topic,title_zh,title_en,text_zh,text_en
          homestead.surveyed,[{case} ]已勘测,[{case} ]surveyed,勘测人：{by}[，面积{size}],by {by}[ {size}]
          """), "text/csv").expect(200);
      var told = texts.book().tell("homestead.surveyed", "K1", null, "{\"by\":\"张[三] {size} $1\"}");
      assertThat(told.title().zh()).isEqualTo("K1 已勘测");
      assertThat(told.text().zh()).isEqualTo("勘测人：张[三] {size} $1");
      assertThat(texts.book().tell("homestead.surveyed", null, null, "{\"size\":7}").text().en()).isEqualTo("by — 7");
    } finally {
      caller.as("admin").send("PUT", "/api/notice-topics", BodyPublishers.ofByteArray(file), "text/csv").expect(200);
    }
    caller.as("admin").send("PUT", "/api/notice-topics", BodyPublishers.ofString("""
        topic,title_zh,title_en,text_zh,text_en
        Big Topic,,x,x,x
        """), "text/csv").expect(422);
  }
}

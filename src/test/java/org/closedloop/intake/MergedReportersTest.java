package org.closedloop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Whose report was merged is told of every step of the main case and asked at the end, each for themselves. */
@LiveApp
class MergedReportersTest {

  @Autowired Caller caller;

  private record Report(String number, String code) {}

  @Test
  void everyMergedReporterIsInformedAndAsked() {
    Report main = report("红旗桥护栏断了");
    Report second = report("红旗桥的护栏断了两根");
    Report third = report("红旗桥护栏没有人修");
    // the third reaches the main case through the second
    merge(third, second);
    merge(second, main);
    assertThat(follow(third).get("following").asText()).isEqualTo(main.number());
    assertThat(follow(third).get("asked").asBoolean()).isFalse();
    assertThat(rate(third, 1).status()).as("nothing has been answered").isEqualTo(409);

    complete("dispatcher1", main, "accept",
        Map.of("accepted", "accept", "category", "010105", "area", "140929101", "urgency", "ordinary"));
    if (item(main, "dispatch") != null) {
      complete("dispatcher1", main, "dispatch", Map.of("leadUnit", "140929101", "urgency", "ordinary"));
    }
    complete("140929101.handler", main, "handle",
        Map.of("found", "护栏确实断裂。", "done", "已经焊接加固。", "result", "solved"));
    complete("140929101.handler", main, "feedback",
        Map.of("found", "护栏确实断裂。", "done", "已经焊接加固。", "contact", "三井镇 0350-4000000"));
    for (Report follower : new Report[] {second, third}) {
      JsonNode seen = follow(follower);
      assertThat(seen.get("milestones").findValuesAsText("key")).contains("accepted", "dispatched", "answered");
      assertThat(seen.get("replies").findValuesAsText("text").toString()).contains("焊接加固");
      assertThat(seen.get("asked").asBoolean()).isTrue();
      assertThat(facts(follower)).contains("accepted", "dispatched", "answered");
    }

    assertThat(rate(third, 2).status()).isEqualTo(200);
    assertThat(follow(third).get("rating").get("satisfaction").asInt()).isEqualTo(2);
    assertThat(follow(third).get("asked").asBoolean()).isFalse();
    // everybody speaks for themselves
    assertThat(follow(second).get("rating").isNull()).isTrue();
    assertThat(follow(main).get("rating").isNull()).isTrue();
    assertThat(rate(second, 5).status()).isEqualTo(200);
    assertThat(rate(main, 4).status()).isEqualTo(200);
    assertThat(follow(third).get("rating").get("satisfaction").asInt()).isEqualTo(2);
  }

  @Test
  void aMergeUndoneEndsTheFollowing() {
    Report main = report("村委会门口堆沙子");
    Report second = report("村委会门口的沙子挡路");
    merge(second, main);
    var undone = caller.as("dispatcher1").post("/api/cases/" + second.number() + "/actions/unmerge",
        Map.of("answers", Map.of("reason", "经核对不是同一件事。")));
    assertThat(undone.status()).as(undone.text()).isEqualTo(200);
    assertThat(follow(second).get("following").isNull()).isTrue();
    complete("dispatcher1", main, "accept",
        Map.of("accepted", "accept", "category", "010105", "area", "140929101", "urgency", "ordinary"));
    assertThat(follow(second).get("milestones").findValuesAsText("key")).doesNotContain("accepted");
  }

  private Report report(String title) {
    var taken = caller.post("/api/public/reports",
        Map.of("title", title, "description", "在桥东头。", "area", "140929101"));
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    return new Report(taken.json().get("number").asText(), taken.json().get("trackingCode").asText());
  }

  private void merge(Report one, Report into) {
    var merged = caller.as("dispatcher1").post("/api/cases/" + one.number() + "/actions/merge",
        Map.of("answers", Map.of("mergeInto", into.number(), "reason", "反映的是同一件事。")));
    assertThat(merged.status()).as(merged.text()).isEqualTo(200);
  }

  private JsonNode follow(Report report) {
    return caller.get("/api/public/reports/" + report.number() + "?code=" + report.code()).json();
  }

  private Caller.Answer rate(Report report, int satisfaction) {
    return caller.post("/api/public/reports/" + report.number() + "/rating",
        Map.of("code", report.code(), "solved", satisfaction > 2, "satisfaction", satisfaction));
  }

  private String facts(Report report) {
    StringBuilder facts = new StringBuilder();
    read(report).get("entries").forEach(e -> facts.append(e.get("key").asText().equals("followed")
        ? e.get("answers").get("milestone").asText() + " " : ""));
    return facts.toString();
  }

  private JsonNode read(Report report) {
    return caller.as("dispatcher1").get("/api/cases/" + report.number()).json();
  }

  private JsonNode item(Report report, String task) {
    for (JsonNode item : read(report).get("openItems")) {
      if (item.get("task").asText().equals(task)) {
        return item;
      }
    }
    return null;
  }

  private void complete(String username, Report report, String task, Map<String, Object> answers) {
    var done = caller.as(username).post("/api/work-items/" + item(report, task).get("id").asText() + "/complete",
        Map.of("answers", answers));
    assertThat(done.status()).as(task + ": " + done.text()).isEqualTo(200);
  }
}

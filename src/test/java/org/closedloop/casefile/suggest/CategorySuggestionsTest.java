package org.closedloop.casefile.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Suggestions over HTTP: on the report page, in the answer to a report, in the dispatcher's form. */
@LiveApp
class CategorySuggestionsTest {

  private static final String POSTED = "/api/public/categories/suggestions";
  private static final String SUGGESTIONS = "/api/public/categories/suggestions?text=";

  @Autowired Caller caller;
  @Autowired CategorySuggestions suggestions;

  @BeforeEach
  void theFirstRefreshHasRun() {
    suggestions.refresh();
  }

  @Test
  void aReporterIsOfferedThreeCategoriesWhileWriting() {
    JsonNode items = suggest("学校旁边的公共厕所很脏，没有人打扫").get("items");
    assertThat(items.size()).isEqualTo(3);
    assertThat(items.findValuesAsText("code")).contains("010105");
    assertThat(items.get(0).get("score").asDouble()).isBetween(0.01, 1.0);
    assertThat(items.get(0).get("path").get(0).get("zh").asText()).isNotEmpty();
  }

  @Test
  void aTextTooLongIsRefusedAndAnEmptyOneGetsNothing() {
    assertThat(caller.get(SUGGESTIONS + "a".repeat(2001)).status()).isEqualTo(422);
    assertThat(caller.post(POSTED, Map.of("text", "水".repeat(2001))).status()).isEqualTo(422);
    // what else is offered, and in which order, depends on what other tests confirmed
    assertThat(caller.post(POSTED, Map.of("text", "停水".repeat(1000))).json().get("items").findValuesAsText("code"))
        .contains("030201");
    assertThat(caller.post(POSTED, Map.of()).json().get("items").size()).isZero();
    assertThat(suggest("").get("items").size()).isZero();
    assertThat(caller.get("/api/public/categories/suggestions").status()).isBetween(400, 422);
  }

  @Test
  void theAnswerToAReportAndTheDispatchersFormOfferTheSame() {
    JsonNode opened = report("小区停水三天", "从周一起全楼停水，物业说不知道。");
    assertThat(opened.get("proposals").get("categories").findValuesAsText("code")).contains("030201");
    JsonNode data = form(opened);
    assertThat(data.get("suggestedCategories").get(0).get("value").asText()).isEqualTo("030201");
    assertThat(data.get("suggestedCategories").get(0).get("label").asText()).contains(" / ");
  }

  @Test
  void whatTheDispatcherConfirmsIsLearnt() {
    String odd = "咕咚呱嗒机整夜作响";
    for (int i = 0; i < 4; i++) {
      JsonNode opened = report(odd, "村东头的咕咚呱嗒机整夜作响。");
      accept(opened, "050104");
    }
    suggestions.refresh();
    assertThat(suggest(odd).get("items").get(0).get("code").asText()).isEqualTo("050104");
    assertThat(suggestions.forDispatcher(odd, "").get(0).code()).isEqualTo("050104");
    suggestions.refresh();
    assertThat(suggestions.forDispatcher(odd, "").get(0).code()).isEqualTo("050104");
  }

  @Test
  void anOpenCaseAboutTheSameMatterIsMergedWithOneChoice() {
    String title = "嶂石桥栏杆断裂多日无人修";
    JsonNode first = report(title, "嶂石桥东侧栏杆断了三根，孩子上学很危险。");
    JsonNode second = report(title + "，请尽快", "嶂石桥的栏杆断了，孩子上学危险。");
    JsonNode offered = form(second).get("similar");
    assertThat(offered.get(0).get("value").asText()).isEqualTo(first.get("number").asText());
    assertThat(offered.get(0).get("similar").get("likeness").asDouble()).isBetween(0.3, 1.0);
    // the newer one takes nothing in
    assertThat(form(first).get("similar").findValuesAsText("value")).doesNotContain(second.get("number").asText());
    JsonNode merge = caller.as("dispatcher1").get("/api/cases/" + second.get("number").asText() + "/actions/merge/form")
        .json().get("data");
    var merged = caller.as("dispatcher1").post("/api/cases/" + second.get("number").asText() + "/actions/merge",
        Map.of("answers", Map.of("mergeInto", merge.get("mergeInto").asText(), "reason", merge.get("reason").asText())));
    assertThat(merged.status()).isEqualTo(200);
    assertThat(caller.as("dispatcher1").get("/api/cases/" + second.get("number").asText()).json().get("stage").asText())
        .isEqualTo("merged");
  }

  @Test
  void aSuggestionIsQuick() {
    String text = "我们小区门口的道路坑坑洼洼，一下雨就积水，希望有关部门尽快维修。".repeat(30);
    suggest(text);
    long start = System.nanoTime();
    for (int i = 0; i < 20; i++) {
      suggestions.forStranger("道路积水", text);
    }
    assertThat(Duration.ofNanos((System.nanoTime() - start) / 20)).isLessThan(Duration.ofMillis(250));
  }

  private JsonNode suggest(String text) {
    return caller.get(SUGGESTIONS + encoded(text)).json();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode report(String title, String description) {
    return caller.as("dispatcher1").post("/api/cases",
        Map.of("title", title, "description", description, "area", "140929100")).json();
  }

  private JsonNode form(JsonNode opened) {
    return caller.as("dispatcher1").get("/api/work-items/" + item(opened) + "/form").json().get("data");
  }

  private String item(JsonNode opened) {
    return caller.as("dispatcher1").get("/api/cases/" + opened.get("number").asText()).json()
        .get("openItems").get(0).get("id").asText();
  }

  private void accept(JsonNode opened, String category) {
    var done = caller.as("dispatcher1").post("/api/work-items/" + item(opened) + "/complete", Map.of("answers",
        Map.of("accepted", "accept", "category", category, "area", "140929100", "urgency", "ordinary")));
    assertThat(List.of(200, 201)).contains(done.status());
  }
}

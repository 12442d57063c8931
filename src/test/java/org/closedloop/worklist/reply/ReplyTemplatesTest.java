package org.closedloop.worklist.reply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Which templates are offered at a work item and what then stands in them; who keeps them, and what is refused. */
@LiveApp
class ReplyTemplatesTest {

  private static final String CENTRE = "140929-cc";

  @Autowired private Caller caller;

  private final String mark = UUID.randomUUID().toString().substring(0, 8);

  /** Everybody else's lists stay as they were. */
  @AfterEach
  void takeThemAway() {
    admin().get("/api/reply-templates").expect(200).json().path("items").forEach(t -> {
      if (t.path("title").asText().contains(mark)) {
        admin().delete("/api/reply-templates/" + t.path("id").asText()).expect(204);
      }
    });
  }

  @Test
  void whatFitsIsOfferedFilledInTheMostSpecificFirst() {
    add("general", null, null, "请补充。");
    add("unit", null, CENTRE, "请补充。");
    add("kind", "01", null, "请补充。");
    add("closer kind", "010203", null, "请补充。");
    add("both", "0102", CENTRE, "{编号}｛标题｝{地点}，{类别}，{承办单位}，{今天}\r\n〔日期〕");
    add("other kind", "0301", null, "请补充。");
    add("other unit", null, "140929-cg", "请补充。");
    put(add("asleep", null, null, "请补充。"), with("asleep", null, null, "请补充。", Map.of("active", false))).expect(200);
    admin().post("/api/reply-templates", with("other task", null, null, "已办结。", Map.of("field", "feedback.done")))
        .expect(201);

    String number = reported("010203");
    List<JsonNode> offered = offered("dispatcher1", item(number));
    assertThat(offered).extracting(t -> t.path("title").asText().replace(mark, "").strip())
        .containsExactly("both", "closer kind", "kind", "unit", "general");
    assertThat(offered).extracting(t -> t.path("field").asText()).containsOnly("missing");
    var today = OffsetDateTime.parse(admin().get("/api/demo/clock").expect(200).json().path("now").asText());
    assertThat(offered.get(0).path("text").asText()).isEqualTo(number + "纸箱" + mark + "岚漪镇东街社区，店外堆物，岢岚县城市管理局，"
        + "%d年%d月%d日\n〔日期〕".formatted(today.getYear(), today.getMonthValue(), today.getDayOfMonth()));
  }

  @Test
  void whatACaseDoesNotSayStaysABlank() {
    assertThat(ReplyText.filled("{类别}由{承办单位}办理。{标题}", Map.of(ReplyText.TITLE, "{编号}$1")))
        .isEqualTo("〔类别〕由〔承办单位〕办理。{编号}$1");
  }

  @Test
  void whatCannotBeOfferedIsRefusedAtItsPart() {
    assertThat(faults(Map.of("text", "请{反映人}补充。"))).containsExactly("text");
    assertThat(admin().with("Accept-Language", "en")
        .post("/api/reply-templates", with("x", null, null, "{name}", Map.of())).expect(422).text())
        .contains("“{name}” is not known").contains("{编号}, {标题}");
    assertThat(faults(Map.of("text", "请补充{编号。"))).containsExactly("text");
    assertThat(faults(Map.of("text", "长".repeat(1001)))).containsExactly("text");
    assertThat(faults(Map.of("text", " ", "title", " "))).containsExactly("title", "text");
    // not the reporter's to read, one line, an event's form, no form
    for (String field : List.of("handle.done", "feedback.contact", "catch_supplement.text", "accept.none", "")) {
      assertThat(faults(Map.of("field", field))).as(field).containsExactly("field");
    }
    assertThat(faults(Map.of("category", "9999", "unit", "nobody"))).containsExactly("category", "unit");
    add("twice", null, null, "请补充。");
    assertThat(faults(Map.of("title", "twice " + mark))).containsExactly("title");
  }

  @Test
  void administratorsKeepThemAndWhoeverMayDoTheItemIsOfferedThem() {
    String id = add("kept", null, null, "请补充。");
    Caller handler = caller.as("cg.handler");
    handler.get("/api/reply-templates").expect(403);
    handler.post("/api/reply-templates", with("mine", null, null, "请补充。", Map.of())).expect(403);
    handler.put("/api/reply-templates/" + id, with("mine", null, null, "请补充。", Map.of())).expect(403);
    handler.delete("/api/reply-templates/" + id).expect(403);
    handler.get("/api/reply-templates/export.csv").expect(403);
    handler.send("POST", "/api/reply-templates/import", BodyPublishers.ofString("field,title,text\n"), "text/csv")
        .expect(403);
    admin().put("/api/reply-templates/999999999", with("gone", null, null, "请补充。", Map.of())).expect(404);

    String item = "/api/work-items/" + item(reported("010203")) + "/reply-templates";
    handler.get(item).expect(404);
    admin().get(item).expect(404);
    caller.as("verifier1").get(item).expect(403);
    caller.as("dispatcher2").get(item).expect(200);
    caller.as("dispatcher1").get("/api/work-items/none/reply-templates").expect(404);
    assertThat(admin().get("/api/administration/acts?kind=reply-template&q=" + mark).expect(200).json().path("items"))
        .extracting(a -> a.path("act").asText()).containsExactly("added");
  }

  @Test
  void aTableIsTakenWholeOrNotAtAll() {
    String head = "field,title,title_en,category,unit,active,text\n";
    String good = "accept.missing,表 " + mark + ",,0102,,false,\"请补充，\n{地点}\"\n";
    assertThat(imported(head + good + "accept.missing,表 " + mark + ",,0102,,,请补充\nhandle.done,甲,,,,,已清理\n"
        + "accept.missing,,,97,nobody,maybe,{name}\n", false).expect(422).json().path("errors"))
        .extracting(e -> e.path("field").asText()).containsExactly("rows[3].title", "rows[4].field", "rows[5].active",
            "rows[5].title", "rows[5].text", "rows[5].category", "rows[5].unit");
    assertThat(imported(head + good, true).expect(200).json().path("created").asInt()).isOne();
    assertThat(kept()).isEmpty();
    imported(head + good, false).expect(200);
    assertThat(kept()).singleElement().satisfies(t -> {
      assertThat(t.path("text").asText()).isEqualTo("请补充，\n{地点}");
      assertThat(t.path("active").asBoolean()).isFalse();
    });
    // what leaves comes back as it is, the shipped ones too: all of them are right
    String all = admin().get("/api/reply-templates/export.csv").expect(200).text();
    JsonNode again = imported(all, false).expect(200).json();
    assertThat(again.path("changes")).isEmpty();
    assertThat(again.path("unchanged").asInt()).isGreaterThan(10);
    assertThat(admin().get("/api/reply-templates/export.xlsx").expect(200).bytes()).startsWith('P', 'K');
  }

  private Caller admin() {
    return caller.as("admin");
  }

  private String add(String title, String category, String unit, String text) {
    return admin().post("/api/reply-templates", with(title, category, unit, text, Map.of())).expect(201).json()
        .path("id").asText();
  }

  private Answer put(String id, Map<String, Object> template) {
    return admin().put("/api/reply-templates/" + id, template);
  }

  private Map<String, Object> with(String title, String category, String unit, String text, Map<String, Object> more) {
    var template = new HashMap<String, Object>(
        Map.of("field", "accept.missing", "title", title + " " + mark, "text", text));
    template.put("category", category);
    template.put("unit", unit);
    template.putAll(more);
    return template;
  }

  private List<String> faults(Map<String, Object> wrong) {
    var fields = new ArrayList<String>();
    admin().post("/api/reply-templates", with("wrong", null, null, "请补充。", wrong)).expect(422).json().path("errors")
        .forEach(e -> fields.add(e.path("field").asText()));
    return fields;
  }

  private Answer imported(String table, boolean dryRun) {
    return admin().send("POST", "/api/reply-templates/import?dryRun=" + dryRun, BodyPublishers.ofString(table),
        "text/csv");
  }

  private List<JsonNode> kept() {
    return ours(admin().get("/api/reply-templates").expect(200).json());
  }

  private List<JsonNode> offered(String by, String item) {
    return ours(caller.as(by).get("/api/work-items/" + item + "/reply-templates").expect(200).json());
  }

  /** Without the shipped ones. */
  private List<JsonNode> ours(JsonNode list) {
    var found = new ArrayList<JsonNode>();
    list.path("items").forEach(t -> {
      if (t.path("title").asText().contains(mark)) {
        found.add(t);
      }
    });
    return found;
  }

  private String reported(String category) {
    return caller.as("dispatcher1").post("/api/cases", Map.of("channel", "12345", "title", "纸箱" + mark,
        "category", category, "area", "14092910000101")).expect(201).json().path("number").asText();
  }

  private String item(String number) {
    return caller.as("dispatcher1").get("/api/cases/" + number).expect(200).json().at("/openItems/0/id").asText();
  }
}

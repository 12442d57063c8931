package org.closedloop.dutylist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Duty list, categories and likeness over HTTP, as pages and programs use them. */
@LiveApp
class DutyListApiTest {

  @Autowired Caller caller;

  @Test
  void everyOfficialTriesAMatterAndIsToldWhy() {
    for (String who : List.of("dispatcher1", "jt.handler", "140929101.handler", "designer")) {
      JsonNode said = caller.as(who).get("/api/duty-list/propose?category=060101&area=140929101").expect(200).json();
      assertThat(said.get("unit").asText()).isEqualTo("140929-jt");
      assertThat(said.get("unitName").asText()).isEqualTo("岢岚县交通运输局");
      assertThat(said.get("row").asInt()).isPositive();
      assertThat(said.get("basis").asText()).contains("《");
      assertThat(said.get("since").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
      assertThat(said.get("why").get("zh").asText()).contains("县乡道路破损").contains("因为");
    }
    assertThat(caller.get("/api/duty-list/propose?category=060101&area=140929101").status()).isEqualTo(401);
  }

  @Test
  void aMatterWithoutKnownCategoryAndAreaIsRefusedAtTheField() {
    refused(caller.as("dispatcher1").get("/api/duty-list/propose?area=140929101"), 422, "category");
    refused(caller.as("dispatcher1").get("/api/duty-list/propose?category=0601&area=1"), 422, "area");
    refused(caller.as("dispatcher1").get("/api/duty-list?category=77"), 422, "category");
    refused(caller.as("dispatcher1").get("/api/duty-list?after=x"), 422, "after");
    refused(caller.as("dispatcher1").get("/api/duty-list?limit=201"), 422, "limit");
    assertThat(caller.as("dispatcher1").get("/api/duty-list?version=99999").status()).isEqualTo(404);
  }

  @Test
  void theListPagesToItsEnd() {
    List<Integer> rows = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = caller.as("jt.handler").get("/api/duty-list?limit=200" + after).expect(200).json();
      page.get("items").forEach(r -> rows.add(r.get("row").asInt()));
      after = page.get("next").isNull() ? null : "&after=" + page.get("next").asText();
    } while (after != null);
    assertThat(rows).hasSizeGreaterThanOrEqualTo(150).isSorted().doesNotHaveDuplicates();
    assertThat(caller.as("jt.handler").get("/api/duty-list/versions").expect(200).json().get("items")).isNotEmpty();
  }

  @Test
  void onlyAdministratorsAndDutyLeadersOfTheCentreKeepTheList() {
    byte[] list = caller.as("dispatcher1").get("/api/duty-list/export.csv").expect(200).bytes();
    assertThat(new String(list, StandardCharsets.UTF_8)).startsWith("\uFEFFrow,category,category_name,area,");
    for (String may : List.of("admin", "dutyleader")) {
      assertThat(csv(may, "/api/duty-list/import?dryRun=true", list).expect(200).json().get("dryRun").asBoolean())
          .isTrue();
    }
    for (String mayNot : List.of("dispatcher1", "jt.leader", "jt.handler", "supervisor", "designer", "countyleader")) {
      assertThat(csv(mayNot, "/api/duty-list/import?dryRun=true", list).status()).as(mayNot).isEqualTo(403);
      assertThat(caller.as(mayNot).post("/api/duty-list/versions/1/publish", null).status()).isEqualTo(403);
      assertThat(csv(mayNot, "/api/categories/import?dryRun=true", list).status()).isEqualTo(403);
      assertThat(caller.as(mayNot).get("/api/categories/export.csv").status()).isEqualTo(403);
    }
  }

  @Test
  void aListComesInAsADraftIsPublishedAndTheOldOneStillExplains() {
    JsonNode before = caller.as("admin").get("/api/duty-list/propose?category=060101&area=140929101").json();
    byte[] list = caller.as("admin").get("/api/duty-list/export.csv").bytes();
    JsonNode draft = upload("admin", "/api/duty-list/import?note=draft", list).expect(200).json();
    assertThat(draft.get("status").asText()).isEqualTo("draft");
    int version = draft.get("version").asInt();
    String publish = "/api/duty-list/versions/" + version + "/publish";
    assertThat(caller.as("dutyleader").post(publish, null).expect(200).json().get("status").asText())
        .isEqualTo("current");
    Answer again = caller.as("admin").post(publish, null).expect(409);
    assertThat(again.json().get("detail").asText()).contains("dutyleader");
    assertThat(caller.as("admin").get("/api/duty-list/propose?category=060101&area=140929101&version="
        + before.get("version").asInt()).json()).isEqualTo(before);
  }

  @Test
  void wrongFilesAreRefusedInWordsAndChangeNothing() {
    String versions = caller.as("admin").get("/api/duty-list/versions").text();
    byte[] gbk = "category,area,unit,basis,since\n0601,140929,140929-jt,《公路法》,2026-01-01\n"
        .getBytes(Charset.forName("GBK"));
    assertThat(refused(csv("admin", "/api/duty-list/import?publish=true", gbk), 422, "file")).contains("UTF-8");
    refused(csv("admin", "/api/duty-list/import?publish=true",
        "category,area,unit,basis,since\n0601,140929,nobody,x,2026-01-01\n".getBytes(StandardCharsets.UTF_8)), 422,
        "rows[2].unit");
    refused(csv("admin", "/api/duty-list/import?publish=true", new byte[0]), 422, "file");
    refused(csv("admin", "/api/categories/import", "code,name,name_en\n1,a,b\n".getBytes(StandardCharsets.UTF_8)), 422,
        "rows[2].code");
    assertThat(caller.as("admin").get("/api/duty-list/versions").text()).isEqualTo(versions);
  }

  @Test
  void categoriesAreATreeForOfficialsAndForReporters() {
    for (Answer tree : List.of(caller.get("/api/public/categories"), caller.as("jt.handler").get("/api/categories"))) {
      JsonNode items = tree.expect(200).json().get("items");
      JsonNode roads = items.get(5).get("children").get(0);
      assertThat(roads.get("code").asText()).isEqualTo("0601");
      assertThat(roads.get("name").asText()).isEqualTo("农村公路");
      assertThat(roads.get("children").get(0).get("code").asText()).isEqualTo("060101");
    }
    String file = new String(caller.as("admin").get("/api/categories/export.csv").expect(200).bytes(),
        StandardCharsets.UTF_8);
    assertThat(file).contains("060101,3,0601,县乡道路破损");
  }

  @Test
  void aRepeatIsShownWithTheReportAndOnItsPageToThoseWhoSeeIt() {
    String title = "天顶街道燕联小区3栋KTV噪音扰民" + System.nanoTime();
    String first = report("dispatcher1", title).get("number").asText();
    JsonNode second = report("dispatcher1", title + "严重");
    assertThat(second.get("similar").findValuesAsText("number")).contains(first)
        .doesNotContain(second.get("number").asText());
    String page = "/api/cases/" + second.get("number").asText() + "/similar";
    assertThat(caller.as("dispatcher1").get(page).expect(200).json().get("items").findValuesAsText("number"))
        .contains(first);
    assertThat(caller.as("140929207.handler").get(page).status()).isEqualTo(404);
    assertThat(report("140929207.handler", title + "投诉").get("similar").findValuesAsText("number"))
        .as("cases of another township stay unseen").doesNotContain(first);
  }

  @Test
  void casesAreSearchedOverHttpByTwoCharacters() {
    String mark = "卐" + (char) ('一' + System.nanoTime() % 20000);
    String number = report("dispatcher1", "关于" + mark + "的反映").get("number").asText();
    String q = java.net.URLEncoder.encode(mark, StandardCharsets.UTF_8);
    assertThat(caller.as("dispatcher1").get("/api/cases?q=" + q).expect(200).json().get("items")
        .findValuesAsText("number")).contains(number);
    assertThat(caller.as("140929207.handler").get("/api/cases?q=" + q).expect(200).json().get("items")
        .findValuesAsText("number")).doesNotContain(number);
  }

  private JsonNode report(String who, String title) {
    return caller.as(who).post("/api/cases", Map.of("channel", who.startsWith("1") ? "grid-worker" : "12345", "title", title,
        "description", "每天晚上唱到凌晨两点", "category", "050105", "area",
        who.startsWith("1") ? "140929207" : "140929100", "urgency", "ordinary",
        "reporter", Map.of("anonymous", true))).expect(201).json();
  }

  private Answer csv(String who, String path, byte[] file) {
    return caller.as(who).send("POST", path, BodyPublishers.ofByteArray(file), "text/csv");
  }

  private Answer upload(String who, String path, byte[] file) {
    byte[] head = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\n\r\n"
        .getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8);
    return caller.as(who).send("POST", path, BodyPublishers.ofByteArrays(List.of(head, file, tail)),
        "multipart/form-data; boundary=xyz");
  }

  private static String refused(Answer answer, int status, String field) {
    JsonNode problem = answer.expect(status).json();
    assertThat(problem.get("errors").findValuesAsText("field")).contains(field);
    return problem.toString();
  }
}

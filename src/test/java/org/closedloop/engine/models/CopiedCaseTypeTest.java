package org.closedloop.engine.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a designer does to add a case type: copy the two folders, put another name everywhere, deploy. It then works like
 * the one it was copied from, in the register, the work list and the deadlines, with no Java at all.
 */
@LiveApp
class CopiedCaseTypeTest {

  private static final String NAME = "copied-handling";

  @Autowired
  UnitDeployer deployer;
  @Autowired
  Caller caller;

  private static Map<String, byte[]> copy() throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    for (Path folder : List.of(Path.of("processes/case-handling"), Path.of("forms/case-handling"))) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.toList()) {
          String text = Files.readString(file).replace("case-handling", NAME);
          files.put(file.getFileName().toString().replace("case-handling", NAME),
              text.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }

  private JsonNode read(String number) {
    return caller.as("dispatcher1").get("/api/cases/" + number).json();
  }

  private void complete(String who, String number, String task, Map<String, Object> answers) {
    JsonNode list = caller.as(who).get("/api/work-items?process=" + NAME + "&task=" + task + "&case=" + number).json();
    assertThat(list.get("items")).as("work list of " + who).hasSize(1);
    assertThat(list.get("items").get(0).get("light").asText()).isEqualTo("green");
    assertThat(list.get("counts").get("green").asInt()).isEqualTo(1);
    Caller.Answer answer = caller.as(who).post(
        "/api/work-items/" + list.get("items").get(0).get("id").asText() + "/complete", Map.of("answers", answers));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void aCopiedFolderIsAWorkingCaseType() throws IOException {
    deployer.deploy(NAME, copy());
    assertThat(caller.as("dispatcher1").get("/api/case-types").text()).contains("\"" + NAME + "\"");

    Caller.Answer opened = caller.as("dispatcher1").post("/api/cases",
        Map.of("process", NAME, "title", "新类型的第一件", "area", "140929101"));
    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    String number = opened.json().get("number").asText();
    assertThat(opened.json().get("light").asText()).isEqualTo("green");

    complete("dispatcher1", number, "accept",
        Map.of("accepted", "accept", "category", "0101", "area", "140929101", "urgency", "ordinary"));
    if (read(number).get("stage").asText().equals("dispatch")) {
      complete("dispatcher1", number, "dispatch", Map.of("leadUnit", "140929101", "urgency", "ordinary"));
    }
    String handler = read(number).get("unit").asText().replace("140929-", "") + ".handler";
    Map<String, Object> found = Map.of("found", "情况完全属实", "done", "已经整改完毕");
    complete(handler, number, "handle", Map.of("found", "情况完全属实", "done", "已经整改完毕", "result", "solved"));
    Map<String, Object> answer = new HashMap<>(found);
    answer.put("contact", "三井镇 0350-4530001");
    complete(handler, number, "feedback", answer);
    complete("verifier1", number, "verify", Map.of("verified", "pass", "method", "call"));
    assertThat(caller.as("dispatcher1").get("/api/deadlines?process=" + NAME).text()).contains(number);
    complete("dispatcher1", number, "close", Map.of("result", "solved"));
    assertThat(read(number).get("stage").asText()).isEqualTo("closed");
    assertThat(caller.as("dispatcher1").get("/api/cases?process=" + NAME + "&open=false").text()).contains(number);
  }
}

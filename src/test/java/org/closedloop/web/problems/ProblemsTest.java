package org.closedloop.web.problems;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.closedloop.Caller;
import org.closedloop.web.pages.PageShell;
import org.closedloop.Caller.Answer;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.NotFound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Every way a request can be wrong, over HTTP: a problem document with field and cure, never a bare 5xx, no leak. */
@SpringBootTest(classes = ProblemsTest.Bare.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest {

  /** The web layer alone: no database, no security, one controller that can go wrong in every way. */
  @ImportAutoConfiguration({PropertyPlaceholderAutoConfiguration.class, ServletWebServerFactoryAutoConfiguration.class,
      DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, JacksonAutoConfiguration.class,
      HttpMessageConvertersAutoConfiguration.class, MultipartAutoConfiguration.class, ValidationAutoConfiguration.class,
      ErrorMvcAutoConfiguration.class})
  @ComponentScan({"org.closedloop.web.problems", "org.closedloop.web.input"})
  @Import({Probe.class, Caller.class, PageShell.class})
  static class Bare {}

  enum Colour { GREEN, RED }

  record Row(String name, int count) {}

  record Body(@NotBlank @Size(max = 5) String title, Integer number, OffsetDateTime at, Colour colour, Boolean open,
      List<@Valid Row> rows, Map<String, Object> answers, JsonNode free) {}

  @RestController
  static class Probe {
    @PostMapping("/probe")
    Map<String, Object> take(@Valid @RequestBody Body body) {
      return Map.of("title", body.title());
    }

    @GetMapping("/probe/{id}")
    String read(@PathVariable UUID id, @RequestParam int limit, @RequestHeader("X-Needed") String needed) {
      return id + " " + limit + needed;
    }

    @GetMapping("/text")
    String text(@RequestParam String q) {
      return q;
    }

    @PostMapping("/file")
    String file(@RequestParam("file") MultipartFile file, @RequestParam("note") String note) {
      return note + file.getSize();
    }

    @GetMapping("/fail/{how}")
    String fail(@PathVariable String how) throws Exception {
      switch (how) {
        case "missing" -> throw new NotFound("没有这件事。", "No such case.");
        case "faster" -> throw new Conflict("work-item-gone", "张三已办理。", "Done already.") {
          private static final long serialVersionUID = 1;

          @Override
          public Map<String, Object> facts() {
            return Map.of("by", "ga.handler", "status", 1);
          }
        };
        case "wrapped" -> throw new IllegalStateException(new RuntimeException(new NotFound("没有。", "None.")));
        case "database" -> throw new RuntimeException(new SQLTransientConnectionException("app - Connection is not available"));
        case "timeout" -> throw new RuntimeException(new SQLException("canceling statement", "57014"));
        case "lost" -> throw new TransactionSystemException("JDBC rollback failed",
            new SQLException("Connection is closed"));
        case "deadlock" -> throw new RuntimeException(new SQLException("deadlock detected", "40P01"));
        case "constraint" -> throw new DataIntegrityViolationException("Key (phone)=(13812345678) of 王小明",
            new SQLException("duplicate", "23505"));
        default -> throw new IllegalStateException("secret 13812345678 王小明");
      }
    }
  }

  @Autowired Caller caller;

  private static JsonNode problem(Answer answer, int status, String kind) {
    answer.expect(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    JsonNode json = answer.json();
    assertThat(json.path("status").asInt()).isEqualTo(status);
    assertThat(json.path("type").asText()).isEqualTo("urn:closedloop:" + kind);
    assertThat(json.path("title").asText()).isNotBlank();
    assertThat(json.path("detail").asText()).isNotBlank();
    assertThat(json.path("instance").asText()).isNotBlank();
    return json;
  }

  static Stream<Arguments> badBodies() {
    return Stream.of(
        Arguments.of("{\"title\":\"a\",\"number\":\"five\"}", "number", "whole number"),
        Arguments.of("{\"title\":\"a\",\"number\":\"5\"}", "number", "whole number"),
        Arguments.of("{\"title\":\"a\",\"number\":5.5}", "number", "whole number"),
        Arguments.of("{\"title\":\"a\",\"number\":99999999999999}", "number", "whole number"),
        Arguments.of("{\"title\":5}", "title", "text"),
        Arguments.of("{\"title\":{\"a\":1}}", "title", "text"),
        Arguments.of("{\"title\":\"a\",\"at\":\"yesterday\"}", "at", "offset"),
        Arguments.of("{\"title\":\"a\",\"colour\":\"BLUE\"}", "colour", "GREEN, RED"),
        Arguments.of("{\"title\":\"a\",\"colour\":1}", "colour", "GREEN, RED"),
        Arguments.of("{\"title\":\"a\",\"open\":\"yes\"}", "open", "true or false"),
        Arguments.of("{\"title\":\"a\",\"rows\":{}}", "rows", "list"),
        Arguments.of("{\"title\":\"a\",\"rows\":[{\"name\":\"b\",\"count\":1},{\"name\":\"b\",\"count\":\"x\"}]}",
            "rows[1].count", "whole number"),
        Arguments.of("{\"title\":\"a\",\"rows\":[{\"name\":\"b\",\"count\":null}]}", "rows[0].count", "whole number"),
        Arguments.of("{\"title\":\"a\",\"titel\":\"b\"}", "titel", "Known: answers, at"),
        Arguments.of("{\"title\":\"a\\u0000b\"}", "title", "control characters"),
        Arguments.of("{\"title\":\"a\\u001bb\"}", "title", "control characters"),
        Arguments.of("{\"title\":\"a\\ud800b\"}", "title", "control characters"),
        Arguments.of("{\"title\":\"a\",\"answers\":{\"x\":[\"ok\",\"\\u0000\"]}}", "answers.x[1]", "control characters"),
        Arguments.of("{\"title\":\"a\",\"answers\":{\"k\\u0000\":1}}", "answers.k\ufffd", "control characters"),
        Arguments.of("{\"title\":\"a\",\"free\":{\"x\":{\"y\":\"\\u0000\"}}}", "free.x.y", "control characters"),
        Arguments.of("{\"title\":\"a\",\"rows\":[{\"name\":\"\\u0000\",\"count\":1}]}", "rows[0].name",
            "control characters"),
        Arguments.of("{\"title\":\"a\",\"free\":" + "[".repeat(200) + "]".repeat(200) + "}", "free", "50 levels"),
        Arguments.of("{\"title\":\"a\",\"free\":\"" + "x".repeat(1_100_000) + "\"}", "free", "1 MB"),
        Arguments.of("{\"title\":\"a\",\"free\":" + "9".repeat(200) + "}", "free", "number"),
        Arguments.of("[]", "body", "object"),
        Arguments.of("\"text\"", "body", "object"),
        Arguments.of("5", "body", "object"),
        Arguments.of("", "body", "no body"),
        Arguments.of("   ", "body", "no body"),
        Arguments.of("{\"title\":\"\"}", "title", ""),
        Arguments.of("{}", "title", ""),
        Arguments.of("{\"title\":\"too long\"}", "title", ""));
  }

  @ParameterizedTest
  @MethodSource("badBodies")
  void aBadBodyIsRefusedNamingTheField(String body, String field, String message) {
    JsonNode json = problem(caller.with("Accept-Language", "en").post("/probe", body), 422, "invalid-input");
    JsonNode finding = json.path("errors").path(0);
    assertThat(finding.path("field").asText()).isEqualTo(field);
    assertThat(finding.path("message").asText()).isNotBlank().contains(message);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(strings = {"{", "{\"title\":}", "not json", "{\"title\":\"a\"} more",
      "{\"title\":\"a\",\"title\":\"b\"}", "{\"title\":NaN}", "null x", "{'title':'a'}", "\u0000"})
  void malformedJsonIsSaidToBeSo(String body) {
    JsonNode json = problem(caller.post("/probe", body), 400, "malformed-json");
    assertThat(json.path("detail").asText()).contains("JSON");
  }

  @Test
  void brokenUtf8IsRefused() {
    Answer answer = caller.send("POST", "/probe",
        BodyPublishers.ofByteArray(new byte[] {'{', '"', 't', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'}),
        "application/json");
    assertThat(answer.status()).isIn(400, 422);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @Test
  void goodTextOfEveryKindPasses() {
    for (String text : List.of("供暖", "😀👨‍👩‍👧", "שלום", "a\n\tb", "'--<b>", "\\u00")) {
      caller.post("/probe", Map.of("title", text.length() > 5 ? text.substring(0, text.offsetByCodePoints(0, 2)) : text,
          "free", Map.of("any", text))).expect(200);
    }
    caller.post("/probe", "{\"title\":\"a\",\"free\":\"\\\\u0000\"}").expect(200);
    caller.post("/probe", "{\"title\":\"a\",\"free\":\"" + "x".repeat(1_000_000) + "\"}").expect(200);
  }

  @Test
  void theAnswerSpeaksChineseUnlessEnglishIsPreferred() {
    assertThat(caller.get("/fail/missing").json().path("detail").asText()).isEqualTo("没有这件事。");
    for (String language : List.of("en", "en-GB,zh;q=0.5", "fr,en;q=0.3")) {
      assertThat(caller.with("Accept-Language", language).get("/fail/missing").json().path("detail").asText())
          .isEqualTo("No such case.");
    }
    for (String language : List.of("zh-CN", "fr", "*", "zh,en;q=0.9", ";;;")) {
      assertThat(caller.with("Accept-Language", language).get("/fail/missing").json().path("detail").asText())
          .isEqualTo("没有这件事。");
    }
    JsonNode invalid = caller.post("/probe", "{}").json();
    assertThat(invalid.path("errors").path(0).path("message").asText()).contains("不能为空");
  }

  @Test
  void facetsOfARequestThatAreMissingOrOfTheWrongTypeAreNamed() {
    String id = UUID.randomUUID().toString();
    assertThat(field(caller.get("/probe/5?limit=1"))).isEqualTo("id");
    assertThat(field(caller.get("/probe/" + id))).isEqualTo("limit");
    assertThat(field(caller.get("/probe/" + id + "?limit=many"))).isEqualTo("limit");
    assertThat(field(caller.get("/probe/" + id + "?limit=1"))).isEqualTo("X-Needed");
    assertThat(field(caller.get("/text?q=a%00b"))).isEqualTo("q");
    assertThat(field(caller.get("/text?q=a&other=%1b"))).isEqualTo("other");
    caller.get("/text?q=%E4%BE%9B%E6%9A%96%0A").expect(200);
  }

  private static String field(Answer answer) {
    return problem(answer, 422, "invalid-input").path("errors").path(0).path("field").asText();
  }

  @Test
  void unknownAddressesMethodsAndTypesAreToldApart() {
    problem(caller.get("/nowhere"), 404, "not-found");
    problem(caller.get("/error"), 404, "not-found");
    Answer method = caller.delete("/probe");
    problem(method, 405, "method-not-allowed");
    assertThat(method.header("Allow")).isEqualTo("POST");
    problem(caller.send("POST", "/probe", BodyPublishers.ofString("<a/>"), "application/xml"), 415,
        "unsupported-media-type");
    problem(caller.send("POST", "/probe", BodyPublishers.ofString("{}"), null), 415, "unsupported-media-type");
    problem(caller.send("POST", "/probe", BodyPublishers.ofString("{}"), "no/type/at;all"), 415,
        "unsupported-media-type");
    problem(caller.send("POST", "/file", BodyPublishers.ofString("--x\r\nContent-Disposition: form-data; name=\"file\""),
        "multipart/form-data; boundary=x"), 400, "malformed-upload");
    problem(caller.send("POST", "/file", BodyPublishers.ofString("garbage"), "multipart/form-data"), 400,
        "malformed-upload");
  }

  @Test
  void bodiesThatAreTooLargeAreRefusedWhetherAnnouncedOrNot() {
    String large = "{\"title\":\"a\",\"free\":[" + "\"xxxxxxxxx\",".repeat(900_000) + "1]}";
    problem(caller.post("/probe", large), 413, "too-large");
    byte[] bytes = large.getBytes(StandardCharsets.UTF_8);
    problem(caller.send("POST", "/probe", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)),
        "application/json"), 413, "too-large");
  }

  @Test
  void filesThatAreTooLargeAreRefused() {
    String head = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n";
    problem(caller.send("POST", "/file", BodyPublishers.ofString(head + "x".repeat(21_000_000) + "\r\n--x--\r\n"),
        "multipart/form-data; boundary=x"), 413, "too-large");
    String field = "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n\u0000\r\n";
    assertThat(field(caller.send("POST", "/file", BodyPublishers.ofString(field + head + "x\r\n--x--\r\n"),
        "multipart/form-data; boundary=x"))).isEqualTo("note");
    assertThat(field(caller.send("POST", "/file", BodyPublishers.ofString(head + "x\r\n--x--\r\n"),
        "multipart/form-data; boundary=x"))).isEqualTo("note");
  }

  @Test
  void whatTomcatRefusesItselfIsAProblemDocumentToo() throws Exception {
    for (String request : List.of("GET /probe/<script> HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /probe/%00 HTTP/1.1\r\nHost: a\r\n\r\n", "BR€AK / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n")) {
      try (Socket socket = new Socket("localhost", Integer.parseInt(caller.base().replaceAll(".*:", "")))) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        byte[] buffer = new byte[4096];
        StringBuilder answer = new StringBuilder();
        for (int n; !answer.toString().contains("}") && (n = socket.getInputStream().read(buffer)) > 0; ) {
          answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 4").contains("application/problem+json", "urn:closedloop:")
            .doesNotContain("<").doesNotContain("Apache");
      }
    }
  }

  @Test
  void problemsOfFeaturesKeepTheirKindAndFacts() {
    JsonNode json = problem(caller.get("/fail/faster"), 409, "work-item-gone");
    assertThat(json.path("by").asText()).isEqualTo("ga.handler");
    assertThat(json.path("instance").asText()).isEqualTo("/fail/faster");
    problem(caller.get("/fail/wrapped"), 404, "not-found");
  }

  @Test
  void anAbsentDatabaseMeansTryAgainLater() {
    for (String how : List.of("database", "timeout", "lost")) {
      Answer answer = caller.get("/fail/" + how);
      problem(answer, 503, "unavailable");
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }
    problem(caller.get("/fail/deadlock"), 409, "conflict");
  }

  @Test
  void theUnforeseenGivesANumberAndLeaksNothing(CapturedOutput output) {
    for (String how : List.of("unforeseen", "constraint")) {
      Answer answer = caller.get("/fail/" + how);
      JsonNode json = problem(answer, 500, "internal-error");
      assertThat(answer.text()).doesNotContain("13812345678", "王小明", "Exception");
      assertThat(output.toString()).contains("Incident " + json.path("incident").asText())
          .doesNotContain("13812345678", "王小明");
    }
  }

  @Test
  void refusedInputLeavesNothingInTheLog(CapturedOutput output) {
    caller.post("/probe", "{\"title\":\"a\",\"number\":\"13812345678\"}").expect(422);
    caller.post("/probe", "{\"title\":\"a\",\"13812345678\":1}").expect(422);
    caller.post("/probe", "{\"title\":\"a\" 13812345678").expect(400);
    assertThat(output.toString()).doesNotContain("13812345678");
  }
}

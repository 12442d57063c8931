package org.closedloop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What anybody may open: the pages, the description of the API, the health check, and nothing more. */
@LiveApp
class OpenPagesTest {

  @Autowired Caller caller;

  @Test
  void everyAddressOfAPageOpensItsShellWithoutInlineScript() {
    Caller browser = caller.with("Accept", "text/html");
    Map.of("/", "desk", "/login", "desk", "/work", "desk", "/cases/0120261122-000001", "desk", "/m", "pocket", "/m/work",
        "pocket", "/report", "report").forEach((address, page) -> {
          Caller.Answer answer = browser.get(address).expect(200);
          assertThat(answer.header("Content-Type")).as(address).startsWith("text/html");
          assertThat(answer.text()).as(address).contains("<div id=\"app\">", "/assets/" + page + "-")
              .doesNotContain("style=").doesNotContainPattern("<script(?![^>]* src=)");
        });
  }

  @Test
  void aBrowserAtAnAddressNobodyKnowsGetsAPageThatSaysSo() {
    String wish = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (String address : List.of("/no-such-page", "/cases/1/2/3", "/logout", "/wp-login.php")) {
      Caller.Answer answer = caller.with("Accept", wish).get(address).expect(404);
      assertThat(answer.header("Content-Type")).as(address).startsWith("text/html");
      assertThat(answer.header("Content-Security-Policy")).as(address).contains("default-src 'self'");
      assertThat(answer.text()).as(address).contains("/assets/desk-");
    }
  }

  @Test
  void programsAndAddressesOfTheApiGetProblemDocumentsWhateverTheyAccept() {
    Caller browser = caller.with("Accept", "text/html,*/*;q=0.8");
    for (Caller.Answer answer : List.of(caller.as("admin").get("/no-such-page"), browser.as("admin").get("/no-such-page"),
        browser.get("/api/no-such-thing"), browser.get("/api/public/no-such-thing"), browser.get("/assets/gone.js"),
        browser.get("/actuator/env"), browser.post("/no-such-page", "{}"))) {
      assertThat(answer.status()).isBetween(400, 499);
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
  }

  @Test
  void scriptsAreKeptForAYearAndSentCompressed() {
    Matcher script = Pattern.compile("src=\"(/assets/desk-[^\"]+\\.js)\"").matcher(caller.get("/").text());
    assertThat(script.find()).isTrue();
    Caller.Answer plain = caller.get(script.group(1)).expect(200);
    assertThat(plain.header("Cache-Control")).contains("max-age=31536000", "immutable");
    Caller.Answer packed = caller.with("Accept-Encoding", "gzip").get(script.group(1)).expect(200);
    assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
    assertThat(packed.bytes().length).isLessThan(plain.bytes().length / 2);
  }

  @Test
  void theApiIsDescribedInOpenApi31() {
    JsonNode api = caller.get("/v3/api-docs").expect(200).json();
    assertThat(api.path("openapi").asText()).startsWith("3.1");
    List<String> paths = new ArrayList<>();
    api.path("paths").fieldNames().forEachRemaining(paths::add);
    assertThat(paths).contains("/api/demo/clock").allMatch(p -> p.startsWith("/api/") || p.startsWith("/modeler"));
    JsonNode error = api.path("paths").path("/api/demo/clock").path("post").path("responses").path("default");
    assertThat(error.path("content").has("application/problem+json")).isTrue();
    assertThat(api.path("components").path("schemas").has("Problem")).isTrue();
    assertThat(caller.get("/swagger-ui.html").status()).isIn(200, 302);
    assertThat(caller.get("/swagger-ui/index.html").expect(200).text()).contains("swagger-ui");
  }

  @Test
  void onlyHealthIsOpenOfTheActuator() {
    assertThat(caller.get("/actuator/health").expect(200).json().path("status").asText()).isEqualTo("UP");
    assertThat(caller.get("/actuator/health").json().size()).isEqualTo(1);
    for (String path : List.of("/actuator/env", "/actuator/heapdump", "/actuator/loggers", "/actuator/metrics")) {
      assertThat(caller.get(path).status()).isIn(401, 403, 404);
      assertThat(caller.as("admin").get(path).status()).isEqualTo(404);
    }
  }

  @Test
  void errorsBehindTheRealDoorsAreProblemDocuments() {
    for (Caller.Answer answer : List.of(caller.get("/api/nowhere"), caller.as("admin").get("/api/nowhere"),
        caller.as("admin", "wrong").get("/api/nowhere"), caller.get("/actuator/env"), caller.as("admin").get("/%2e%2e/x;y"),
        caller.as("admin").get("/api/demo/clock?x=%00"), caller.as("admin").delete("/api/demo/clock"))) {
      assertThat(answer.status()).isBetween(400, 499);
      assertThat(answer.header("Content-Type")).as(answer.text()).startsWith("application/problem+json");
    }
  }
}

package org.closedloop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What anybody may open: the start page, the description of the API, the health check, and nothing more. */
@LiveApp
class OpenPagesTest {

  @Autowired Caller caller;

  @Test
  void theStartPageSaysThatTheServerRunsAndUsesNoInlineScript() {
    Caller browser = caller.with("Accept", "text/html");
    assertThat(browser.get("/").expect(200).text()).contains("服务正在运行", "/swagger-ui.html")
        .doesNotContain("<script", "style=");
    assertThat(browser.get("/assets/start.css").expect(200).header("Content-Type")).startsWith("text/css");
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

package org.closedloop.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.database.Launched;
import org.closedloop.database.TestDatabaseFolder;
import org.junit.jupiter.api.Test;

/** How somebody gets in where there is no demo, and that nobody gets in by what was left of one. */
class FirstStartTest {

  private static final String GIVEN = "a heron by the river";
  private static final String CHOSEN = "two herons by the river";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void withoutTheDemoTheFirstAdministratorGetsInAndChangesTheGivenPassword() throws Exception {
    try (var launched = Launched.with(Map.of("CLOSEDLOOP_DATA", folder(), "CLOSEDLOOP_DEMO", "false",
        "CLOSEDLOOP_FIRST_ADMIN_PASSWORD", GIVEN)).untilUp()) {
      assertThat(send(launched, "GET", "/api/units", "admin", GIVEN, null).body())
          .contains("urn:closedloop:password-change-required");
      assertThat(send(launched, "POST", "/api/me/password", "admin", GIVEN,
          "{\"current\": \"" + GIVEN + "\", \"wanted\": \"" + CHOSEN + "\"}").statusCode()).isEqualTo(204);
      assertThat(send(launched, "GET", "/api/units", "admin", CHOSEN, null).statusCode()).isEqualTo(200);
      assertThat(send(launched, "GET", "/api/units", "admin", GIVEN, null).statusCode()).isEqualTo(401);
      assertThat(send(launched, "GET", "/api/public/demo-accounts", null, null, null).statusCode()).isEqualTo(404);
      assertThat(launched.output()).doesNotContain(GIVEN, CHOSEN);
    }
  }

  @Test
  void theDemosPasswordOpensNothingOnceTheDemoIsOff() throws Exception {
    String folder = folder();
    try (var demo = Launched.with(Map.of("CLOSEDLOOP_DATA", folder)).untilUp()) {
      assertThat(send(demo, "GET", "/api/me", "dispatcher1", Caller.DEMO_PASSWORD, null).statusCode()).isEqualTo(200);
      assertThat(send(demo, "GET", "/api/public/demo-accounts", null, null, null).body()).contains("dispatcher1");
    }
    try (var real = Launched.with(Map.of("CLOSEDLOOP_DATA", folder, "CLOSEDLOOP_DEMO", "false")).untilUp()) {
      assertThat(send(real, "GET", "/api/me", "dispatcher1", Caller.DEMO_PASSWORD, null).statusCode()).isEqualTo(401);
    }
  }

  private static String folder() {
    return TestDatabaseFolder.fresh().toString();
  }

  private HttpResponse<String> send(Launched to, String method, String path, String username, String password,
      String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + to.port() + path))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .header("Content-Type", "application/json");
    if (username != null) {
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString((username + ":" + password)
          .getBytes()));
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}

package org.closedloop.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.closedloop.Caller;

/**
 * Somebody who holds every post, from whom no page is hidden. Such a person is told of everything, and other tests count
 * who is told: who lets them in lets them out.
 */
final class EveryPost {

  static final String USERNAME = "every.post";
  static final String PASSWORD = "four brown hens cross";

  private static final String GIVEN = "given-on-a-slip-of-paper";
  private static final List<String> POSTS = List.of("dispatcher", "handler", "verifier", "duty-leader", "county-leader",
      "supervisor", "designer", "administrator");

  private EveryPost() {}

  static void enters(Caller caller) {
    put(caller, POSTS, true);
    caller.as("admin").post("/api/officials/" + USERNAME + "/password", Map.of("password", GIVEN)).expect(200);
    caller.as(USERNAME, GIVEN).post("/api/me/password", Map.of("current", GIVEN, "wanted", PASSWORD)).expect(204);
  }

  static void leaves(Caller caller) {
    put(caller, List.of("handler"), false);
  }

  private static void put(Caller caller, List<String> posts, boolean enabled) {
    int status = caller.as("admin").put("/api/officials/" + USERNAME,
        Map.of("name", "全岗", "unit", "140929-cc", "posts", posts, "enabled", enabled)).status();
    assertThat(status).isIn(200, 201);
  }
}

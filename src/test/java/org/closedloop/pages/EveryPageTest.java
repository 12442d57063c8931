package org.closedloop.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every page there is, at every size in every language, is whole. The pages are those that the routers name: a new one is
 * visited without being named here, and one whose address has a part that {@link #samples} does not know fails. Visited by
 * somebody who holds every post, so that nothing is hidden.
 */
@LiveApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageTest {

  private static final Path WEB = Path.of("src/main/web");
  private static final Pattern ROUTE = Pattern.compile("path: '([^']*)'(.*)");
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)(?:\\([^)]*\\))?[?*]*");
  private static final String SOMEBODY = "every.post";
  private static final List<String> POSTS = List.of("dispatcher", "handler", "verifier", "duty-leader", "county-leader",
      "supervisor", "designer", "administrator");

  @Autowired Caller caller;

  private Map<String, String> samples;

  @BeforeAll
  void somebodyWithEveryPostAndACase() {
    String given = "given-on-a-slip-of-paper";
    official(POSTS, true);
    caller.as("admin").post("/api/officials/" + SOMEBODY + "/password", Map.of("password", given)).expect(200);
    caller.as(SOMEBODY, given).post("/api/me/password", Map.of("current", given, "wanted", Visitor.CHOSEN_PASSWORD))
        .expect(204);
    String number = caller.as("dispatcher1").post("/api/cases", Map.of("channel", "12345", "title",
        "供暖温度不达标" + UUID.randomUUID(), "description", "室内只有十四度。", "category", "010203", "area", "140929100001"))
        .expect(201).json().path("number").asText();
    samples = Map.of("number", number);
  }

  /** Who holds every post is told of everything, and other tests count who is told. */
  @AfterAll
  void leavesTheOffice() {
    official(List.of("handler"), false);
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void everyPageIsWhole(Window window) throws IOException {
    String app = window.phone() ? "/m" : "";
    try (Visitor visitor = new Visitor(caller, "every page " + window, window)) {
      visitor.opens(app + "/login");
      visitor.page().locator(".demo li").first().waitFor();
      visitor.content("log-in");
      visitor.logsIn(app + "/login", SOMEBODY, Visitor.CHOSEN_PASSWORD);
      for (String address : addresses(window.phone() ? "pocket" : "desk")) {
        visitor.opens(app + address).drawn().content(app + address);
      }
      if (!window.phone()) {
        visitor.page().evaluate("() => document.documentElement.classList.add('dark')");
        visitor.content("in the dark");
      }
      for (String address : List.of("/report", "/report/track")) {
        visitor.opens(address).drawn().content(address);
      }
      visitor.leavesContent();
    }
  }

  /** What the router of this entry names, with samples for parameters; not what only leads elsewhere, or nowhere. */
  private List<String> addresses(String entry) throws IOException {
    String router = Files.readString(WEB.resolve(entry).resolve("router.ts"));
    List<String> found = ROUTE.matcher(router).results()
        .filter(r -> !r.group(2).contains("redirect:") && !r.group(1).contains(":rest"))
        .map(r -> PARAMETER.matcher(r.group(1)).replaceAll(this::sample)).toList();
    assertThat(found).as("pages of %s", entry).hasSizeGreaterThan(2).allMatch(a -> a.startsWith("/"));
    return found;
  }

  private String sample(MatchResult parameter) {
    assertThat(samples).as("a sample for %s", parameter.group()).containsKey(parameter.group(1));
    return samples.get(parameter.group(1));
  }

  private void official(List<String> posts, boolean enabled) {
    int status = caller.as("admin").put("/api/officials/" + SOMEBODY, Map.of("name", "全岗", "unit", "140929-cc", "posts", posts,
        "enabled", enabled)).status();
    assertThat(status).isIn(200, 201);
  }
}

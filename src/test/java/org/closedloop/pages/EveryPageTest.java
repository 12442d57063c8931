package org.closedloop.pages;

import static org.closedloop.pages.Steps.unique;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every page there is, at every size in every language, is whole. The pages are those that the routers name: a new one is
 * visited without being named here, and one whose address has a part for which there is no sample fails.
 */
@PagesApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageTest {

  @Autowired Caller caller;

  private Map<String, String> samples;

  @BeforeAll
  void somebodyWithEveryPostAndACase() {
    EveryPost.enters(caller);
    samples = Map.of("number", new Steps(caller).reported(unique("供暖温度不达标"), Map.of()));
  }

  @AfterAll
  void leave() {
    EveryPost.leaves(caller);
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void everyPageIsWhole(Window window) throws IOException {
    String app = window.phone() ? "/m" : "";
    try (Visitor visitor = new Visitor(caller, "every page " + window, window)) {
      visitor.opens(app + "/login");
      visitor.page().locator(".demo li").first().waitFor();
      visitor.content("log-in");
      visitor.logsIn(app + "/login", EveryPost.USERNAME, EveryPost.PASSWORD);
      for (String address : Routes.of(window.phone() ? "pocket" : "desk", samples)) {
        visitor.opens(app + address).drawn().content(app + address);
      }
      if (!window.phone()) {
        visitor.page().evaluate("() => document.documentElement.classList.add('dark')");
        visitor.content("in the dark");
      }
      for (String address : List.of("/report", "/report/track", "/report/map")) {
        visitor.opens(address).drawn().content(address);
      }
      visitor.leavesContent();
    }
  }
}

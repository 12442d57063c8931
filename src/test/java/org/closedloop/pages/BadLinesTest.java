package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A line that is cut, a server that fails or was renewed, an address that is none: what the pages say, and how one goes on. */
@PagesApp
class BadLinesTest {

  private static final Pattern LIST = Pattern.compile(".*/api/work-items\\?.*");

  @Autowired Caller caller;

  private String title;
  private String number;

  @BeforeEach
  void aCase() {
    title = unique("路灯不亮");
    number = new Steps(caller).reported(title, Map.of());
  }

  @Test
  void whatFailsSaysSoAndIsTriedAgainAndACutLineTakesNothingAway() {
    try (Visitor official = new Visitor(caller, "bad lines", Window.DESK_EN)) {
      official.expects("503", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch");
      Page page = official.logsIn("/login", "dispatcher2").page();
      page.route(LIST, r -> r.fulfill(new Route.FulfillOptions().setStatus(503)));
      official.opens("/work").drawn();
      page.getByText("could not be read").waitFor();
      official.content("a list that did not come");
      page.unroute(LIST);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
      page.locator(".row").first().waitFor();

      page.route("**/api/me", r -> r.fulfill(new Route.FulfillOptions().setStatus(503)));
      official.opens("/cases/" + number).drawn();
      official.content("a server that does not answer");
      page.unroute("**/api/me");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try again")).click();
      page.locator("section.do textarea").last().fill("what was typed");

      page.context().setOffline(true);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Claim")).click();
      page.locator(".offline").waitFor();
      official.content("a cut line");
      page.context().setOffline(false);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Claim")).click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Release")).waitFor();
      assertThat(page.locator(".offline")).hasCount(0);
      assertThat(page.locator("section.do textarea").last()).hasValue("what was typed");
      official.leavesContent();
    }
  }

  @Test
  void aPageFromBeforeAnUpdateLoadsAnewOnceWhereItWasGoing() {
    try (Visitor official = new Visitor(caller, "after an update", Window.DESK_ZH)) {
      official.expects("404", "Failed to fetch dynamically imported module", "preload");
      Page page = official.logsIn("/login", "dispatcher2").drawn().page();
      AtomicInteger gone = new AtomicInteger();
      page.route(Pattern.compile(".*/assets/InboxPage-.*\\.js"), r -> {
        if (gone.getAndIncrement() == 0) {
          r.fulfill(new Route.FulfillOptions().setStatus(404));
        } else {
          r.resume();
        }
      });
      page.locator(".bell").click();
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).hasText("消息");
      assertThat(page).hasURL(Pattern.compile(".*/inbox$"));
      official.leavesContent();
    }
  }

  @Test
  void aPageThatCouldNotComeOverACutLineComesWholeWhenItIsBack() {
    try (Visitor official = new Visitor(caller, "cut on the way", Window.PHONE_ZH)) {
      official.expects("ERR_INTERNET_DISCONNECTED", "Unable to preload CSS", "Failed to fetch dynamically imported module");
      Page page = official.logsIn("/m", "dispatcher2").drawn().page();
      var tab = page.locator(".van-tabbar-item").getByText("消息");
      page.context().setOffline(true);
      tab.click();
      page.locator(".offline").waitFor();
      page.context().setOffline(false);
      tab.click();
      page.locator(".inbox .bar").waitFor();
      official.drawn();
      assertThat(page.locator(".inbox .bar")).hasCSS("display", "flex");
      assertThat(page.locator(".offline")).hasCount(0);
      official.leavesContent();
    }
  }

  @Test
  void anAddressThatIsNoneSaysSoToWhoeverOpensIt() {
    for (Window window : List.of(Window.DESK_ZH, Window.PHONE_EN)) {
      try (Visitor anybody = new Visitor(caller, "nowhere " + window, window)) {
        anybody.expects("404");
        Page page = anybody.opens((window.phone() ? "/m" : "") + "/no-page-is-called-like-this").page();
        if (window.phone()) {
          anybody.logsIn("/m/no-page-is-called-like-this", "dispatcher2");
        }
        page.locator(".state").waitFor();
        anybody.content("nowhere");
        page.locator(".state button").click();
        page.locator(window.phone() ? ".scopes" : "form.log-in").waitFor();
        anybody.leavesContent();
      }
    }
  }
}

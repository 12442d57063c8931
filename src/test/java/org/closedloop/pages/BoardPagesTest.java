package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/** A supervisor in front of the board, the wall and the scorecards: what turns red shows at once, and every number opens. */
@PagesApp
@ExtendWith(TimeComesBack.class)
class BoardPagesTest {

  private static final Pattern STALE = Pattern.compile("\\bstale\\b");

  @Autowired Caller caller;

  private Steps steps;

  @BeforeEach
  void begin() {
    steps = new Steps(caller);
  }

  @Test
  void theOpenBoardTurnsRedWhenADeadlinePassesAndTheUnitIsUrgedFromIt() {
    String number = steps.reported(unique("路灯不亮"), Map.of());
    try (Visitor supervisor = new Visitor(caller, "board turns red", Window.DESK_ZH)) {
      Page page = supervisor.logsIn("/login", "supervisor").opens("/board").drawn().page();
      Locator red = page.locator(".counters .red b");
      assertThat(page.locator(".head .state")).hasClass(Pattern.compile("\\blive\\b"));
      int before = Integer.parseInt(red.textContent());
      page.evaluate("() => { window.stillTheSamePage = true }");

      caller.as("admin").post("/api/demo/clock", Map.of("advance", "PT2H1M")).expect(200);
      Locator alert = page.locator(".feed .overdue", new Page.LocatorOptions().setHas(page.locator("a[href='/cases/" + number + "']")));
      assertThat(alert).hasClass(Pattern.compile("\\bfresh\\b"), new LocatorAssertions.HasClassOptions().setTimeout(10_000));
      assertThat(red).not().hasText(Integer.toString(before), new LocatorAssertions.HasTextOptions().setTimeout(10_000));
      assertThat(Integer.parseInt(red.textContent())).isGreaterThan(before);
      assertThat(page.evaluate("() => window.stillTheSamePage")).isEqualTo(true);

      Locator latest = page.locator(".late li").first();
      String late = latest.locator("a").getAttribute("href").replace("/cases/", "");
      latest.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^催办"))).click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      Locator urge = dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("催办"));
      assertThat(urge).isDisabled();
      dialog.locator(".phrases button").first().click();
      urge.click();
      assertThat(page.locator(".said")).containsText("已催办");
      assertThat(latest.locator(".done")).containsText("已催办");
      assertThat(steps.file(late).path("entries")).anyMatch(e -> e.path("key").asText().equals("urge"));

      page.locator(".counters .red").click();
      page.waitForURL("**/cases?open=true&light=red");
      page.locator("[data-row]").first().waitFor();
      supervisor.isQuiet("the cases behind the red number").leavesContent();
    }
  }

  @Test
  void aBrokenLineIsShownAndTheBoardMendsItself() {
    try (Visitor supervisor = new Visitor(caller, "board without a line", Window.DESK_EN)) {
      Page page = supervisor.logsIn("/login", "supervisor").opens("/board").drawn().page();
      Locator state = page.locator(".head .state");
      assertThat(state).not().hasClass(STALE);
      supervisor.expects("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK_CHANGED");
      page.context().setOffline(true);
      assertThat(state).hasClass(STALE);
      assertThat(state).containsText("Line lost");
      page.context().setOffline(false);
      assertThat(state).not().hasClass(STALE);
      supervisor.content("the board again").leavesContent();
    }
  }

  @Test
  void theWallTurnsThroughItsViewsAndEachIsWhole() {
    try (Visitor supervisor = new Visitor(caller, "wall", Window.DESK_ZH)) {
      Page page = supervisor.logsIn("/login", "supervisor").opens("/board/wall").drawn().page();
      page.setViewportSize(1920, 1080);
      page.keyboard().press("Space");
      for (String view : new String[] {"late", "ground", "heap", "calls"}) {
        page.locator(".view." + view).waitFor();
        page.waitForFunction("() => !document.querySelector('.turn-enter-active, .turn-leave-active')");
        supervisor.content("the wall, " + view);
        page.keyboard().press("ArrowRight");
      }
      page.keyboard().press("Escape");
      page.waitForURL("**/board");
      assertThat(page.evaluate("() => document.documentElement.dataset.type")).isEqualTo("ordinary");
      supervisor.leavesContent();
    }
  }

  @Test
  void aNumberOfAScorecardOpensItsCasesAndTheMonthGoesOnPaper() {
    String number = steps.reported(unique("井盖松动"), Map.of());
    steps.toHandling(number, "010203", "140929100001");
    try (Visitor supervisor = new Visitor(caller, "scorecards", Window.DESK_ZH)) {
      Page page = supervisor.logsIn("/login", "supervisor").opens("/scorecards").drawn().page();
      page.locator("tr.all td a").first().click();
      page.waitForURL("**/cases?scorecard=*");
      page.locator("[data-row]").first().waitFor();
      page.goBack();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("按区域")).click();
      page.waitForURL("**/scorecards?*by=area*");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("打印月报")).click();
      assertThat(page.locator(".paper h1")).containsText("考评月报");
      supervisor.content("the month's report");
      assertThat(new String(page.pdf(), 0, 5, java.nio.charset.StandardCharsets.ISO_8859_1)).isEqualTo("%PDF-");
      supervisor.leavesContent();
    }
  }
}

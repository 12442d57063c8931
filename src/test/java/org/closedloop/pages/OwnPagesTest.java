package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What somebody decides about oneself, and what one is told. */
@PagesApp
class OwnPagesTest {

  private static final String NEWCOMER = "newcomer.pages";
  private static final String GIVEN = "given-on-a-slip-of-paper";
  private static final String CHOSEN = "seven quiet lamps glow";

  @Autowired Caller caller;

  @Test
  void whoGotThePasswordFromSomebodyElseChoosesOneBeforeAnythingElse() {
    int made = caller.as("admin").put("/api/officials/" + NEWCOMER,
        Map.of("name", "新来的", "unit", "140929-mz", "posts", List.of("handler"))).status();
    assertThat(made).isIn(200, 201);
    caller.as("admin").post("/api/officials/" + NEWCOMER + "/password", Map.of("password", GIVEN)).expect(200);
    try (Visitor newcomer = new Visitor(caller, "newcomer", Window.PHONE_EN)) {
      newcomer.expects("422");
      Page page = newcomer.logsIn("/m", NEWCOMER, GIVEN).page();
      page.getByText("Choose a password of your own first").waitFor();
      assertThat(page.locator(".van-tabbar")).hasCount(0);
      newcomer.content("nothing but the password");
      fill(page, GIVEN, "password123", "password123");
      assertThat(page.locator("#wrong-wanted")).containsText("choose another");
      fill(page, GIVEN, CHOSEN, CHOSEN + "!");
      assertThat(page.locator("#wrong-again")).containsText("not the same");
      newcomer.content("what is wrong with a password");
      fill(page, GIVEN, CHOSEN, CHOSEN);
      page.locator(".van-tabbar").waitFor();
      newcomer.leavesContent();
    }
    caller.as("admin").put("/api/officials/" + NEWCOMER,
        Map.of("name", "新来的", "unit", "140929-mz", "posts", List.of("handler"), "enabled", false)).expect(200);
  }

  @Test
  void whereAndWhenOneIsToldIsKeptAndFindingsStandAtTheirFields() {
    caller.as("mz.handler").put("/api/me/contact", Map.of()).expect(200);
    try (Visitor official = new Visitor(caller, "contact", Window.DESK_ZH)) {
      official.expects("422");
      Page page = official.logsIn("/login", "mz.handler").opens("/me").drawn().page();
      Locator contact = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("怎样通知我"));
      contact.getByText("同全县（22:00–07:00）").waitFor();
      contact.getByLabel("邮箱").fill("nobody");
      save(contact);
      assertThat(contact.locator("#wrong-email")).containsText("不是邮箱地址");
      official.content("a finding at its field");
      contact.getByLabel("邮箱").fill("mz@example.gov.cn");
      contact.getByLabel("自己定").check();
      contact.getByLabel("从").fill("21:30");
      save(contact);
      contact.getByText("已保存").waitFor();
      page.reload();
      assertThat(contact.getByLabel("从")).hasValue("21:30");
      assertThat(contact.getByLabel("邮箱")).hasValue("mz@example.gov.cn");
      contact.getByLabel("邮箱").fill("");
      contact.getByLabel("同全县").first().check();
      save(contact);
      contact.getByText("已保存").waitFor();
      official.leavesContent();
    }
  }

  @Test
  void whatOneIsToldComesToTheBellAndLeadsToItsCase() {
    var steps = new Steps(caller);
    String title = unique("暖气管漏水");
    String number = steps.reported(title, Map.of());
    String unit = steps.toHandling(number, "010203", "140929100001");
    try (Visitor handler = new Visitor(caller, "told", Window.DESK_EN)) {
      Page page = handler.logsIn("/login", unit.substring("140929-".length()) + ".handler").opens("/inbox").drawn().page();
      for (String note : List.of(title + "?", "still?")) {
        caller.as("supervisor").post("/api/cases/" + number + "/urge", Map.of("note", note)).expect(200);
      }
      Locator notice = page.locator("li.unread", new Page.LocatorOptions().setHasText(title + "?"));
      for (int look = 0; look < 20 && notice.count() == 0; look++) {
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
        page.waitForTimeout(200);
      }
      handler.content("a notice");
      notice.locator(".notice").click();
      assertThat(page.locator("h1")).containsText(title);
      page.goBack();
      page.locator("li:not(.unread)", new Page.LocatorOptions().setHasText(title + "?")).waitFor();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Mark all as read")).click();
      page.locator(".bell b").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      handler.leavesContent();
    }
  }

  private static void fill(Page page, String current, String wanted, String again) {
    page.locator("input[name=current]").fill(current);
    page.locator("input[name=wanted]").fill(wanted);
    page.locator("input[name=again]").fill(again);
    page.locator("form.own button[type=submit]").click();
  }

  private static void save(Locator form) {
    form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("保存")).click();
  }
}

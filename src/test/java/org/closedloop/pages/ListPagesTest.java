package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Lists of work and of cases: they follow what happens, go back and forward, leave as files, and are done together. */
@PagesApp
class ListPagesTest {

  @Autowired Caller caller;

  @Test
  void anOpenListShowsWhatArrivesAndWhoTakesItWithoutBeingAsked() {
    String title = unique("东街路灯不亮");
    try (Visitor dispatcher = new Visitor(caller, "live list", Window.DESK_ZH)) {
      Page page = dispatcher.logsIn("/login", "dispatcher3").opens("/work?q=" + title).drawn().page();
      assertThat(page.locator(".state")).isVisible();
      Steps steps = new Steps(caller);
      String number = steps.reported(title, Map.of());
      // half of what the list would take to ask by itself
      var soon = new Locator.WaitForOptions().setTimeout(7_500);
      page.locator(".row", new Page.LocatorOptions().setHasText(title)).waitFor(soon);
      String item = steps.item(number, "accept", null);
      caller.as("dispatcher1").post("/api/work-items/" + item + "/claim", null).expect(200);
      page.locator(".row .who b, .row .who:not(:has(.faint))").first().waitFor(soon);
      caller.as("dispatcher1").post("/api/work-items/" + item + "/release", null).expect(200);
      page.locator(".row .who .faint").waitFor(soon);
      steps.complete("dispatcher1", number, "accept", null, Map.of("accepted", "accept", "category", "010203", "area",
          "140929100001", "urgency", "ordinary"));
      page.locator(".row .task", new Page.LocatorOptions().setHasText("派遣案件")).waitFor(soon);
      dispatcher.isQuiet("a live list").leavesContent();
    }
  }

  @Test
  void severalAreDoneByOneFormAndWhatWasNotIsToldAndStaysSelected() {
    String title = unique("一起办理");
    Steps steps = new Steps(caller);
    for (int i = 0; i < 3; i++) {
      String number = steps.reported(title + " " + i, Map.of());
      if (i == 1) {
        caller.as("dispatcher1").post("/api/work-items/" + steps.item(number, "accept", null) + "/claim", null).expect(200);
      }
    }
    try (Visitor dispatcher = new Visitor(caller, "together", Window.DESK_ZH)) {
      Page page = dispatcher.logsIn("/login", "dispatcher2").opens("/work?q=" + title).drawn().page();
      assertThat(page.locator(".row")).hasCount(3);
      page.getByLabel("选择全部已列出的待办").check();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("一起办理")).click();
      page.locator(".together .fjs-form textarea").first().waitFor();
      dispatcher.content("a form for three");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交 3 件")).click();
      assertThat(page.locator(".outcome")).containsText("办成 2 件，1 件没有办成");
      assertThat(page.locator(".outcome li")).containsText(title + " 1");
      assertThat(page.locator(".outcome li span")).containsText("签收");
      dispatcher.content("what came of it");
      page.locator(".outcome button").click();
      assertThat(page.locator(".row.chosen")).hasCount(1);
      assertThat(page.locator(".row.chosen")).containsText(title + " 1");
      dispatcher.leavesContent();
    }
  }

  @Test
  void theFileHasAsManyRowsAsTheListAndAFilterIsKeptForThePhone() throws IOException {
    String title = unique("导出");
    Steps steps = new Steps(caller);
    for (int i = 0; i < 3; i++) {
      steps.reported(title + " " + i, Map.of());
    }
    String name = unique("要看的");
    try (Visitor dispatcher = new Visitor(caller, "export", Window.DESK_ZH)) {
      Page page = dispatcher.logsIn("/login", "dispatcher1").opens("/cases?open=true&q=" + title).drawn().page();
      assertThat(page.locator("h1 small")).hasText("3");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("导出")).click();
      var file = page.waitForDownload(() -> page.getByText("Excel 工作簿").click());
      assertThat(file.suggestedFilename()).startsWith("案卷-").endsWith(".xlsx");
      try (var book = new ReadableWorkbook(Files.newInputStream(file.path()))) {
        assertThat(book.getFirstSheet().read()).hasSize(4);
      }
      page.navigate("/work?q=" + title);
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("保存筛选")).click();
      page.getByLabel("给这个筛选起个名字").fill(name);
      page.keyboard().press("Enter");
      page.locator("nav .kept", new Page.LocatorOptions().setHasText(name)).waitFor();
      dispatcher.leavesContent();
    }
    try (Visitor phone = new Visitor(caller, "kept filter", Window.PHONE_ZH)) {
      Page page = phone.logsIn("/m", "dispatcher1").page();
      page.locator(".saved button", new Page.LocatorOptions().setHasText(name)).click();
      assertThat(page.locator(".card")).hasCount(3);
      phone.content("a kept filter").leavesContent();
    }
    caller.as("dispatcher1").delete("/api/me/filters?list=work&name=" + java.net.URLEncoder.encode(name,
        java.nio.charset.StandardCharsets.UTF_8)).expect(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"DESK_ZH", "PHONE_EN"})
  void backAndForwardGoThroughFiltersAndEveryFilterOfTheApiIsShown(Window window) {
    String app = window.phone() ? "/m" : "";
    try (Visitor supervisor = new Visitor(caller, "filters " + window, window)) {
      Page page = supervisor.logsIn(app + "/login", "supervisor").opens(app + "/work?scope=all").drawn().page();
      Locator red = page.locator(".lights button").first();
      red.click();
      page.waitForURL("**/work?scope=all&light=red");
      page.goBack();
      page.waitForURL("**/work?scope=all");
      assertThat(red).hasAttribute("aria-pressed", "false");
      page.goForward();
      assertThat(red).hasAttribute("aria-pressed", "true");

      supervisor.opens(app + "/cases?open=true&light=none&within=false&placed=true&area=140929100"
          + "&closedFrom=2026-11-01T00:00:00%2B08:00&scorecard=2026-10:unit:140929-ga:response:met").drawn();
      page.locator(".state").waitFor();
      int chips = page.locator(".chips li").count();
      assertThat(chips).isGreaterThanOrEqualTo(5);
      supervisor.content("every filter");
      page.locator(".chips button").first().click();
      assertThat(page.locator(".chips li")).hasCount(chips - 1);
      page.waitForURL(Pattern.compile("^((?!scorecard).)*$"));
      page.goBack();
      assertThat(page.locator(".chips li")).hasCount(chips);
      page.locator(".state button").click();
      page.locator(".row, .card").first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
      supervisor.content("cases").leavesContent();
    }
  }
}

package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The page of one case: its diagram, a whistle's departments, supervision by hand. */
@PagesApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasePagesTest {

  @Autowired Caller caller;

  private String whistle;

  /** An emergency calls two departments; one is there, the other's half hour passes. */
  @BeforeAll
  void aWhistleWithOneDepartmentLate() {
    whistle = caller.as("140929101.handler").post("/api/cases", Map.of("process", "whistle", "title",
        "山洪冲断村道" + UUID.randomUUID().toString().substring(0, 8), "category", "0102", "area", "140929101", "channel", "patrol",
        "answers", Map.of("kind", "emergency", "called", List.of("140929-ga", "140929-sl"), "matter", "抢通村道，转移群众",
            "where", "河道桥头", "lng", 111.7327, "lat", 38.8003))).expect(201).json().path("number").asText();
    complete("ga.handler", "check-in", "140929-ga", Map.of("person", "张三", "lng", 111.733, "lat", 38.8005, "accuracy", 8));
    caller.as("admin").post("/api/demo/clock", Map.of("advance", "PT31M")).expect(200);
  }

  @Test
  void eachDepartmentIsShownWithItsCheckInAndTheDiagramWithWhatIsDoneWhatRunsAndWhatIsLate() {
    try (Visitor supervisor = visitor("whistle", Window.DESK_ZH)) {
      Page page = supervisor.logsIn("/login", "supervisor").opens("/cases/" + whistle).drawn().page();
      Locator called = page.locator(".called > li");
      assertThat(called).hasCount(2);
      assertThat(called.filter(new Locator.FilterOptions().setHasText("公安局"))).containsText("按时报到");
      assertThat(called.filter(new Locator.FilterOptions().setHasText("公安局"))).containsText("距现场");
      assertThat(called.filter(new Locator.FilterOptions().setHasText("水利局"))).containsText("未按时报到");
      assertThat(page.locator(".sum")).containsText("已到 1 / 2 个部门");

      page.locator(".views button").last().click();
      assertThat(element(page, "milestone_sounded_at_once")).hasClass(Pattern.compile("path-done"));
      assertThat(element(page, "handle-together")).hasClass(Pattern.compile("path-active"));
      assertThat(element(page, "confirm")).hasClass(Pattern.compile("path-ahead"));
      assertThat(page.locator(".djs-connection.path-taken").first()).isAttached();
      Locator viewport = page.locator(".djs-container .viewport");
      String before = viewport.getAttribute("transform");
      page.locator(".djs-container > svg").focus();
      page.keyboard().press("ArrowRight");
      assertThat(viewport).not().hasAttribute("transform", before);

      Locator call = page.locator(".runs button").filter(new Locator.FilterOptions().setHasText("水利局"));
      call.click();
      assertThat(element(page, "check-in")).hasClass(Pattern.compile("path-overdue"));
      assertThat(page.locator(".path-badge.overdue")).containsText("已逾期");
      Locator step = page.locator(".told li.overdue button");
      step.click();
      assertThat(page.locator(".detail")).containsText("到场报到");
      assertThat(page.locator(".bjs-powered-by")).isVisible();
      supervisor.leavesContent();
    }
  }

  @Test
  void aSupervisionOrderIsGivenByHandAndStandsInTheEntries() {
    String number = reported();
    try (Visitor supervisor = visitor("order", Window.PHONE_ZH)) {
      Page page = supervisor.logsIn("/m", "supervisor").opens("/m/cases/" + number).drawn().page();
      page.getByText("操作", new Page.GetByTextOptions().setExact(true)).click();
      page.locator(".van-action-sheet").getByText("下达督办单").click();
      Locator sheet = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("下达督办单"));
      assertThat(sheet.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("下达督办单"))).isDisabled();
      sheet.locator("textarea").fill("今天下班前受理并答复反映人。");
      sheet.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("下达督办单")).click();
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("办理记录")).click();
      assertThat(page.locator(".timeline")).containsText("今天下班前受理并答复反映人。");
      supervisor.leavesContent();
    }
    // who does the work is not offered to supervise it
    try (Visitor dispatcher = visitor("no order", Window.DESK_ZH)) {
      Page page = dispatcher.logsIn("/login", "dispatcher1").opens("/cases/" + number).drawn().page();
      assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("催办"))).isVisible();
      assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("下达督办单"))).hasCount(0);
      dispatcher.leavesContent();
    }
  }

  @ParameterizedTest
  @EnumSource(Window.class)
  void theDiagramAndTheWhistleAreWhole(Window window) {
    String app = window.phone() ? "/m" : "";
    // a person has but three streams of alerts, and the server learns late that a window was closed
    String who = window.language.equals("en") ? "countyleader" : "dutyleader";
    try (Visitor supervisor = visitor("case " + window, window)) {
      Page page = supervisor.logsIn(app + "/login", who).opens(app + "/cases/" + whistle).drawn().page();
      supervisor.content("whistle");
      if (window.phone()) {
        page.locator(".van-tab").nth(1).click();
        page.locator(".clocks li").first().waitFor();
        supervisor.settled().content("facts and clocks");
        page.locator(".van-tab").nth(3).click();
      } else {
        page.locator(".views button").last().click();
      }
      element(page, "handle-together").waitFor();
      supervisor.settled().content("diagram");
      if (!window.phone()) {
        page.evaluate("() => document.documentElement.classList.add('dark')");
        supervisor.content("diagram in the dark");
      }
      supervisor.leavesContent();
    }
  }

  private static Locator element(Page page, String id) {
    return page.locator("g.djs-shape[data-element-id='" + id + "']");
  }

  private Visitor visitor(String name, Window window) {
    return new Visitor(caller, name, window);
  }

  private void complete(String by, String task, String unit, Map<String, Object> answers) {
    for (JsonNode item : caller.as("supervisor").get("/api/cases/" + whistle).expect(200).json().path("openItems")) {
      if (item.path("task").asText().equals(task) && item.path("unit").asText().equals(unit)) {
        caller.as(by).post("/api/work-items/" + item.path("id").asText() + "/complete", Map.of("answers", answers)).expect(200);
        return;
      }
    }
    throw new AssertionError(task + " of " + unit + " is not open");
  }

  private String reported() {
    return caller.as("dispatcher1").post("/api/cases", Map.of("channel", "12345", "title",
        "井盖缺失" + UUID.randomUUID().toString().substring(0, 8), "description", "路中间一个井盖不见了。", "category", "010203",
        "area", "140929100001")).expect(201).json().path("number").asText();
  }
}

package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.organisation.Organisation;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What administrators do at their pages, and what officials do there about their leave. */
@PagesApp
class AdminPagesTest {

  private static final List<String> PAGES = List.of("people", "units", "areas", "categories", "leave", "calendar", "duty-list",
      "duty-list?tab=try", "duty-list?tab=compare", "duty-list?tab=proposals", "replies", "notices", "notices?tab=channels",
      "notices?tab=letters", "case-types", "acts");

  @Autowired private Caller caller;
  @Autowired private Organisation organisation;

  @Test
  void aNewOfficialIsAddedByFormAndMustChangeThePasswordAtTheFirstLogIn() {
    String username = unique("t");
    String password;
    try (Visitor admin = new Visitor(caller, "admin adds an official", Window.DESK_ZH)) {
      Page page = admin.logsIn("/admin/people", "admin").settled().page();
      button(page, "新增人员").click();
      Locator form = page.getByRole(AriaRole.DIALOG);
      form.getByLabel("名称").fill("测试员");
      form.getByLabel("账号", new Locator.GetByLabelOptions().setExact(true)).first().fill(username);
      Locator unit = form.getByRole(AriaRole.COMBOBOX);
      unit.fill("水利局");
      page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("水利局")).first().click();
      form.getByText("经办人", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(form.getByRole(AriaRole.REGION, new Locator.GetByRoleOptions().setName("这样的岗位能看什么、办什么")))
          .containsText("水利局");
      admin.content("a new official");
      form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("新增并生成密码")).click();
      password = page.locator(".one-time").textContent();
      admin.content("a password to hand over");
      admin.leavesContent();
    }
    try (Visitor official = new Visitor(caller, "first log-in", Window.DESK_ZH)) {
      Page page = official.logsIn("/login", username, password).page();
      page.locator("input[name=current]").fill(password);
      page.locator("input[name=wanted]").waitFor();
      assertThat(caller.as(username, password).get("/api/work-items").status()).isEqualTo(403);
      official.leavesContent();
    }
    caller.as("admin").put("/api/officials/" + username, Map.of("name", "测试员", "unit", "140929-sl", "posts",
        List.of("handler"), "enabled", false)).expect(200);
    assertThat(caller.as("admin").get("/api/administration/acts?subject=" + username).expect(200).json().path("items"))
        .extracting(a -> a.path("act").asText()).containsExactly("changed", "password-given", "added");
  }

  @Test
  void anImportWithAWrongRowChangesNothingAndSaysWhichRowAndHowToMendIt() {
    String good = unique("t");
    String file = "username,name,unit,posts\n" + good + ",新人,140929-sl,handler\nx1,某人,no-such-unit,handler king\n";
    try (Visitor admin = new Visitor(caller, "a wrong import", Window.DESK_ZH)) {
      Page page = admin.logsIn("/admin/people", "admin").settled().page();
      button(page, "导入").click();
      Locator window = page.getByRole(AriaRole.DIALOG);
      window.locator("input[type=file]").setInputFiles(csv(file));
      assertThat(window.locator(".wrong-rows tbody tr")).hasCount(2);
      assertThat(window.locator(".wrong-rows tbody tr").first()).containsText("3");
      assertThat(window.locator(".wrong-rows tbody tr").first()).containsText("没有这个单位");
      assertThat(button(page, "确认导入")).isDisabled();
      admin.expects("422").content("findings of an import");
      assertThat(organisation.official(good)).isEmpty();

      window.locator("input[type=file]").setInputFiles(csv(file.lines().limit(2).reduce("", (a, b) -> a + b + "\n")));
      assertThat(window).containsText("新增 1");
      assertThat(organisation.official(good)).isEmpty();
      button(page, "确认导入").click();
      window.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      assertThat(organisation.official(good)).isPresent();
      admin.leavesContent();
    }
  }

  @Test
  void aHolidayNoticeIsPastedShownAndSet() {
    try (Visitor admin = new Visitor(caller, "a holiday notice", Window.DESK_ZH)) {
      Page page = admin.logsIn("/admin/calendar", "admin").settled().page();
      button(page, "粘贴放假通知").click();
      page.locator("textarea").fill("国务院办公厅关于2031年部分节假日安排的通知\n一、元旦：1月1日（周三）至3日（周五）放假调休，共3天。1月4日（周六）上班。");
      button(page, "识别").click();
      Locator window = page.getByRole(AriaRole.DIALOG);
      assertThat(window).containsText("将改动 4 天");
      admin.content("what a notice changes");
      button(page, "确认改动").click();
      assertThat(page.locator(".years b")).hasText("2031");
      assertThat(page.locator(".months .work")).hasCount(1);
      admin.leavesContent();
    }
    for (int day = 1; day <= 4; day++) {
      caller.as("admin").put("/api/calendar/days/2031-01-0" + day, Map.of("kind", "normal")).expect(200);
    }
  }

  @Test
  void aDelegateSeesWhatAColleagueOnLeaveHasClaimed() {
    String title = unique("路灯不亮");
    var steps = new Steps(caller);
    String item = steps.item(steps.reported(title, Map.of()), "accept", null);
    caller.as("dispatcher3").post("/api/work-items/" + item + "/claim", Map.of()).expect(200);
    try (Visitor away = new Visitor(caller, "going on leave", Window.DESK_ZH)) {
      Page page = away.logsIn("/admin/leave", "dispatcher3").settled().page();
      button(page, "安排代理").first().click();
      Locator window = page.getByRole(AriaRole.DIALOG);
      window.getByLabel("代理人").click();
      Locator delegate = page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("侯建国"));
      delegate.click();
      delegate.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
      away.content("arranging a delegate");
      button(page, "确认代理").click();
      assertThat(page.locator(".admin-table tbody tr").first()).containsText("代理中");
      page.getByRole(AriaRole.DIALOG).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
      away.content("a delegation that runs").leavesContent();
    }
    try (Visitor colleague = new Visitor(caller, "acting for a colleague", Window.DESK_ZH)) {
      Page page = colleague.logsIn("/work?scope=mine&q=" + title, "dispatcher2").settled().page();
      assertThat(page.locator(".row")).containsText(title);
      colleague.leavesContent();
    }
    String until = officeTime().plusDays(2).toString();
    for (var clash : Map.of("dispatcher2", "dispatcher1", "dispatcher1", "dispatcher3").entrySet()) {
      assertThat(caller.as(clash.getKey()).post("/api/delegations", Map.of("delegate", clash.getValue(), "from",
          officeTime().toString(), "until", until)).status()).as("a chain: %s", clash).isEqualTo(409);
    }
    String id = caller.as("dispatcher3").get("/api/delegations").expect(200).json().path("items").get(0).path("id").asText();
    caller.as("dispatcher2").post("/api/delegations/" + id + "/end", Map.of()).expect(403);
    caller.as("dispatcher3").post("/api/delegations/" + id + "/end", Map.of()).expect(200);
    assertThat(caller.as("dispatcher2").get("/api/me").expect(200).json().path("standsIn")).isEmpty();
    caller.as("dispatcher2").post("/api/work-items/" + item + "/claim", Map.of()).expect(409);
  }

  @Test
  void aReplyTemplateIsWrittenWithFactsOfTheCaseAndSeenAsTheReporterWould() {
    String title = unique("井盖已更换");
    try (Visitor admin = new Visitor(caller, "writing a reply template", Window.DESK_ZH)) {
      Page page = admin.logsIn("/admin/replies", "admin").settled().page();
      button(page, "新增模板").click();
      Locator window = page.getByRole(AriaRole.DIALOG);
      window.getByLabel("标题", new Locator.GetByLabelOptions().setExact(true)).fill(title);
      window.locator("textarea").fill("已更换｛位置｝的井盖。");
      button(page, "保存").click();
      assertThat(window.locator(".field.wrong")).containsText("不认识“{位置}”");
      window.locator("textarea").fill("已更换井盖：");
      button(page, "地点").click();
      button(page, "〔待填写〕").click();
      assertThat(window.getByRole(AriaRole.REGION)).containsText("已更换井盖：岚漪镇东街社区〔待填写〕");
      admin.expects("422").content("a template being written");
      button(page, "保存").click();
      window.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      page.locator(".admin-search input").fill(title);
      page.locator(".admin-table .open").click();
      assertThat(window.locator("textarea")).hasValue("已更换井盖：{地点}〔待填写〕");
      button(page, "删除").click();
      button(page, "确认删除").click();
      assertThat(page.locator(".admin-table")).hasCount(0);
      admin.leavesContent();
    }
  }

  /** At the desk's own size every page is visited by {@link EveryPageTest}. */
  @ParameterizedTest
  @EnumSource(value = Window.class, names = {"PHONE_ZH", "PHONE_EN"})
  void everyPageOfAdministrationIsWholeInANarrowWindow(Window window) {
    try (Visitor admin = new Visitor(caller, "administration " + window, window)) {
      admin.logsIn("/admin/people", "admin");
      for (String page : PAGES) {
        admin.opens("/admin/" + page).drawn().content(page);
      }
      admin.leavesContent();
    }
  }

  private OffsetDateTime officeTime() {
    return OffsetDateTime.parse(caller.as("admin").get("/api/demo/clock").expect(200).json().path("now").asText());
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static FilePayload csv(String text) {
    return new FilePayload("人员.csv", "text/csv", text.getBytes(StandardCharsets.UTF_8));
  }
}

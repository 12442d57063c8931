package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/** A case from the report to its closing and the reporter's rating, by people in front of browsers, each in their place. */
@PagesApp
@ExtendWith(TimeComesBack.class)
class CaseStoryTest {

  @Autowired Caller caller;

  private Steps steps;

  @BeforeEach
  void begin() {
    steps = new Steps(caller);
    steps.suggestions();
  }

  @Test
  void aReportFromThePhoneGoesThroughEveryHandAndComesBackToItsReporter() throws IOException {
    String title = unique("东街超市门口堆物占道");
    String number;
    String code;

    try (Visitor reporter = visitor("reporter", Window.PHONE_ZH)) {
      Page page = reporter.opens("/report").page();
      page.locator("textarea").fill(title + "。行人只能走机动车道。");
      page.locator("input[type=file]").setInputFiles(photo());
      page.getByLabel("乡镇").selectOption("140929100");
      page.getByLabel("村（社区）").selectOption("140929100001");
      page.getByLabel("电话").fill("13900001111");
      page.locator(".kinds button").first().waitFor();
      reporter.content("a report filled in");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交")).click();
      page.locator(".receipt[aria-busy=false] dd").first().waitFor();
      reporter.content("a receipt");
      number = page.locator(".receipt dd").first().textContent();
      code = page.locator(".receipt dd").last().textContent();
      reporter.leavesContent();
    }
    assertThat(steps.file(number).path("attachments")).hasSize(1);

    try (Visitor dispatcher = visitor("dispatcher", Window.DESK_ZH)) {
      Page page = dispatcher.logsIn("/login", "dispatcher1").page();
      find(page, title);
      page.keyboard().press("Escape");
      page.locator(".row", new Page.LocatorOptions().setHasText(title)).focus();
      page.keyboard().press("c");
      assertThat(page.locator(".row .who")).hasText("我");
      page.keyboard().press("Enter");
      assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).hasText(title);
      // who left a number and no name can be called all the same
      assertThat(page.locator("a[href='tel:13900001111']")).isVisible();

      Locator category = page.locator("section.do .fjs-form-field-select input").first();
      category.click();
      category.pressSequentially("店外堆物");
      category.press("Enter");
      // two hours to handle it: what other tests left open does not climb the whole ladder meanwhile
      page.locator("section.do .fjs-form-field-select", new Page.LocatorOptions().setHasText("紧急程度"))
          .locator(".fjs-select-display").click();
      page.locator("section.do .fjs-dropdownlist-item", new Page.LocatorOptions().setHasText("突发")).click();
      submit(page, "受理案件");
      submit(page, "派遣案件");
      assertThat(page.locator("section.do")).hasCount(0);
      dispatcher.leavesContent();
    }
    assertThat(steps.file(number).path("stage").asText()).isEqualTo("handle");
    String unit = steps.file(number).path("unit").asText();
    String handler = unit.substring("140929-".length()) + ".handler";

    try (Visitor supervisor = visitor("supervisor", Window.DESK_ZH)) {
      Page page = supervisor.logsIn("/login", "supervisor").opens("/inbox?show=alerts").drawn().page();
      steps.past(number, "handle");
      // the deadline passes while the page is open
      Locator alert = page.locator("li", new Page.LocatorOptions().setHasText(title).setHas(
          page.getByText("超期", new Page.GetByTextOptions().setExact(true))));
      alert.first().waitFor();
      supervisor.content("an alert that turned on");
      alert.first().getByRole(AriaRole.BUTTON).first().click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("催办").setExact(true)).click();
      Locator dialog = page.getByRole(AriaRole.DIALOG);
      dialog.locator("textarea").fill("路口人多，请今天办完。");
      dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("催办").setExact(true)).click();
      dialog.waitFor(gone());
      supervisor.leavesContent();
    }

    try (Visitor phone = visitor("handler on the phone", Window.PHONE_ZH)) {
      Page page = phone.logsIn("/m", handler).opens("/m/inbox").page();
      // what the supervisor said has arrived, and leads to the case
      page.locator(".notice", new Page.LocatorOptions().setHasText("路口人多，请今天办完。")).click();
      Locator item = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("办理案件"));
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("签收")).click();
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("放回")).waitFor();
      item.locator("textarea").nth(0).fill("井盖被压碎，已设围挡。");

      // what is typed outlives the page
      page.reload();
      item.locator("textarea").nth(1).waitFor();
      assertThat(item.locator("textarea").nth(0)).hasValue("井盖被压碎，已设围挡。");

      // and what is missing is asked for at its field
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      assertThat(item.locator(".fjs-form-field-error")).containsText("必填");
      item.locator("textarea").nth(1).fill("已更换井盖并恢复路面。");
      phone.content("a form filled in");
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      Locator answer = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("答复反映人"));
      answer.locator("textarea").nth(0).fill("井盖被压碎，已设围挡。");
      answer.locator("textarea").nth(1).fill("您好！");
      answer.getByLabel("联系人和电话").fill("城管局 0350-4530000");

      // a template comes below what was typed, and what it leaves open is asked about before it is sent
      answer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("套用模板")).click();
      phone.content("templates to choose from");
      page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("垃圾已清理")).waitFor(gone());
      page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("已办结")).click();
      assertThat(answer.locator("textarea").nth(1)).hasValue("您好！\n已于〔日期〕办理完毕：〔采取的措施和结果〕。感谢您的监督与支持！");
      answer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      assertThat(answer.getByRole(AriaRole.ALERT)).containsText("还没有填写");
      phone.content("a template that leaves something open");
      page.keyboard().type("今天");
      assertThat(answer.locator("textarea").nth(1)).hasValue("您好！\n已于今天办理完毕：〔采取的措施和结果〕。感谢您的监督与支持！");
      answer.locator("textarea").nth(1).fill("已更换井盖并恢复路面。");
      answer.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      answer.waitFor(gone());
      phone.leavesContent();
    }
    assertThat(steps.file(number).path("stage").asText()).isEqualTo("verify");

    try (Visitor verifier = visitor("verifier", Window.DESK_ZH)) {
      Page page = verifier.logsIn("/login", "verifier1").opens("/cases/" + number).drawn().page();
      Locator item = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("核查结果"));
      item.getByLabel("通过", new Locator.GetByLabelOptions().setExact(true)).check();
      item.getByLabel("电话回访反映人").check();
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      item.waitFor(gone());
      verifier.leavesContent();
    }

    try (Visitor dispatcher = visitor("dispatcher closes", Window.DESK_ZH)) {
      Page page = dispatcher.logsIn("/login", "dispatcher1").opens("/cases/" + number).drawn().page();
      Locator item = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("结案").setExact(true));
      item.getByLabel("已解决", new Locator.GetByLabelOptions().setExact(true)).check();
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      item.waitFor(gone());
      dispatcher.content("a closed case");
      dispatcher.leavesContent();
    }
    assertThat(steps.file(number).path("open").asBoolean()).isFalse();

    try (Visitor reporter = visitor("reporter follows", Window.PHONE_ZH)) {
      Page page = reporter.opens("/report?number=" + number + "&code=" + code).page();
      assertThat(page.locator(".parcel")).containsText("已办理");
      page.getByLabel("5 分").check();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("提交")).first().click();
      page.locator(".good").waitFor();
      reporter.content("a report rated");
      reporter.leavesContent();
    }
    assertThat(steps.file(number).path("rating").path("satisfaction").asInt()).isEqualTo(5);
  }

  @Test
  void whatWasTypedOutlivesTheSession() {
    String title = unique("夜间施工噪音");
    steps.reported(title, Map.of());
    try (Visitor dispatcher = visitor("session ends", Window.DESK_EN)) {
      Page page = dispatcher.logsIn("/login", "dispatcher2").page();
      find(page, title);
      page.locator(".row .title a", new Page.LocatorOptions().setHasText(title)).click();
      Locator note = page.locator("section.do textarea").last();
      note.fill("called the site manager");
      page.context().clearCookies();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Claim")).click();
      page.getByText("Your session has ended.").waitFor();
      page.locator("input[name=password]").fill(Caller.DEMO_PASSWORD);
      page.locator("form.log-in button[type=submit]").click();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Release")).waitFor();
      assertThat(note).hasValue("called the site manager");
      dispatcher.leavesContent();
    }
  }

  private Visitor visitor(String name, Window window) {
    return new Visitor(caller, name, window);
  }

  private static void find(Page page, String title) {
    page.keyboard().press("/");
    page.keyboard().type(title);
    page.waitForURL("**/work?q=*");
    assertThat(page.locator(".row")).hasCount(1);
    assertThat(page.locator(".row")).containsText(title);
    page.keyboard().press("Escape");
  }

  private static void submit(Page page, String task) {
    Locator item = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(task));
    item.locator(".fjs-form textarea").first().waitFor();
    item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
    item.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
  }

  private static Locator.WaitForOptions gone() {
    return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
  }

  private static FilePayload photo() throws IOException {
    var picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", bytes);
    return new FilePayload("现场.jpg", "image/jpeg", bytes.toByteArray());
  }
}

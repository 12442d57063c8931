package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A township whistles for three departments. One comes in time, one is told on its open page that it is late, and at the
 * end the township marks them. What people do in front of a page is done there, the rest over HTTP.
 */
@PagesApp
@ExtendWith(TimeComesBack.class)
class WhistleStoryTest {

  private static final String TOWNSHIP = "140929101.handler";

  @Autowired Caller caller;

  private Steps steps;

  @BeforeEach
  void begin() {
    steps = new Steps(caller);
  }

  @Test
  void threeDepartmentsAreWhistledForOneIsLateAndAllAreMarked() {
    String title = unique("河道边违建");
    String number = steps.reported(title, Map.of("category", "0102", "area", "140929101"));
    steps.toHandling(number, "0102", "140929101");

    try (Visitor township = visitor("township whistles", Window.DESK_ZH)) {
      Page page = township.logsIn("/login", TOWNSHIP).opens("/cases/" + number).drawn().page();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("吹哨").setExact(true)).click();
      Locator form = page.getByRole(AriaRole.DIALOG).locator(".fjs-form");
      form.getByText("综合执法").click();
      // the calendar opens when it is asked for, at its field
      Locator calendar = page.locator(".flatpickr-calendar").first();
      assertThat(calendar).isHidden();
      form.locator("input.flatpickr-input").first().click();
      assertThat(calendar).isVisible();
      page.keyboard().press("Escape");
      assertThat(calendar).isHidden();
      for (String department : List.of("公安局", "水利局", "应急管理局")) {
        form.locator(".fjs-taglist-input").pressSequentially(department);
        form.locator(".fjs-dropdownlist-item").first().click();
      }
      form.locator("textarea").fill("联合拆除河道边违建");
      form.getByLabel("到场地点").fill("三井村河道桥头");
      township.content("a whistle filled in");
      page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      form.waitFor(gone());
      township.leavesContent();
    }
    String whistle = whistleOf(number);
    steps.complete("dispatcher1", whistle, "confirm", null,
        Map.of("called", List.of("140929-ga", "140929-sl", "140929-yj"), "leadDepartment", "140929-ga"));

    try (Visitor police = visitor("police arrive", Window.PHONE_ZH)) {
      steps.item(whistle, "check-in", "140929-ga");
      Page page = police.logsIn("/m", "ga.handler").opens("/m/cases/" + whistle).drawn().page();
      Locator item = item(page, "到场报到");
      item.getByLabel("到场人员").fill("张三、李四");
      item.getByLabel("经度").fill("112");
      item.getByLabel("纬度").fill("39");
      police.content("a check-in filled in");
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      item.waitFor(gone());
      police.leavesContent();
    }
    steps.complete("sl.handler", whistle, "check-in", "140929-sl", Map.of("person", "王五", "lng", 112, "lat", 39));

    try (Visitor rescue = visitor("rescue is late", Window.PHONE_ZH)) {
      Page page = rescue.logsIn("/m", "yj.handler").drawn().page();
      steps.past(whistle, "check-in");
      // it is told where it sits, without asking
      Locator alert = page.locator(".strip");
      assertThat(alert).containsText("本单位新告警");
      rescue.content("an alert that turned on");
      alert.getByRole(AriaRole.BUTTON).first().click();
      Locator item = item(page, "到场报到");
      item.getByLabel("到场人员").fill("赵六");
      item.getByLabel("经度").fill("112");
      item.getByLabel("纬度").fill("39");
      item.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      item.waitFor(gone());
      rescue.leavesContent();
    }

    for (String department : List.of("ga", "sl", "yj")) {
      steps.complete(department + ".handler", whistle, "file-result", "140929-" + department,
          Map.of("outcome", "done", "done", "按分工完成拆除和清运"));
    }
    steps.complete(TOWNSHIP, whistle, "handle-together", null, Map.of("commonResult", "违建已拆除，河道已清理", "settled", "yes"));

    steps.item(whistle, "mark", null);
    try (Visitor township = visitor("township marks", Window.DESK_ZH)) {
      Page page = township.logsIn("/login", TOWNSHIP).opens("/cases/" + whistle).drawn().page();
      Locator marks = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("评价到场部门"));
      for (int open = 3; open > 0; open--) {
        assertThat(marks).hasCount(open);
        Locator mark = marks.first();
        for (String what : List.of("到场", "配合", "效果")) {
          mark.getByLabel(what + "（1–5 分）").fill("5");
        }
        mark.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("提交")).click();
      }
      assertThat(marks).hasCount(0);
      township.content("a whistle that was marked");
      township.leavesContent();
    }
    JsonNode departments = steps.file(whistle).path("whistle").path("departments");
    assertThat(departments).hasSize(3).allMatch(d -> d.path("marks").path("result").asInt() == 5);
    assertThat(departments).filteredOn(d -> d.path("checkIn").path("late").asBoolean())
        .extracting(d -> d.path("department").asText()).containsExactly("140929-yj");
  }

  private String whistleOf(String number) {
    for (JsonNode link : steps.file(number).path("links")) {
      if (link.path("kind").asText().equals("whistle")) {
        return link.path("number").asText();
      }
    }
    throw new AssertionError("no whistle was sounded");
  }

  private Visitor visitor(String name, Window window) {
    return new Visitor(caller, name, window);
  }

  private static Locator item(Page page, String task) {
    return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(task));
  }

  private static Locator.WaitForOptions gone() {
    return new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED);
  }
}

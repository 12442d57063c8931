package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Reporting over bad lines, with bad files and quick fingers: nothing is lost, nothing is sent twice. */
@PagesApp
class ReportPagesTest {

  private static final String LAMP = "030503";
  private static final String NO_LINE = "ERR_INTERNET_DISCONNECTED";

  @Autowired Caller caller;

  @BeforeEach
  void begin() {
    new Steps(caller).suggestions();
  }
  @TempDir Path files;

  @Test
  void whoMetWithTheSameIsOfferedTheOlderReportAndJoinsItOnce() {
    String older = caller.post("/api/public/reports", Map.of("title", "甲的秘密", "description", "甲的秘密", "category", LAMP,
        "area", "140929100001", "location", Map.of("lng", 111.5808, "lat", 38.7085))).expect(201).json().path("number").asText();
    try (Visitor reporter = new Visitor(caller, "me too", Window.PHONE_EN)) {
      Page page = reporter.opens("/report").page();
      page.context().grantPermissions(List.of("geolocation"));
      page.locator("textarea").fill("路灯不亮好几天了，晚上一片黑");
      page.locator(".kinds button").first().waitFor();
      button(page, "Use my position").click();
      Locator near = page.locator(".nearby li").first();
      assertThat(near).containsText("Street lamp out");
      assertThat(near).containsText("within 100 m");
      assertThat(page.locator("select").first()).not().hasValue("");
      button(page, "Pick on the map").click();
      page.locator(".map-pin").waitFor();
      reporter.settled().content("similar reports nearby");
      near.getByRole(AriaRole.BUTTON).click();
      reporter.content("joining");
      page.locator("button[type=submit]").dblclick();
      page.locator(".receipt[aria-busy=false] dd").first().waitFor();
      reporter.content("joined");
      button(page, "Follow it").click();
      assertThat(page.locator(".parcel")).containsText("Merged");
      assertThat(page.locator("article")).not().containsText("甲的秘密");
      assertThat(page.locator("article")).containsText("In hand");
      reporter.content("following the older report");
      reporter.leavesContent();
    }
    assertThat(links(older)).as("joined once").hasSize(1);
  }

  @Test
  void aReportWithoutALineGoesByItselfLaterOnceThoughItsAnswerIsLost() throws IOException {
    String title = unique("桥栏杆断了");
    try (Visitor reporter = new Visitor(caller, "no line", Window.PHONE_ZH)) {
      reporter.expects(NO_LINE, "ERR_FAILED");
      // a phone whose clock is a day late
      reporter.page().addInitScript("{ const now = Date.now; Date.now = () => now() - 864e5 }");
      Page page = reporter.opens("/report").page();
      page.waitForFunction("() => navigator.serviceWorker.controller");
      page.locator("textarea").fill(title + "。孩子上学要走。");
      page.locator("input[type=file]").setInputFiles(new FilePayload("桥.jpg", "image/jpeg", photo()));
      page.getByLabel("乡镇").selectOption("140929100");
      Page other = page.context().newPage();
      other.navigate("/report");
      assertThat(other.locator("textarea")).hasValue(title + "。孩子上学要走。");

      page.context().setOffline(true);
      page.locator("button[type=submit]").dblclick();
      page.getByText("已保存在本机，等待发送").waitFor();
      reporter.content("waiting for the line");
      // the other tab does not offer it for sending again
      assertThat(other.locator("textarea")).hasValue("");
      other.close();
      page.reload();
      assertThat(page.locator(".outbox")).containsText(title);
      page.goBack();

      // the line comes back, and cuts off the first answer
      AtomicInteger tries = new AtomicInteger();
      page.route("**/api/public/reports", r -> {
        if (tries.incrementAndGet() == 1) {
          r.fetch();
          r.abort();
        } else {
          r.resume();
        }
      });
      page.context().setOffline(false);
      page.waitForCondition(() -> tries.get() > 0);
      button(page, "现在发送").click();
      assertThat(page.locator(".arrived, .receipt dd").first()).containsText("0");
      page.locator(".arrived").waitFor();
      reporter.content("sent by itself");
      button(page, "查看进度").click();
      assertThat(page.locator("article")).containsText(title);
      reporter.leavesContent();
    }
    JsonNode found = caller.as("dispatcher1").get("/api/cases?q=" + title).expect(200).json().path("items");
    assertThat(found).hasSize(1);
    assertThat(new Steps(caller).file(found.get(0).path("number").asText()).path("attachments")).hasSize(1);
  }

  @Test
  void whatIsNoPhotoSaysWhyAndALargeOneIsShrunk() throws IOException {
    byte[] large = Arrays.copyOf(photo(), 40 * 1024 * 1024);
    Path[] chosen = {Files.write(files.resolve("large.jpg"), large), Files.write(files.resolve("empty.jpg"), new byte[0]),
        Files.writeString(files.resolve("program.jpg"), "MZ this is a program")};
    try (Visitor reporter = new Visitor(caller, "bad photos", Window.PHONE_ZH)) {
      Page page = reporter.opens("/report").page();
      page.locator("input[type=file]").setInputFiles(chosen);
      page.locator(".picker .trouble").nth(1).waitFor();
      assertThat(page.locator(".picker")).containsText("empty.jpg 是空文件");
      assertThat(page.locator(".picker")).containsText("program.jpg 不是照片");
      reporter.settled().content("bad photos");
      page.locator("textarea").fill(unique("广场地砖碎了"));
      page.getByLabel("乡镇").selectOption("140929100");
      button(page, "提交").click();
      page.locator(".receipt[aria-busy=false] dd").first().waitFor();
      assertThat(page.locator(".receipt .trouble")).hasCount(0);
      String number = page.locator(".receipt dd").first().textContent();
      JsonNode attachments = new Steps(caller).file(number).path("attachments");
      assertThat(attachments).hasSize(1);
      assertThat(attachments.get(0).path("size").asInt()).isLessThan(2_000_000);
      // back leads to an empty form, not to a second report
      page.goBack();
      assertThat(page.locator("textarea")).hasValue("");
      reporter.leavesContent();
    }
  }

  @Test
  void aGridWorkerReportsFromTheStreetWithTheirGridChosen() throws IOException {
    String title = unique("垃圾桶满了");
    try (Visitor worker = new Visitor(caller, "grid worker", Window.PHONE_ZH)) {
      Page page = worker.logsIn("/m/login", "14092910000101.handler").drawn().page();
      page.locator("nav").getByText("上报").click();
      page.locator("input[type=file]").setInputFiles(new FilePayload("桶.jpg", "image/jpeg", photo()));
      page.locator("textarea").fill(title);
      page.locator(".kinds button").nth(1).waitFor();
      page.locator(".kinds button").first().click();
      worker.settled().content("a patrol report");
      page.locator("button.send").dblclick();
      page.locator(".sent a").waitFor();
      assertThat(page.locator(".sent li")).hasCount(1);
      assertThat(page.locator("textarea")).hasValue("");
      worker.content("a patrol report sent");
      page.waitForFunction("() => !document.querySelector('.sent .waits') && !document.querySelector('.sent button')");
      page.locator(".sent a").click();
      assertThat(page.locator("h1")).containsText(title);
      worker.leavesContent();
    }
    JsonNode found = caller.as("dispatcher1").get("/api/cases?q=" + title).expect(200).json().path("items");
    assertThat(found).hasSize(1);
    JsonNode file = new Steps(caller).file(found.get(0).path("number").asText());
    assertThat(file.path("channel").asText()).isEqualTo("grid-worker");
    assertThat(file.path("area").asText()).isEqualTo("14092910000101");
    assertThat(file.path("attachments")).hasSize(1);
  }

  @Test
  void photosOfAFormOutliveAReloadAndACutLineAndAreSentOnceEach() throws IOException {
    Steps steps = new Steps(caller);
    String number = steps.reported(unique("井盖丢失"), Map.of());
    String unit = steps.toHandling(number, "010203", "140929100001");
    String handler = unit.startsWith("140929-") ? unit.substring("140929-".length()) + ".handler" : unit + ".handler";
    try (Visitor phone = new Visitor(caller, "photos of a form", Window.PHONE_ZH)) {
      phone.expects("ERR_FAILED");
      Page page = phone.logsIn("/m/login", handler).opens("/m/cases/" + number).drawn().page();
      Locator item = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("办理案件"));
      item.locator("input[type=file]").nth(0).setInputFiles(new FilePayload[] {
        new FilePayload("前1.jpg", "image/jpeg", photo()), new FilePayload("前2.jpg", "image/jpeg", photo())});
      item.locator("input[type=file]").nth(1).setInputFiles(new FilePayload("后.jpg", "image/jpeg", photo()));
      item.locator("textarea").nth(0).fill("井盖被压碎，已设围挡。");
      item.locator("textarea").nth(1).fill("已更换井盖。");
      assertThat(item.locator(".picker img")).hasCount(3);
      phone.settled();
      page.reload();
      assertThat(item.locator(".picker img")).hasCount(3);
      phone.content("photos in a form");
      AtomicInteger sent = new AtomicInteger();
      page.route("**/attachments", r -> {
        if (sent.incrementAndGet() == 2) {
          r.abort();
        } else {
          r.resume();
        }
      });
      button(item, "提交").click();
      assertThat(item.locator(".trouble").first()).containsText("没有连上服务器");
      button(item, "提交").click();
      item.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
      assertThat(sent.get()).as("three photos, one of them twice").isEqualTo(4);
      phone.leavesContent();
    }
    assertThat(steps.file(number).path("attachments").findValuesAsText("kind")).containsExactlyInAnyOrder("before", "before", "after");
  }

  private List<JsonNode> links(String number) {
    return new Steps(caller).file(number).path("links").findParents("kind");
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).first();
  }

  private static Locator button(Locator within, String name) {
    return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name)).first();
  }

  private static byte[] photo() throws IOException {
    var picture = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
    picture.createGraphics().setPaint(Color.ORANGE);
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpg", bytes);
    return bytes.toByteArray();
  }
}

package org.closedloop.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.closedloop.pages.Steps.unique;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.closedloop.Caller;
import org.closedloop.pages.Visitor.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What somebody writes is shown as written and never run: the texts of {@code xss.txt} in everything that people fill in,
 * and, on every page there is, in every name, label and text that an answer of the API carries, as though the county had
 * named its areas, units, people, steps and forms like that.
 */
@PagesApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextTest {

  private static final Path TEXTS = Path.of("src/test/resources/xss.txt");
  /** What the pages show to people; keys, codes, times and addresses are the product's own. */
  private static final Set<String> SHOWN = Set.of("name", "nameEn", "title", "titleEn", "label", "description", "text",
      "caseTitle", "assigneeName", "officialName", "note", "why", "whyEn", "reason", "comment", "publicText", "matter",
      "where", "remark", "acknowledgedNote", "explanation", "parentName", "unitName", "areaName", "contact", "phone");
  private static final Pattern API = Pattern.compile(".*/api/(?!alerts/stream|attachments/).*");

  @Autowired Caller caller;

  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger turn = new AtomicInteger();
  private List<String> texts;
  private Steps steps;
  private String number;
  private String code;
  private String title;
  private String all;

  @BeforeAll
  void aCaseFullOfThem() throws IOException {
    EveryPost.enters(caller);
    steps = new Steps(caller);
    texts = Files.readAllLines(TEXTS);
    assertThat(texts).hasSizeGreaterThanOrEqualTo(60).doesNotHaveDuplicates();
    all = String.join(" ", texts.subList(0, 30));
    String rest = String.join(" ", texts.subList(30, texts.size()));
    title = unique("<img src=x onerror=__xss()>");
    JsonNode report = caller.post("/api/public/reports", Map.of("title", title, "description", all, "area", "140929100001",
        "reporter", Map.of("name", "<svg/onload=__xss()>", "phone", "13900001111"))).expect(201).json();
    number = report.path("number").asText();
    code = report.path("trackingCode").asText();
    caller.post("/api/public/reports/" + number + "/supplement", Map.of("code", code, "text", rest));
    String unit = steps.toHandling(number, "010203", "140929100001");
    String handler = unit.substring("140929-".length()) + ".handler";
    caller.as("supervisor").post("/api/cases/" + number + "/urge", Map.of("note", texts.get(2))).expect(200);
    steps.complete(handler, number, "handle", null, Map.of("found", all, "done", rest, "result", "solved"));
    steps.complete(handler, number, "feedback", null, Map.of("found", all, "done", rest, "contact", texts.get(11)));
    caller.post("/api/public/reports/" + number + "/rating", Map.of("code", code, "satisfaction", 2, "comment", texts.get(3)));
  }

  @AfterAll
  void leave() {
    EveryPost.leaves(caller);
  }

  @Test
  void whatPeopleWroteIsShownAsTheyWroteItAtTheDesk() {
    try (Visitor reader = reader("hostile texts at the desk", Window.DESK_ZH)) {
      Page page = reader.logsIn("/login", "supervisor").page();
      reader.opens("/cases/" + number).drawn();
      page.locator(".timeline li").first().waitFor();
      assertThat(page.locator("h1")).hasText(title);
      assertThat(page.locator("body")).containsText(all);
      assertThat(page.locator(".timeline")).containsText(texts.get(11));
      harmless(reader, "case");
      reader.opens("/work?scope=all&q=" + number).drawn();
      harmless(reader, "list");
      reader.leavesContent();
    }
  }

  @Test
  void whatPeopleWroteIsShownAsTheyWroteItToTheReporter() {
    try (Visitor reader = reader("hostile texts for the reporter", Window.PHONE_ZH)) {
      Page page = reader.opens("/report").page();
      // the name of a file is a text like any other
      byte[] notAPhoto = {(byte) 0xff, (byte) 0xd8, 1, 2, 3};
      APIResponse refused = page.request().post("/api/public/reports/" + number + "/attachments?code=" + code,
          RequestOptions.create().setMultipart(FormData.create().set("file",
              new FilePayload(texts.get(2) + ".jpg", "image/jpeg", notAPhoto))));
      assertThat(refused.status()).isBetween(400, 499);
      page.locator("input[type=file]").first().setInputFiles(new FilePayload("<img src=x onerror=__xss()>.jpg", "image/jpeg",
          notAPhoto));
      reader.opens("/report?number=" + number + "&code=" + code);
      page.getByText(title).first().waitFor();
      assertThat(page.locator("main")).containsText(texts.get(29));
      harmless(reader, "tracking");
      reader.leavesContent();
    }
  }

  @ParameterizedTest
  @EnumSource(value = Window.class, names = {"DESK_ZH", "PHONE_EN"})
  void whateverTheCountyCallsThingsNoPageRunsIt(Window window) throws IOException {
    String app = window.phone() ? "/m" : "";
    try (Visitor reader = reader("hostile names " + window, window)) {
      reader.logsIn(app + "/login", EveryPost.USERNAME, EveryPost.PASSWORD);
      reader.page().route(API, this::poisoned);
      List<String> addresses = new ArrayList<>();
      for (String address : Routes.of(window.phone() ? "pocket" : "desk", Map.of("number", number))) {
        addresses.add(app + address);
      }
      addresses.addAll(List.of(app + "/inbox?show=alerts", "/report", "/report?number=" + number + "&code=" + code));
      for (String address : addresses) {
        reader.opens(address).drawn();
        harmless(reader, address);
      }
      assertThat(turn).as("texts that the answers carried").hasValueGreaterThan(texts.size());
      reader.leavesContent();
    }
  }

  private Visitor reader(String name, Window window) {
    Visitor reader = new Visitor(caller, name, window);
    reader.page().addInitScript("""
        window.__ran = []
        window.__xss = () => window.__ran.push('a text was run')
        for (const says of ['alert', 'confirm', 'prompt']) {
          window[says] = () => window.__ran.push(says)
        }
        document.addEventListener('securitypolicyviolation', e => {
          // what the trace reads is not what the page does
          if (!(e.violatedDirective === 'connect-src' && e.blockedURI.startsWith('blob'))) {
            window.__ran.push('policy: ' + e.violatedDirective)
          }
        })""");
    return reader;
  }

  /** Nothing ran, nothing was asked of anybody else, and nothing that could run later stands in the page. */
  private static void harmless(Visitor reader, String where) {
    reader.isQuiet(where);
    Object found = reader.page().evaluate("""
        () => window.__ran.concat([...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
            .filter(a => a.name.startsWith('on') || /^\\s*(javascript|data:text)/i.test(a.value) && /href|src|action|data/.test(a.name))
            .map(a => e.tagName + ' ' + a.name + '=' + a.value)),
          [...document.querySelectorAll('iframe, object, embed, base, marquee, meta[http-equiv=refresh]')].map(e => e.outerHTML),
          [...document.querySelectorAll('body script:not([src])')].map(e => e.outerHTML))""");
    assertThat((List<?>) found).as(where).isEmpty();
  }

  /** The answer of the server with another of the texts before each that people would read. */
  private void poisoned(Route route) {
    APIResponse answer = route.fetch();
    String type = answer.headers().getOrDefault("content-type", "");
    if (!type.contains("json")) {
      route.fulfill(new Route.FulfillOptions().setResponse(answer));
      return;
    }
    try {
      JsonNode body = json.readTree(answer.body());
      poison(body);
      route.fulfill(new Route.FulfillOptions().setResponse(answer).setBodyBytes(json.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      route.fulfill(new Route.FulfillOptions().setResponse(answer));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void poison(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> e : List.copyOf(object.properties())) {
        if (e.getValue().isTextual() && SHOWN.contains(e.getKey())) {
          object.put(e.getKey(), texts.get(turn.getAndIncrement() % texts.size()) + e.getValue().asText());
        } else {
          poison(e.getValue());
        }
      }
    } else if (node instanceof ArrayNode array) {
      array.forEach(this::poison);
    }
  }
}

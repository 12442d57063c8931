package org.closedloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.closedloop.Caller.Answer;
import org.closedloop.alert.Alerts;
import org.closedloop.alert.Level;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Walks every route of the running application as every kind of person, looking for facts of cases that this person may
 * not see: in the body of any answer, to any method. The routes come from the application, so a new one is walked the
 * day it is written; who may see what is written down here by hand, and not asked from the product.
 */
@LiveApp
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakWalkTest {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)[^}]*}");
  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final String CATEGORY = "0101";

  /** A case with words that stand nowhere else. */
  private record Marked(String number, String trackingCode, Set<String> facts, Set<String> reporter,
      Set<String> items, Set<String> attachments) {}

  /** A kind of person: the cases seen, and those whose reporter is seen. */
  private record Role(String username, Set<String> cases, Set<String> reporters) {}

  @Autowired private Caller caller;
  @Autowired private JdbcClient database;
  @Autowired private Alerts alerts;
  @Autowired private RequestMappingHandlerMapping requestMappingHandlerMapping;

  private final Map<String, Marked> cases = new HashMap<>();
  private final List<Role> roles = new ArrayList<>();
  private int addresses;

  @BeforeAll
  void threeCasesInTwoTownshipsWithTwoDepartments() throws Exception {
    cases.put("east", dispatched(report("140929100001"), "140929-ga"));
    cases.put("west", dispatched(report("140929101200"), "140929-zrzy"));
    cases.put("new", withItems(report("14092910000101")));

    var all = Set.of("east", "west", "new");
    roles.add(new Role(null, Set.of(), Set.of()));
    roles.add(new Role("dispatcher1", all, all));
    roles.add(new Role("verifier1", all, all));
    roles.add(new Role("dutyleader", all, all));
    roles.add(new Role("countyleader", all, Set.of()));
    roles.add(new Role("supervisor", all, Set.of()));
    roles.add(new Role("designer", Set.of(), Set.of()));
    roles.add(new Role("admin", Set.of(), Set.of()));
    roles.add(new Role("ga.handler", Set.of("east"), Set.of("east")));
    roles.add(new Role("ga.leader", Set.of("east"), Set.of()));
    roles.add(new Role("zrzy.handler", Set.of("west"), Set.of("west")));
    roles.add(new Role("sl.handler", Set.of(), Set.of()));
    roles.add(new Role("140929100.handler", Set.of("east", "new"), Set.of()));
    roles.add(new Role("140929100.leader", Set.of("east", "new"), Set.of()));
    roles.add(new Role("140929100-zf.handler", Set.of("east", "new"), Set.of()));
    roles.add(new Role("140929101.handler", Set.of("west"), Set.of()));
    roles.add(new Role("140929102.handler", Set.of(), Set.of()));
    roles.add(new Role("140929100001.handler", Set.of("east", "new"), Set.of()));
    roles.add(new Role("14092910000101.handler", Set.of("new"), Set.of()));
    roles.add(new Role("14092910000102.handler", Set.of(), Set.of()));
    roles.add(new Role("140929101201.handler", Set.of(), Set.of()));
  }

  @Test
  void everybodySeesTheirCasesAndTheirReporters() {
    for (var role : roles) {
      for (var marked : cases.entrySet()) {
        var answer = as(role).get("/api/cases/" + marked.getValue().number());
        boolean may = role.cases().contains(marked.getKey());
        assertThat(answer.status()).as(role + " reads " + marked.getKey())
            .isEqualTo(may ? 200 : role.username() == null ? 401 : 404);
        assertThat(containsAny(answer.text(), marked.getValue().facts())).as(role + " reads " + marked.getKey())
            .isEqualTo(may);
        assertThat(containsAny(answer.text(), marked.getValue().reporter())).as(role + " and who reported "
            + marked.getKey()).isEqualTo(role.reporters().contains(marked.getKey()));
      }
      if (role.username() != null) {
        var list = as(role).get("/api/cases?limit=200&q=" + run).expect(200).json().path("items");
        var found = new TreeSet<String>();
        list.forEach(c -> found.add(c.path("number").asText()));
        assertThat(found).as(role + " lists").isEqualTo(new TreeSet<>(role.cases().stream()
            .map(c -> cases.get(c).number()).toList()));
      }
    }
  }

  @Test
  void noRouteTellsAnybodyAboutACaseThatIsNotTheirs() {
    var leaks = new ArrayList<String>();
    int walked = 0;
    for (var route : routes()) {
      for (var role : roles) {
        for (var request : route.requests(role, this)) {
          var answer = as(role).send(route.method(), request.path(), BodyPublishers.ofString(request.body()),
              CHANGING.contains(route.method()) ? "application/json" : null);
          walked++;
          leaks.addAll(leaks(role, route.method() + " " + request.path(), answer));
        }
      }
    }
    assertThat(leaks).isEmpty();
    assertThat(walked).isGreaterThan(1000);
  }

  @Test
  void whoSeesNoCaseCountsNone() {
    for (var blind : List.of("designer", "admin")) {
      var items = caller.as(blind).get("/api/work-items?scope=all").expect(200).json();
      items.path("counts").forEach(n -> assertThat(n.asInt()).as(blind).isZero());
      assertThat(caller.as(blind).get("/api/cases").expect(200).json().path("items")).isEmpty();
      assertThat(caller.as(blind).get("/api/deadlines").expect(200).json().path("items")).isEmpty();
    }
  }

  @Test
  void manyItemsAtOnceAreRefusedOneByOneWithoutAWordAboutThem() {
    for (var role : roles.stream().filter(r -> r.username() != null).toList()) {
      var foreign = cases.entrySet().stream().filter(c -> !role.cases().contains(c.getKey()))
          .flatMap(c -> c.getValue().items().stream()).toList();
      if (!foreign.isEmpty()) {
        var answer = as(role).post("/api/work-items/complete", Map.of("ids", foreign, "answers", Map.of()));
        assertThat(leaks(role, "POST /api/work-items/complete", answer)).isEmpty();
        answer.json().path("results").forEach(r -> assertThat(r.path("status").asInt()).isEqualTo(404));
      }
    }
  }

  // ---- what is walked

  private record Request(String path, String body) {}

  private record Route(String method, String pattern, Set<String> parameters) {

    /** The route with everything that could name a case put into it; what changes something is aimed at others' only. */
    List<Request> requests(Role role, LeakWalkTest walk) {
      var paths = new ArrayList<>(List.of(pattern));
      for (var m = VARIABLE.matcher(pattern); m.find();) {
        String variable = m.group(1);
        paths = new ArrayList<>(paths.stream().flatMap(p -> walk.values(this, role, variable).stream()
            .map(v -> p.replaceFirst(VARIABLE.pattern(), v))).toList());
      }
      if (CHANGING.contains(method)) {
        return paths.stream().map(p -> new Request(p, "{}")).toList();
      }
      return paths.stream().flatMap(p -> walk.queries(parameters).map(q -> new Request(p + q, ""))).toList();
    }
  }

  private List<Route> routes() {
    var routes = new ArrayList<Route>();
    requestMappingHandlerMapping.getHandlerMethods().forEach((info, handler) -> {
      // a stream never ends: it needs a walk of its own, and this is where the next one is noticed
      if (info.getProducesCondition().getProducibleMediaTypes().stream().anyMatch(t -> t.getSubtype().contains("stream"))) {
        assertThat(info.getPatternValues()).as("walked by AlertStreamTest").containsExactly("/api/alerts/stream");
        return;
      }
      for (var method : methods(info)) {
        info.getPatternValues().forEach(p -> routes.add(new Route(method, p, parameters(handler))));
      }
    });
    return routes;
  }

  private static Set<String> methods(RequestMappingInfo info) {
    var methods = new TreeSet<String>();
    info.getMethodsCondition().getMethods().forEach(m -> methods.add(m.name()));
    return methods.isEmpty() ? Set.of("GET", "POST") : methods;
  }

  private static Set<String> parameters(HandlerMethod handler) {
    var names = new HashSet<String>();
    for (var p : handler.getMethod().getParameters()) {
      var declared = p.getAnnotation(RequestParam.class);
      if (declared != null) {
        names.add(declared.name().isEmpty() ? p.getName() : declared.name());
      }
    }
    return names;
  }

  /** Every number and id of the marked cases, and what else a variable of that name could be. */
  private List<String> values(Route route, Role role, String variable) {
    boolean changing = CHANGING.contains(route.method());
    var concerned = cases.entrySet().stream().filter(c -> !changing || !role.cases().contains(c.getKey()))
        .map(Map.Entry::getValue).toList();
    return switch (variable) {
      case "number" -> concerned.stream().map(Marked::number).toList();
      case "id" -> concerned.stream().flatMap(c -> Stream.concat(c.items().stream(), c.attachments().stream()))
          .toList();
      case "action" -> List.of("return", "request-extension", "request-suspension", "withdraw", "merge", "nothing");
      case "username" -> changing ? List.of("nobody-at-all") : List.of("nobody-at-all", "ga.handler");
      default -> List.of("x");
    };
  }

  /** The bare route, and with each parameter it knows, the values that could draw something out. */
  private Stream<String> queries(Set<String> parameters) {
    var east = cases.get("east");
    var tempting = new HashMap<String, List<String>>();
    tempting.put("scope", List.of("mine", "unit", "all"));
    tempting.put("q", Stream.concat(Stream.of(run), cases.values().stream().flatMap(c -> c.reporter().stream())).toList());
    tempting.put("kind", List.of("officials", "units", "areas", "stage"));
    tempting.put("unit", List.of("140929-ga", "140929-cc", "140929101"));
    tempting.put("area", List.of("140929", "140929100", "140929101"));
    tempting.put("code", List.of("AAAAAAAAAA"));
    tempting.put("case", cases.values().stream().map(Marked::number).toList());
    tempting.put("bbox", List.of("110,38,112,40"));
    tempting.put("month", List.of("2026-01"));
    tempting.put("title", List.of(east.facts().iterator().next()));
    tempting.put("limit", List.of("200"));
    // files as text, or nothing could be found in them
    String all = parameters.contains("format") ? "&format=csv" : parameters.contains("limit") ? "&limit=200" : "";
    return Stream.concat(Stream.of(all.replace('&', '?')), tempting.entrySet().stream()
        .filter(t -> parameters.contains(t.getKey()))
        .flatMap(t -> t.getValue().stream().map(v -> "?" + t.getKey() + "=" + v
            + (parameters.contains("scope") && !t.getKey().equals("scope") ? "&scope=all" : "")
            + (t.getKey().equals("limit") ? "" : all))));
  }

  /** What this answer tells this person that it must not. A number in the address was the caller's own word. */
  private List<String> leaks(Role role, String request, Answer answer) {
    var leaks = new ArrayList<String>();
    String text = answer.text();
    String path = request.split("\\?")[0];
    if (answer.status() >= 500) {
      leaks.add(role.username() + " gets " + answer.status() + " by " + request);
    }
    cases.forEach((name, c) -> {
      boolean named = Stream.concat(Stream.of(c.number()), Stream.concat(c.items().stream(), c.attachments().stream()))
          .anyMatch(path::contains);
      if (!role.cases().contains(name)) {
        c.facts().stream().filter(f -> text.contains(f) && !request.contains(f)).forEach(f -> leaks.add(
            role.username() + " learns " + f + " of " + name + " by " + request));
        if (!request.contains(c.number()) && text.contains(c.number())) {
          leaks.add(role.username() + " learns the number of " + name + " by " + request);
        }
        if (!named && request.contains(c.number()) && answer.status() < 300 && countsSomething(answer)) {
          leaks.add(role.username() + " learns that there is something of " + name + " by " + request);
        }
        if (named && answer.status() < 300) {
          leaks.add(role.username() + " gets " + answer.status() + " for " + name + " by " + request);
        }
      }
      if (!role.reporters().contains(name)) {
        c.reporter().stream().filter(f -> text.contains(f) && !request.contains(f)).forEach(f -> leaks.add(
            role.username() + " learns who reported " + name + " by " + request));
        if (c.reporter().stream().anyMatch(request::contains) && text.contains(c.number())) {
          leaks.add(role.username() + " finds " + name + " by its reporter by " + request);
        }
      }
    });
    return leaks;
  }

  private static boolean countsSomething(Answer answer) {
    if (answer.header("Content-Type").startsWith("text/csv")) {
      return answer.text().lines().count() > 1;
    }
    JsonNode list = answer.json();
    var counts = new ArrayList<Integer>(List.of(list.path("items").size()));
    list.path("counts").forEach(n -> counts.add(n.asInt()));
    return counts.stream().anyMatch(n -> n > 0);
  }

  // ---- the cases

  private final String run = UUID.randomUUID().toString().substring(0, 8);

  private Marked report(String area) {
    String mark = run + "-" + cases.size();
    String name = "甲" + UUID.randomUUID().toString().substring(0, 8);
    String phone = "139" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);
    var opened = caller.as("dispatcher1").post("/api/cases", Map.of("title", "题目" + mark, "description",
        "正文" + mark, "area", area, "channel", "12345", "reporter", Map.of("name", name, "phone", phone),
        "location", Map.of("lng", 111.5, "lat", 38.7))).expect(201).json();
    return new Marked(opened.path("number").asText(), opened.path("trackingCode").asText(),
        Set.of("题目" + mark, "正文" + mark, opened.path("trackingCode").asText()), Set.of(name, phone), Set.of(),
        Set.of());
  }

  private Marked dispatched(Marked reported, String unit) {
    String mark = reported.facts().stream().filter(f -> f.startsWith("题目")).findFirst().orElseThrow().substring(2);
    var area = read(reported).path("area").asText();
    complete(reported, "accept", Map.of("accepted", "accept", "category", CATEGORY, "area", area, "urgency",
        "ordinary", "note", "批注" + mark));
    assertThat(read(reported).path("stage").asText()).isEqualTo("dispatch");
    complete(reported, "dispatch", Map.of("leadUnit", unit, "overrideReason", "按现场情况改派", "urgency", "ordinary",
        "instructions", "要求" + mark));
    assertThat(read(reported).path("unit").asText()).isEqualTo(unit);
    var facts = new HashSet<>(reported.facts());
    facts.addAll(Set.of("批注" + mark, "要求" + mark));
    return withItems(new Marked(reported.number(), reported.trackingCode(), facts, reported.reporter(), Set.of(),
        Set.of()));
  }

  private Marked withItems(Marked marked) {
    var items = new HashSet<>(database.sql("select item_id from work_item where case_number = ?")
        .param(marked.number()).query(String.class).list());
    assertThat(items).isNotEmpty();
    alerted(marked.number());
    return new Marked(marked.number(), marked.trackingCode(), marked.facts(), marked.reporter(), items,
        Set.of(attach(marked.number())));
  }

  /** An alert for every clock of the case, as the ladder raises them; shown as soon as a sweep has placed them. */
  private void alerted(String number) {
    database.sql("select id from clock where case_number = ? and ended_at is null").param(number).query(Long.class)
        .list().forEach(clock -> assertThat(alerts.raise(Level.ORDER, clock, null)).isTrue());
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() ->
        !caller.as("dispatcher1").get("/api/alerts?case=" + number).json().path("items").isEmpty());
  }

  /** A picture at the case; its id must open nothing for strangers. */
  private String attach(String number) {
    byte[] picture;
    try (var out = new java.io.ByteArrayOutputStream()) {
      javax.imageio.ImageIO.write(new java.awt.image.BufferedImage(40, 30, java.awt.image.BufferedImage.TYPE_INT_RGB),
          "png", out);
      picture = out.toByteArray();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    String boundary = "----" + run;
    var body = List.of(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nevidence\r\n--"
        + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
        + "Content-Type: image/png\r\n\r\n").getBytes(), picture, ("\r\n--" + boundary + "--\r\n").getBytes());
    return caller.as("dispatcher1").send("POST", "/api/cases/" + number + "/attachments",
        BodyPublishers.ofByteArrays(body), "multipart/form-data; boundary=" + boundary).expect(201).json()
        .path("id").asText();
  }

  private JsonNode read(Marked marked) {
    return caller.as("dispatcher1").get("/api/cases/" + marked.number()).expect(200).json();
  }

  private void complete(Marked marked, String task, Map<String, Object> answers) {
    for (var item : read(marked).path("openItems")) {
      if (item.path("task").asText().equals(task)) {
        caller.as("dispatcher1").post("/api/work-items/" + item.path("id").asText() + "/complete",
            Map.of("answers", answers)).expect(200);
        return;
      }
    }
    throw new AssertionError("no open item " + task);
  }

  /** From another place each time: the walk tries the route that changes a password, too, which counts failures. */
  private Caller as(Role role) {
    Caller from = caller.with("X-Forwarded-For", "10.77." + addresses / 250 % 250 + "." + addresses++ % 250);
    return role.username() == null ? from : from.as(role.username());
  }

  private static boolean containsAny(String text, Set<String> words) {
    return words.stream().anyMatch(text::contains);
  }
}

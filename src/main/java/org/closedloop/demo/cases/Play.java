package org.closedloop.demo.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.closedloop.demo.cases.Course.Step;
import org.closedloop.replay.Api;
import org.closedloop.replay.Api.Account;

/** Does the steps of matters through the API, each as the official or reporter who would do it. */
final class Play {

  private static final long WAIT_MILLIS = 10_000;
  private static final long PAUSE_MILLIS = 100;
  private static final int REVIEW_DAYS = 30;
  /** Where a returned case goes instead: to urban management, and from there to housing. */
  private static final String OTHER = "140929-cg";
  private static final String OTHER_STILL = "140929-zj";

  private static final String COUNTY = "140929-";
  /** Degrees of longitude: some thirty metres. */
  private static final double STEPS_AWAY = 0.0004;

  private final Api api;
  private final Supplier<LocalDate> today;
  private final Map<String, Account> handlers = new HashMap<>();
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Filed> filed = new ConcurrentHashMap<>();

  /** Whom each matter's whistle calls. */
  private final Map<String, List<String>> called = new ConcurrentHashMap<>();

  private record Filed(String number, String code) {}

  Play(Api api, Supplier<LocalDate> today) {
    this.api = api;
    this.today = today;
    for (JsonNode a : api.mustGet(null, "/api/public/demo-accounts")) {
      Account account = new Account(a.get("username").asText(), a.get("password").asText());
      accounts.put(account.username(), account);
      a.get("posts").forEach(p -> {
        if (p.asText().equals("handler")) {
          handlers.putIfAbsent(a.get("unit").get("code").asText(), account);
        }
      });
    }
  }

  /** Whether the county has none yet. */
  boolean noCases() {
    return api.mustGet(accounts.get("dispatcher1"), "/api/cases?limit=1").get("items").isEmpty();
  }

  private Account dispatcher(Matter m) {
    return accounts.get("dispatcher" + (1 + Math.floorMod(m.id().hashCode(), 3)));
  }

  private Account verifier(Matter m) {
    return accounts.get("verifier" + (1 + Math.floorMod(m.id().hashCode(), 3)));
  }

  /** @throws Api.Refused when the server does not do it */
  void step(Matter m, Step s) {
    switch (s.word()) {
      case "report" -> report(m);
      case "accept" -> complete(dispatcher(m), m, "accept", accept(m, "accept", Map.of()));
      case "ask" -> complete(dispatcher(m), m, "accept", accept(m, "ask", Map.of("missing", "请补充事情发生的具体地点、时间和经过。")));
      case "refuse" -> complete(dispatcher(m), m, "accept", accept(m, "refuse",
          Map.of("refusal", s.argument(), "refusalText", refusal(s.argument()))));
      case "supplement" -> asReporter(m, "supplement", Map.of("text", "补充地点：" + m.place() + "，欢迎电话联系。"));
      case "claim" -> claim(m);
      case "dispatch" -> dispatch(m);
      case "handle" -> complete(handler(m), m, "handle", Map.of("found", m.found(), "done", m.done(), "result", "solved"));
      case "feedback" -> complete(handler(m), m, "feedback",
          Map.of("found", m.found(), "done", m.done(), "contact", "主办单位值班室 0350-0000000"));
      case "verify" -> complete(verifier(m), m, "verify",
          Map.of("verified", "pass", "method", "call", "note", "电话回访，反映人认可处理结果。"));
      case "fail" -> complete(verifier(m), m, "verify",
          Map.of("verified", "fail", "method", "call", "failReason", "电话回访，反映人说问题还在，需要返工。"));
      case "close" -> complete(dispatcher(m), m, "close", Map.of("result", "solved"));
      case "return" -> act(handler(m), m, "return",
          Map.of("reason", "not-our-duty", "explanation", "经核对权责清单，该事项由其他单位负责，申请退单。"));
      case "return-ok" -> complete(dispatcher(m), m, "decide-return", Map.of("returnAccepted", "yes"));
      case "extension" -> act(handler(m), m, "request-extension",
          Map.of("amount", 2, "unit", "WORKING_DAYS", "reason", "所需配件从外地调运，两个工作日后到货。"));
      case "extension-ok" -> complete(accounts.get("dutyleader"), m, "decide-extension",
          Map.of("extensionApproved", "yes", "grantedAmount", 2, "grantedUnit", "WORKING_DAYS"));
      case "suspension" -> act(handler(m), m, "request-suspension", Map.of("reason", s.argument(), "reviewDate",
          today.get().plusDays(REVIEW_DAYS).toString(), "explanation", suspension(s.argument())));
      case "suspension-ok" -> complete(accounts.get("dutyleader"), m, "decide-suspension",
          Map.of("suspensionApproved", "yes"));
      case "merge" -> act(dispatcher(m), m, "merge",
          Map.of("mergeInto", filed.get(s.argument()).number(), "reason", "与主件反映的是同一件事。"));
      case "withdraw" -> act(dispatcher(m), m, "withdraw", Map.of("reason", "反映人来电要求撤回。"));
      case "whistle" -> whistle(m, s.argument().split("/"));
      case "confirm" -> complete(dispatcher(m), whistleOf(m), "confirm", Map.of("called", called.get(m.id())));
      case "check-in" -> checkIn(m, s.argument());
      case "result" -> completeOf(s.argument(), m, "file-result",
          Map.of("outcome", "done", "done", "已按联合处置分工办理完毕。"));
      case "together" -> complete(handlers.get(m.area()), whistleOf(m), "handle-together",
          Map.of("commonResult", m.done(), "settled", "yes"));
      case "mark" -> complete(handlers.get(m.area()), whistleOf(m), "mark", Map.of("arrival",
          Integer.parseInt(s.argument()), "effort", 4, "result", 4, "remark", "配合到位。"));
      case "rate" -> asReporter(m, "rating", Map.of("solved", Integer.parseInt(s.argument()) > 2, "satisfaction",
          Integer.parseInt(s.argument())));
      case "reopen" -> asReporter(m, "reopen", Map.of("reason", "问题又出现了，请再处理一次。"));
      default -> throw new IllegalStateException("no step is called " + s.word());
    }
  }

  private void report(Matter m) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("title", m.title());
    body.put("description", m.description());
    body.put("category", m.category());
    body.put("area", m.area());
    body.put("location", Map.of("lng", m.lng(), "lat", m.lat()));
    body.put("channel", m.channel());
    body.put("urgency", m.urgency());
    body.put("reporter", m.reporter().isEmpty() ? Map.of("anonymous", true)
        : Map.of("name", m.reporter(), "phone", m.phone()));
    if (!m.place().isEmpty()) {
      body.put("answers", Map.of("landmark", m.place()));
    }
    JsonNode opened = m.byCitizen() ? api.mustPost(null, "/api/public/reports", body, null)
        : api.mustPost(dispatcher(m), "/api/cases", body, null);
    filed.put(m.id(), new Filed(opened.get("number").asText(), opened.get("trackingCode").asText()));
  }

  /** The township whistles from its case: {@code <kind>/<department>/…}; what follows is done in the whistle's own case. */
  private void whistle(Matter m, String[] kindAndDepartments) {
    List<String> departments = Arrays.stream(kindAndDepartments).skip(1).map(d -> COUNTY + d).toList();
    called.put(m.id(), departments);
    act(handlers.get(m.area()), m, "blow-whistle", Map.of("kind", kindAndDepartments[0], "called", departments,
        "leadDepartment", departments.get(0), "matter", m.description(), "where", m.place()));
    for (JsonNode link : api.mustGet(accounts.get("dispatcher1"), "/api/cases/" + filed.get(m.id()).number())
        .get("links")) {
      if (link.get("kind").asText().equals("whistle")) {
        filed.put(whistleOf(m).id(), new Filed(link.get("number").asText(), ""));
      }
    }
  }

  private static Matter whistleOf(Matter m) {
    return new Matter(m.id() + "/whistle", m.title(), m.description(), m.category(), m.area(), m.place(), m.lng(),
        m.lat(), m.channel(), m.urgency(), m.reporter(), m.phone(), m.reported(), "", m.found(), m.done());
  }

  /** Some steps from the spot, as phones have it. */
  private void checkIn(Matter m, String department) {
    completeOf(department, m, "check-in", Map.of("person", handlers.get(COUNTY + department).username(), "lng",
        Math.round((m.lng() + STEPS_AWAY) * 1e6) / 1e6, "lat", m.lat(), "accuracy", 15));
  }

  private void completeOf(String department, Matter m, String task, Map<String, Object> answers) {
    String item = open(whistleOf(m), List.of(task), COUNTY + department).get("id").asText();
    api.mustPost(handlers.get(COUNTY + department), "/api/work-items/" + item + "/complete",
        Map.of("answers", answers), null);
  }

  private static Map<String, Object> accept(Matter m, String decision, Map<String, Object> more) {
    Map<String, Object> answers = new HashMap<>(more);
    answers.put("accepted", decision);
    answers.put("category", m.category());
    answers.put("area", m.area());
    answers.put("urgency", m.urgency());
    return answers;
  }

  /** Matters the duty list sends directly have no dispatch; after a return the case goes to another unit. */
  private void dispatch(Matter m) {
    String item = null;
    for (JsonNode i : items(m)) {
      item = i.get("task").asText().equals("dispatch") ? i.get("id").asText() : item;
    }
    if (item == null) {
      return;
    }
    String proposed = api.mustGet(dispatcher(m), "/api/work-items/" + item + "/form").get("data")
        .path("proposedUnit").asText(OTHER);
    Set<String> had = new TreeSet<>();
    api.mustGet(dispatcher(m), "/api/cases/" + filed.get(m.id()).number()).get("units").forEach(u -> {
      if (u.get("role").asText().equals("lead")) {
        had.add(u.get("unit").asText());
      }
    });
    String unit = List.of(proposed, OTHER, OTHER_STILL).stream().filter(u -> !had.contains(u)).findFirst()
        .orElse(proposed);
    Map<String, Object> answers = new HashMap<>(Map.of("leadUnit", unit, "urgency", m.urgency()));
    if (!unit.equals(proposed)) {
      answers.put("overrideReason", "原主办单位退单，改由该单位牵头办理。");
    }
    complete(dispatcher(m), m, "dispatch", answers);
  }

  private void claim(Matter m) {
    Account by = handler(m);
    api.mustPost(by, "/api/work-items/" + item(m, "handle") + "/claim", null, null);
  }

  private Account handler(Matter m) {
    return handlers.get(open(m, List.of("handle", "feedback")).get("unit").asText());
  }

  private JsonNode items(Matter m) {
    return api.mustGet(accounts.get("dispatcher1"), "/api/work-items?scope=all&case=" + filed.get(m.id()).number())
        .get("items");
  }

  private void complete(Account by, Matter m, String task, Map<String, Object> answers) {
    api.mustPost(by, "/api/work-items/" + item(m, task) + "/complete", Map.of("answers", answers), null);
  }

  private void act(Account by, Matter m, String action, Map<String, Object> answers) {
    api.mustPost(by, "/api/cases/" + filed.get(m.id()).number() + "/actions/" + action, Map.of("answers", answers),
        null);
  }

  private void asReporter(Matter m, String what, Map<String, Object> body) {
    Map<String, Object> said = new HashMap<>(body);
    said.put("code", filed.get(m.id()).code());
    api.mustPost(null, "/api/public/reports/" + filed.get(m.id()).number() + "/" + what, said, null);
  }

  private String item(Matter m, String task) {
    return open(m, List.of(task)).get("id").asText();
  }

  /** The open item of one of these tasks; a timer that has just fallen due may still be about to make it. */
  private JsonNode open(Matter m, List<String> tasks) {
    return open(m, tasks, null);
  }

  private JsonNode open(Matter m, List<String> tasks, String unit) {
    for (long waited = 0;; waited += PAUSE_MILLIS) {
      for (JsonNode i : items(m)) {
        if (tasks.contains(i.get("task").asText()) && (unit == null || unit.equals(i.get("unit").asText()))) {
          return i;
        }
      }
      if (waited >= WAIT_MILLIS) {
        throw new IllegalStateException("there is no work item " + tasks);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted");
    }
  }

  private static String refusal(String reason) {
    return switch (reason) {
      case "legal-proceedings" -> "该事项已进入诉讼程序，请依照法律程序主张权利。";
      case "already-answered" -> "该事项上月已经答复，没有新的事实，不再重复受理。";
      case "no-facts" -> "逾期未补充具体事实，无法核查，今后有线索可再次反映。";
      default -> "该事项不属于政府职责范围，建议联系村民调解委员会调解。";
    };
  }

  private static String suspension(String reason) {
    return switch (reason) {
      case "season" -> "已进入冻土期，无法继续施工，开春后恢复。";
      case "appraisal" -> "已委托有资质的机构鉴定，等待鉴定结论。";
      case "hearing" -> "当事人已申请听证，等待听证结果。";
      case "tender" -> "工程正在招标，等待确定施工单位。";
      default -> "需要组织专家评审，等待评审意见。";
    };
  }
}

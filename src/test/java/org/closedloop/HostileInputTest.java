package org.closedloop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.closedloop.Caller.Answer;
import org.closedloop.Hostile.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Hostile values in every field of every call that changes something, and in every parameter of every call that reads:
 * always an answer below 500, a problem document when it is a refusal, nothing changed by what was refused, and nothing
 * of what was sent in the log.
 */
@LiveApp
// An application of its own: everything in the database is counted again and again, and thousands of cases are left open.
@TestPropertySource(properties = "closedloop.test=hostile")
@DirtiesContext
class HostileInputTest {

  private static final String CSV = "text/csv";
  private static final int TRIES = 4;
  /**
   * Everything people keep; not what counts attempts and log-ins, nor the counters by which nodes see that something
   * may have changed, which double as locks and move for refused changes too.
   */
  private static final String TABLES = """
      select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
         and (table_name not like 'act\\_%' or table_name in ('act_ru_execution', 'act_ru_variable', 'act_ru_task'))
         and table_name not in ('attempt_bucket', 'spring_session', 'spring_session_attributes', 'demo_clock')
         and table_name not like '%\\_change'
         and table_name not like 'entry\\_%' and table_name not like 'flyway%' order by 1""";

  @Autowired Caller caller;
  @Autowired JdbcTemplate sql;
  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<String> faults = new ArrayList<>();

  @BeforeEach
  void listen() {
    log.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
  }

  @AfterEach
  void nothingThatWasSentIsInTheLog() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    List<String> leaks = log.list.stream().map(e -> e.getLoggerName() + ": " + e.getFormattedMessage()
            + (e.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(e.getThrowableProxy())))
        .filter(l -> l.contains(Hostile.MARK) || l.contains(Hostile.PHONE)).toList();
    assertThat(leaks).isEmpty();
  }

  @Test
  void newCases() {
    Map<String, Object> report = Map.of("process", "case-handling", "channel", "patrol", "title", "路灯不亮",
        "description", "三天了", "category", "0101", "area", "140929101", "urgency", "ordinary",
        "location", Map.of("lng", 111.5, "lat", 38.7), "occurredAt", "2026-01-05T09:00:00+08:00",
        "reporter", Map.of("name", "李四", "phone", Hostile.PHONE, "anonymous", false));
    Map<String, Kind> fields = fields("process", Kind.CODE, "channel", Kind.CODE, "title", Kind.TEXT,
        "category", Kind.CODE, "area", Kind.CODE, "location", Kind.OBJECT, "location.lng", Kind.NUMBER,
        "location.lat", Kind.NUMBER, "urgency", Kind.CODE, "reporter", Kind.OBJECT, "reporter.name", Kind.TEXT,
        "reporter.phone", Kind.CODE, "reporter.anonymous", Kind.BOOLEAN, "occurredAt", Kind.CODE,
        "answers", Kind.OBJECT, "description", Kind.TEXT);
    attack(caller.as("dispatcher1"), "POST", () -> "/api/cases", report, fields);
    Map<String, Object> publicly = new HashMap<>(report);
    publicly.remove("channel");
    fields.remove("channel");
    attack(caller, "POST", () -> "/api/public/reports", publicly, fields);
    Map<String, Object> place = Map.of("lng", 111.5, "lat", 38.7);
    Map<String, Kind> placed = fields("location", Kind.OBJECT, "location.lng", Kind.NUMBER, "location.lat", Kind.NUMBER);
    Map<String, Kind> asked = new HashMap<>(placed);
    asked.putAll(fields("category", Kind.CODE, "area", Kind.CODE));
    attack(caller, "POST", () -> "/api/public/nearby", Map.of("category", "010101", "area", "140929101", "location", place),
        asked);
    asked.put("title", Kind.TEXT);
    attack(caller.as("dispatcher1"), "POST", () -> "/api/cases/help",
        Map.of("title", "路灯不亮", "category", "010101", "area", "140929101", "location", place), asked);
    attack(caller, "POST", () -> "/api/public/reports/me-too", Map.of("ref", "none", "text", "我也遇到"),
        fields("ref", Kind.CODE, "text", Kind.TEXT));
    none();
  }

  @Test
  void completions() {
    String[] number = {null};
    Supplier<String> item = () -> {
      if (number[0] == null || !open(number[0])) {
        number[0] = newCase();
      }
      return caller.as("dispatcher1").get("/api/cases/" + number[0]).json().at("/openItems/0/id").asText();
    };
    Map<String, Object> accepted = Map.of("accepted", "accept", "category", "0101", "area", "140929101",
        "urgency", "ordinary", "note", "无");
    Map<String, Object> refused = Map.of("accepted", "refuse", "category", "0101", "area", "140929101",
        "urgency", "ordinary", "refusal", "other", "refusalText", "此事项不属于政府职责范围");
    Supplier<String> path = () -> "/api/work-items/" + item.get() + "/complete";
    Caller dispatcher = caller.as("dispatcher1");
    attack(dispatcher, "POST", path, Map.of("answers", accepted), fields("answers", Kind.OBJECT,
        "answers.accepted", Kind.CODE, "answers.category", Kind.CODE, "answers.area", Kind.CODE,
        "answers.urgency", Kind.CODE, "answers.note", Kind.TEXT));
    attack(dispatcher, "POST", path, Map.of("answers", refused), fields("answers.refusal", Kind.CODE,
        "answers.refusalText", Kind.TEXT));
    reservedAnswers(dispatcher, path, accepted);
    attack(dispatcher, "POST", () -> "/api/work-items/complete", Map.of("ids", List.of("none"), "answers", accepted),
        fields("ids", Kind.LIST, "ids.0", Kind.CODE, "answers", Kind.OBJECT, "answers.accepted", Kind.CODE));
    attack(dispatcher, "POST", () -> path.get().replace("/complete", "/assign"), Map.of("official", "dispatcher2"),
        fields("official", Kind.CODE));
    none();
  }

  @Test
  void actionsAndWhatReportersSend() {
    Caller dispatcher = caller.as("dispatcher1");
    String other = newCase();
    String[] number = {newCase()};
    Supplier<String> actions = () -> {
      if (!open(number[0])) {
        number[0] = newCase();
      }
      return "/api/cases/" + number[0] + "/actions/";
    };
    attack(dispatcher, "POST", () -> actions.get() + "withdraw", Map.of("answers", Map.of("reason", "反映人要求撤回")),
        fields("answers", Kind.OBJECT, "answers.reason", Kind.TEXT));
    attack(dispatcher, "POST", () -> actions.get() + "merge",
        Map.of("answers", Map.of("mergeInto", other, "reason", "同一盏路灯")),
        fields("answers.mergeInto", Kind.CODE, "answers.reason", Kind.TEXT));
    reservedAnswers(dispatcher, () -> actions.get() + "withdraw", Map.of("reason", "反映人要求撤回"));

    JsonNode receipt = caller.post("/api/public/reports", Map.of("title", "暖气不热")).expect(201).json();
    String code = receipt.get("trackingCode").asText();
    String base = "/api/public/reports/" + receipt.get("number").asText();
    attack(caller, "POST", () -> base + "/supplement", Map.of("code", code, "text", "在镇政府对面"),
        fields("code", Kind.CODE, "text", Kind.TEXT));
    String item = dispatcher.get("/api/cases/" + receipt.get("number").asText()).json().at("/openItems/0/id").asText();
    dispatcher.post("/api/work-items/" + item + "/complete", Map.of("answers", Map.of("accepted", "refuse",
        "category", "0101", "area", "140929101", "urgency", "ordinary", "refusal", "other",
        "refusalText", "此事项不属于政府职责范围"))).expect(200);
    attack(caller, "POST", () -> base + "/rating",
        Map.of("code", code, "solved", true, "satisfaction", 3, "comment", "好"),
        fields("code", Kind.CODE, "solved", Kind.BOOLEAN, "satisfaction", Kind.NUMBER, "comment", Kind.TEXT));
    attack(caller, "POST", () -> base + "/reopen", Map.of("code", code, "reason", "又坏了"),
        fields("code", Kind.CODE));
    none();
  }

  @Test
  void organisationPasswordsAndCalendar() {
    Caller admin = caller.as("admin");
    attack(admin, "PUT", () -> "/api/units/hostile-unit",
        Map.of("name", "测试单位", "kind", "department", "parent", "140929-cc", "area", "140929"),
        fields("name", Kind.TEXT, "kind", Kind.CODE, "parent", Kind.CODE, "area", Kind.CODE));
    attack(admin, "PUT", () -> "/api/officials/hostile1", Map.of("name", "测试员", "unit", "140929-cc",
        "posts", List.of("supervisor"), "phone", Hostile.PHONE, "enabled", true),
        fields("name", Kind.TEXT, "unit", Kind.CODE, "posts", Kind.LIST, "posts.0", Kind.CODE, "phone", Kind.CODE,
            "enabled", Kind.BOOLEAN));
    for (String name : hostileParts()) {
      check("PUT official " + name,
          admin.put("/api/officials/" + name, "{\"name\":\"甲\",\"unit\":\"140929-hostile-no\"}"));
      check("PUT unit " + name, admin.put("/api/units/" + name, "{\"name\":\"甲\",\"kind\":\"none\"}"));
      check("PUT day " + name, admin.put("/api/calendar/days/" + name + "?recompute=" + name, "{\"kind\":\"no\"}"));
    }
    admin.put("/api/officials/hostile1", Map.of("name", "测试员", "unit", "140929-cc", "posts", List.of("supervisor")));
    attack(admin, "POST", () -> "/api/officials/hostile1/password", Map.of("password", Hostile.PASSWORD),
        fields("password", Kind.TEXT));
    admin.post("/api/officials/hostile1/password", Map.of("password", Hostile.PASSWORD)).expect(200);
    Caller own = caller.as("hostile1", Hostile.PASSWORD).with("X-Forwarded-For", "10.66.66.1");
    attack(own, "POST", () -> "/api/me/password", Map.of("current", "x", "wanted", Hostile.PASSWORD + "2"),
        fields("current", Kind.CODE, "wanted", Kind.TEXT));
    attack(admin, "PUT", () -> "/api/calendar/days/2027-03-04", Map.of("kind", "no", "name", "检查日"),
        fields("kind", Kind.CODE, "name", Kind.TEXT));
    attack(admin, "POST", () -> "/api/reply-templates", Map.of("field", "accept.missing", "title", "位置", "titleEn", "Place",
        "text", "请补充{地点}的具体位置。", "category", "0101", "unit", "140929-ga", "active", false),
        fields("field", Kind.CODE, "title", Kind.TEXT, "titleEn", Kind.TEXT, "text", Kind.TEXT, "category", Kind.CODE,
            "unit", Kind.CODE, "active", Kind.BOOLEAN));
    attack(admin, "POST", () -> "/api/demo/clock", Map.of("advance", "-PT1H"), fields("advance", Kind.CODE));
    for (String advance : List.of("PT0S", "-P1D", "P100000D", "PT9223372036854775807S", "P1Y", "", "PT")) {
      check("advance " + advance, admin.post("/api/demo/clock", Map.of("advance", advance)));
    }
    for (String name : List.of("\u0000", "a\u0001", "😀", "' or 1=1 --", Hostile.MARK.repeat(500), "a:b:c", "")) {
      check("log-in", caller.as(name, Hostile.PASSWORD).with("X-Forwarded-For", "10.66.66.2").get("/api/me"));
    }
    for (String header : List.of("Basic", "Basic =", "Basic !!!!", "Basic " + "A".repeat(6_000), "Bearer x", "Nothing",
        "Basic OnA=", "Basic /////w==")) {
      check("Authorization " + header, caller.with("Authorization", header).with("X-Forwarded-For", "10.66.66.3")
          .get("/api/me"));
    }
    none();
  }

  @Test
  void tables() {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("unknown", Hostile.MARK);
    cells.put("NUL", Hostile.MARK + "\u0000");
    cells.put("control", Hostile.MARK + "\u0007");
    cells.put("emoji", "😀" + Hostile.MARK);
    cells.put("right-to-left", "\u202e" + Hostile.MARK);
    cells.put("SQL", Hostile.MARK + "'; drop table unit; --");
    cells.put("HTML", "<script>" + Hostile.MARK + "</script>");
    cells.put("formula", "=1+1" + Hostile.MARK);
    cells.put("quote", "\"" + Hostile.MARK);
    cells.put("long", Hostile.MARK.repeat(5_000));
    cells.put("3 MB", "x".repeat(3_000_000));
    cells.put("comma", ",,,," + Hostile.MARK);
    cells.put("line", "\n\n\"\n" + Hostile.MARK);
    Map<String, String> files = Map.of(
        "/api/organisation/import?kind=areas", "code,name,level,parent\n140929999,%s,township,nowhere\n",
        "/api/organisation/import?kind=units", "code,name,kind,parent,area\n%s,甲,department,nowhere,140929\n",
        "/api/organisation/import?kind=officials", "username,name,unit,posts,phone\nhostile2,%s,nowhere,handler,"
            + Hostile.PHONE + "\n",
        "/api/organisation/import?kind=" + Hostile.MARK, "code\n%s\n",
        "/api/duty-list/import?publish=true", "category,area,unit,basis,since\n0101,140929,%s,法,2023-01-01\n",
        "/api/duty-list/import?publish=maybe", "category,area,unit,basis,since\n0101,140929,140929-ga,%s,20x\n",
        "/api/reply-templates/import", "field,title,text\naccept.none,甲,%s\n",
        "/api/categories/import", "code,name,name_en\n%s,甲,A\n",
        "/api/categories/import?dryRun=true", "%s\n");
    changesNothing("a refused table", () -> refusedTables(files, cells));
    none();
  }

  private void refusedTables(Map<String, String> files, Map<String, String> cells) {
    files.forEach((path, file) -> cells.forEach((name, cell) -> {
      byte[] bytes = String.format(file, cell).getBytes(StandardCharsets.UTF_8);
      mustRefuse(path + " " + name, upload(path, bytes));
      if (path.contains("organisation")) {
        mustRefuse(path + " csv " + name,
            caller.as("admin").send("POST", path, BodyPublishers.ofByteArray(bytes), CSV));
      }
    }));
    for (String path : files.keySet()) {
      for (byte[] bytes : List.of(new byte[0], new byte[] {0}, new byte[] {(byte) 0xff, (byte) 0xfe, 0x41},
          new byte[100_000], "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1))) {
        mustRefuse(path + " bytes", upload(path, bytes));
      }
      mustRefuse(path + " no part", caller.as("admin").send("POST", path, BodyPublishers.ofString(Hostile.MARK),
          "multipart/form-data; boundary=x"));
      mustRefuse(path + " json", caller.as("admin").post(path, Map.of(Hostile.MARK, 1)));
    }
  }

  @Test
  void everyParameterOfEveryCallThatReads() {
    List<String> values = hostileParts();
    requestMappingHandlerMapping.getHandlerMethods().forEach((info, method) -> {
      if (info.getMethodsCondition().getMethods().contains(RequestMethod.GET)
          && method.getBeanType().getPackageName().startsWith("org.closedloop")) {
        info.getPatternValues().forEach(pattern -> read(pattern, method, values));
      }
    });
    none();
  }

  @Test
  void everyPathVariableOfEveryCallThatChangesSomething() {
    changesNothing("a refused address", this::hostileAddresses);
    none();
  }

  private void hostileAddresses() {
    for (Map.Entry<RequestMappingInfo, HandlerMethod> call
        : requestMappingHandlerMapping.getHandlerMethods().entrySet()) {
      if (!call.getKey().getMethodsCondition().getMethods().contains(RequestMethod.POST)) {
        continue;
      }
      for (String pattern : call.getKey().getPatternValues()) {
        if (pattern.contains("{")) {
          for (String value : hostileParts()) {
            String path = pattern.replaceAll("\\{[^}]+}", java.util.regex.Matcher.quoteReplacement(value));
            check("POST " + pattern + " " + brief(value), reader(pattern).post(path, Map.of()));
          }
        }
      }
    }
  }

  private void read(String pattern, HandlerMethod method, List<String> values) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (MethodParameter p : method.getMethodParameters()) {
      p.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
      RequestParam asked = p.getParameterAnnotation(RequestParam.class);
      if (asked != null) {
        parameters.put(asked.name().isEmpty() ? p.getParameterName() : asked.name(), "");
      } else if (p.hasParameterAnnotation(PathVariable.class)) {
        parameters.put("{" + p.getParameterName() + "}", "");
      }
    }
    Caller reader = reader(pattern);
    for (String attacked : parameters.keySet()) {
      for (String value : values) {
        String path = pattern.replace(attacked, value).replaceAll("\\{[^}]+}", "1");
        String query = attacked.startsWith("{") ? "" : "?" + attacked + "=" + value
            // what else is required, so that the value under attack is looked at
            + parameters.keySet().stream().filter(o -> !o.equals(attacked) && List.of("code", "kind").contains(o))
                .map(o -> "&" + o + "=units").collect(Collectors.joining());
        check("GET " + pattern + " " + attacked + "=" + brief(value), reader.get(path + query));
        if (!attacked.startsWith("{") && value.equals(values.get(0))) {
          check("GET " + pattern + " twice", reader.get(path + query + "&" + attacked + "=x&" + Hostile.MARK + "=1"));
        }
      }
    }
  }

  private Caller reader(String pattern) {
    return pattern.startsWith("/api/public") ? caller
        : caller.as(pattern.matches(".*(officials|units|organisation|categories|duty-list|calendar|models|demo|api/reply-templates).*")
            ? "admin" : "dispatcher1");
  }

  /** Escaped for an address. */
  private static List<String> hostileParts() {
    List<String> parts = new ArrayList<>(List.of("x", "%00", "a%00b", "%01", "%ED%A0%80", "%FF",
        "%0d%0a" + Hostile.MARK, "-1", "0", "201", "99999999999999999999", "1e9", "NaN", "2026-02-30", "0000-00-00",
        "%2B1000000000-12-31T23:59:59.999999999Z", "-1000000000-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "true",
        "null", "x".repeat(8_192)));
    for (String text : Arrays.asList("' or 1=1 --" + Hostile.MARK, "<script>" + Hostile.MARK, "😀", "\u202e", "%", "_",
        "\\", "${1}", "{x}", "a;b=c", "=1+1", " ", "（")) {
      parts.add(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    for (String cursor : List.of("+1000000000-12-31T23:59:59.999999999Z|1", "-1000000000-01-01T00:00:00Z|1",
        "2026-01-01T00:00:00Z|\u0000", "2026-01-01T00:00:00Z|99999999999999999999", "2026-01-01T00:00:00Z|'", "|",
        "2026-01-01T00:00:00Z|\ud800")) {
      parts.add(Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8)));
    }
    return parts;
  }

  /** The order: what must be refused first, so that all of it can be compared with one look at the database. */
  private void attack(Caller who, String method, Supplier<String> path, Object right, Map<String, Kind> fields) {
    String target = path.get();
    changesNothing(target, () -> {
      for (String body : Hostile.brokenBodies(Hostile.body(right, "no such field", null))) {
        // a new password is made up when none is sent
        if (!target.endsWith("hostile1/password") || !body.isEmpty() && !body.equals("null")) {
          mustRefuse(target + " " + brief(body), send(who, method, target, body));
        }
      }
      fields.forEach((field, kind) -> Hostile.refused(kind).forEach((name, json) -> mustRefuse(
          target + " " + field + " " + name, send(who, method, target, Hostile.body(right, field, json)))));
    });
    for (Map.Entry<String, Kind> field : fields.entrySet()) {
      Map<String, String> doubtful = new LinkedHashMap<>(Hostile.doubtful(field.getValue()));
      if (!field.getKey().endsWith(".0")) {
        doubtful.put("missing", null);
      }
      doubtful.forEach((name, json) -> {
        String to = path.get();
        String what = to + " " + field.getKey() + " " + name;
        String body = Hostile.body(right, field.getKey(), json);
        String then = everything();
        Answer answer = send(who, method, to, body);
        check(what, answer);
        if (refused(answer) && !everything().equals(then)) {
          changesNothing(what, () -> mustRefuse(what, send(who, method, to, body)));
        }
      });
    }
  }

  private void reservedAnswers(Caller who, Supplier<String> path, Map<String, Object> right) {
    String target = path.get();
    changesNothing(target + " with a reserved name", () -> {
      for (String name : Hostile.RESERVED) {
        Map<String, Object> answers = new HashMap<>(right);
        answers.put(name, Hostile.MARK);
        mustRefuse(target + " answer " + name, who.post(target, Map.of("answers", answers)));
      }
    });
  }

  private static Answer send(Caller who, String method, String path, String body) {
    return who.send(method, path, BodyPublishers.ofString(body), "application/json");
  }

  private Answer upload(String path, byte[] file) {
    byte[] head = ("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + Hostile.MARK
        + ".csv\"\r\nContent-Type: text/csv\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    return caller.as("admin").send("POST", path, BodyPublishers.ofByteArrays(
        List.of(head, file, "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8))), "multipart/form-data; boundary=x");
  }

  private void mustRefuse(String what, Answer answer) {
    check(what, answer);
    if (!refused(answer)) {
      faults.add(what + ": accepted");
    }
  }

  /** A list of outcomes counts as refused when every one of them is. */
  private static boolean refused(Answer answer) {
    return answer.status() >= 400 || answer.text().startsWith("{\"results\":[")
        && !answer.text().contains("\"status\":200");
  }

  private void check(String what, Answer answer) {
    if (answer.status() >= 500 || answer.text().contains("\"status\":5")) {
      faults.add(what + ": " + answer.status() + " " + brief(answer.text()));
    } else if (answer.status() >= 400) {
      if (!answer.header("Content-Type").startsWith("application/problem+json")) {
        faults.add(what + ": " + answer.status() + " is no problem document: " + brief(answer.text()));
        return;
      }
      JsonNode problem = answer.json();
      if (problem.path("detail").asText().isBlank()) {
        faults.add(what + ": no detail in " + problem);
      }
      JsonNode first = problem.path("errors").path(0);
      if (answer.status() == 422 && (first.path("field").asText().isEmpty()
          || first.path("message").asText().isEmpty()) && !problem.path("type").asText().contains("key-reused")) {
        faults.add(what + ": no field in " + problem);
      }
    }
  }

  private void none() {
    assertThat(faults).as("%d faults", faults.size()).isEmpty();
  }

  /**
   * Calls that are all refused leave everything as it was. The application works on beside them, on what was accepted
   * before: that comes to an end, while what a refusal changes it changes every time.
   */
  private void changesNothing(String what, Runnable refused) {
    for (int i = 0; i < TRIES; i++) {
      String before = everything();
      refused.run();
      if (everything().equals(before)) {
        return;
      }
    }
    faults.add(what + ": refused, yet something changed, " + TRIES + " times in a row");
  }

  /** One fingerprint of all tables: how many rows, and which transaction made each. Any change makes a row anew. */
  private String everything() {
    if (fingerprint == null) {
      fingerprint = sql.queryForList(TABLES, String.class).stream().map(t -> "select '" + t
              + "', count(*), sum(xmin::text::bigint) from " + t)
          .collect(Collectors.joining(" union all "));
    }
    return sql.queryForList(fingerprint).toString();
  }

  private String fingerprint;

  private String newCase() {
    return caller.as("dispatcher1").post("/api/cases", Map.of("title", "路灯不亮", "area", "140929101",
        "channel", "patrol")).expect(201).json().get("number").asText();
  }

  private boolean open(String number) {
    return caller.as("dispatcher1").get("/api/cases/" + number).json().at("/openItems/0/task").asText()
        .equals("accept");
  }

  private static Map<String, Kind> fields(Object... pairs) {
    Map<String, Kind> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], (Kind) pairs[i + 1]);
    }
    return fields;
  }

  private static String brief(String text) {
    return text.length() > 160 ? text.substring(0, 160) + "…(" + text.length() + ")" : text;
  }
}

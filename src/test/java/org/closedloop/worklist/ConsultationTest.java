package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.LiveApp;
import org.closedloop.demo.clock.DemoTime;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** 会商 over HTTP: who may do what and when, what is refused, and what becomes of a ruling. */
@LiveApp
class ConsultationTest {

  private static final String TOWNSHIP = "140929101";
  private static final String CITY = "140929-cg";

  @Autowired
  Caller caller;
  @Autowired
  JdbcTemplate jdbc;
  @Autowired
  ManagementService management;
  @Autowired
  RuntimeService runtime;
  @Autowired
  DemoTime time;

  private String asked(Object... suggested) {
    return caller.as("ga.handler").post("/api/cases", Map.of("process", "consultation", "title", "路灯由谁维护",
        "category", "0101", "area", TOWNSHIP, "answers",
        Map.of("question", "两镇交界处的路灯由哪个单位维护", "suggested", List.of(suggested)))).expect(201).json()
        .get("number").asText();
  }

  private String convened(Object... participants) {
    String number = asked(participants);
    convene(number, List.of(participants)).expect(200);
    return number;
  }

  private Answer convene(String number, Object participants) {
    return complete("dutyleader", item(number, "convene", null),
        Map.of("question", "两镇交界处的路灯由哪个单位维护", "participants", participants));
  }

  private Answer opinion(String official, String item) {
    return complete(official, item, Map.of("stance", "ours", "opinion", "由本单位负责维护"));
  }

  private Answer complete(String official, String item, Map<String, Object> answers) {
    return caller.as(official).post("/api/work-items/" + item + "/complete", Map.of("answers", answers));
  }

  private JsonNode file(String number) {
    return caller.as("supervisor").get("/api/cases/" + number).expect(200).json();
  }

  private String item(String number, String task, String unit) {
    for (JsonNode i : file(number).get("openItems")) {
      if (i.get("task").asText().equals(task) && (unit == null || i.get("unit").asText().equals(unit))) {
        return i.get("id").asText();
      }
    }
    throw new AssertionError("no open " + task + " of " + unit + " in " + number);
  }

  private List<String> tasks(String number) {
    List<String> tasks = new ArrayList<>();
    file(number).get("openItems").forEach(i -> tasks.add(i.get("task").asText()));
    return tasks;
  }

  private JsonNode data(String official, String item) {
    return caller.as(official).get("/api/work-items/" + item + "/form").expect(200).json().get("data");
  }

  @Test
  void anOpinionIsGivenOnceByTheUnitThatWasAsked() {
    String number = convened(CITY, TOWNSHIP);
    String item = item(number, "give-opinion", CITY);
    assertThat(opinion("ga.handler", item).status()).isEqualTo(403);
    assertThat(opinion("140929101.handler", item).status()).isEqualTo(403);
    assertThat(opinion("jt.handler", item).status()).as("who has nothing to do with it learns nothing").isEqualTo(404);
    assertThat(opinion("cg.leader", item).status()).as("no handler").isEqualTo(403);
    opinion("cg.handler", item).expect(200);
    Answer twice = opinion("cg.handler", item);
    assertThat(twice.status()).as(twice.text()).isEqualTo(409);
    assertThat(tasks(number)).containsExactly("give-opinion");
  }

  @Test
  void anOpinionIsTooLateWhenItsTimeIsOverEvenIfItsTimerIsLate() {
    String number = convened(CITY, TOWNSHIP);
    String item = item(number, "give-opinion", CITY);
    Job timer = timers(number).stream().filter(j -> CITY.equals(runtime.getVariable(j.getProcessInstanceId(),
        "participant"))).findFirst().orElseThrow();
    // a timer that nobody takes although its time has come
    management.setJobRetries(timer.getId(), 0);
    management.setJobDuedate(timer.getId(), Date.from(time.now().minusMinutes(5).toInstant()));
    Answer late = opinion("cg.handler", item);
    assertThat(late.status()).as(late.text()).isEqualTo(409);
    assertThat(late.json().get("type").asText()).isEqualTo("urn:closedloop:too-late");
    management.executeJob(timer.getId());
    assertThat(tasks(number)).containsExactly("give-opinion");
    assertThat(opinion("cg.handler", item).status()).isEqualTo(409);
    opinion("140929101.handler", item(number, "give-opinion", TOWNSHIP)).expect(200);
    JsonNode entries = data("dutyleader", item(number, "conclude", null)).get("entries");
    assertThat(entries.findValuesAsText("entry")).containsExactly("report", "convene", "record_silence", "give-opinion");
    assertThat(entries.get(2).get("fromUnit").asText()).isEqualTo(CITY);
  }

  private List<Job> timers(String number) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
        .flatMap(i -> management.createJobQuery().processInstanceId(i.getId()).activityId("timer_opinion_due").list()
            .stream()).toList();
  }

  @Test
  void nobodyOrMoreThanFiftyCannotTakePart() {
    String number = asked();
    List<String> units = new ArrayList<>();
    data("dutyleader", item(number, "convene", null)).get("units").forEach(u -> units.add(u.get("value").asText()));
    assertThat(units).hasSizeGreaterThan(51);
    for (Object wrong : List.of(List.of(), units.subList(0, 51), List.of("140929-none"), List.of(CITY, CITY), CITY,
        Map.of("a", CITY), 7, List.of(List.of(CITY)), IntStream.range(0, 5_000).mapToObj(i -> "u" + i).toList())) {
      Answer refused = convene(number, wrong);
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.json().get("errors").get(0).get("field").asText()).startsWith("answers.participants");
    }
    assertThat(tasks(number)).containsExactly("convene");
    convene(number, units.subList(0, 50)).expect(200);
    assertThat(tasks(number)).hasSize(50).containsOnly("give-opinion");
    assertThat(jdbc.queryForObject("select count(*) from outbox where topic = 'consultation.asked' and case_number = ?",
        Integer.class, number)).isEqualTo(50);
  }

  @Test
  void theDayForOpinionsLiesAheadAndWithinItsLimit() {
    String number = asked(CITY);
    String item = item(number, "convene", null);
    for (String wrong : List.of("2000-01-01", "2099-01-01", "gestern", time.now().toString().substring(0, 10))) {
      Answer refused = complete("dutyleader", item,
          Map.of("question", "路灯由谁维护", "participants", List.of(CITY), "opinionsBy", wrong));
      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    }
    String day = time.now().plus(Duration.ofDays(7)).toString().substring(0, 10);
    complete("dutyleader", item,
        Map.of("question", "路灯由谁维护", "participants", List.of(CITY), "opinionsBy", day)).expect(200);
    String due = file(number).get("openItems").get(0).get("due").asText();
    assertThat(due.substring(0, 10)).isGreaterThanOrEqualTo(day);
  }

  @Test
  void onlyThoseWhoMayAskForAConsultationStartOne() {
    Map<String, Object> report = Map.of("process", "consultation", "title", "路灯由谁维护", "category", "0101", "area",
        TOWNSHIP, "answers", Map.of("question", "两镇交界处的路灯由哪个单位维护"));
    for (String official : List.of("verifier1", "supervisor", "ga.leader", "admin", "designer")) {
      Answer refused = caller.as(official).post("/api/cases", report);
      assertThat(refused.status()).as(official + " " + refused.text()).isEqualTo(403);
    }
    for (String official : List.of("dispatcher1", "140929101.handler", "zj.handler")) {
      caller.as(official).post("/api/cases", report).expect(201);
    }
    assertThat(caller.post("/api/public/reports", Map.of("process", "consultation", "title", "谁来管")).status())
        .isBetween(400, 499);
    assertThat(caller.as("dispatcher1").post("/api/cases", Map.of("process", "consultation-opinion", "title", "x"))
        .status()).as("only called").isEqualTo(422);
  }

  @Test
  void aRulingBecomesARowOfTheDutyListWhenItsKeeperAcceptsIt() {
    int before = version();
    String number = convened(CITY);
    opinion("cg.handler", item(number, "give-opinion", CITY)).expect(200);
    String item = item(number, "conclude", null);
    Map<String, Object> ruling = new HashMap<>(Map.of("consultationOutcome", "ruled", "leadUnit", CITY, "ruling",
        "按照职责分工由城市管理局负责维护", "dutyProposal", "yes", "dutyScope", "township"));
    Answer withoutBasis = complete("dutyleader", item, ruling);
    assertThat(withoutBasis.status()).isEqualTo(422);
    assertThat(withoutBasis.text()).contains("answers.dutyBasis");
    ruling.put("dutyBasis", "县政府职责分工会议纪要第三条");
    complete("dutyleader", item, ruling).expect(200);
    assertThat(file(number).get("stage").asText()).isEqualTo("concluded");

    JsonNode proposal = proposal(number);
    assertThat(proposal.get("status").asText()).isEqualTo("open");
    assertThat(proposal.get("area").asText()).isEqualTo(TOWNSHIP);
    String path = "/api/duty-list/proposals/" + proposal.get("id").asText();
    for (String official : List.of("ga.handler", "ga.leader", "dispatcher1", "countyleader")) {
      assertThat(caller.as(official).get("/api/duty-list/proposals").status()).as(official).isEqualTo(403);
      assertThat(caller.as(official).post(path + "/accept", Map.of()).status()).as(official).isEqualTo(403);
    }
    assertThat(version()).isEqualTo(before);
    JsonNode accepted = caller.as("admin").with("Idempotency-Key", "accept-" + number).post(path + "/accept", null)
        .expect(200).json();
    assertThat(accepted.get("version").asInt()).isGreaterThan(before);
    assertThat(accepted.get("caseNumber").isNull()).as("administrators see no cases").isTrue();
    caller.as("admin").with("Idempotency-Key", "accept-" + number).post(path + "/accept", null).expect(200);
    assertThat(caller.as("dutyleader").post(path + "/accept", Map.of()).status()).isEqualTo(409);
    assertThat(caller.as("dutyleader").post(path + "/refuse", Map.of("note", "不妥")).status()).isEqualTo(409);

    JsonNode says = caller.as("dispatcher1").get("/api/duty-list/propose?category=0101&area=" + TOWNSHIP).json();
    assertThat(says.get("unit").asText()).isEqualTo(CITY);
    assertThat(says.get("basis").asText()).isEqualTo("县政府职责分工会议纪要第三条");
    assertThat(rows(says.get("version").asInt())).as("everything else is as it was").isIn(rows(before), rows(before) + 1);
    // other tests and stories know the list as it was shipped
    restore(before);
  }

  @Test
  void aProposalIsDecidedOnceAndRefusedWithAReason() {
    String number = convened(CITY);
    opinion("cg.handler", item(number, "give-opinion", CITY)).expect(200);
    complete("dutyleader", item(number, "conclude", null), Map.of("consultationOutcome", "agreed", "leadUnit", CITY,
        "agreement", "由城市管理局维护", "dutyProposal", "yes", "dutyScope", "county", "dutyBasis", "会议纪要第三条"))
        .expect(200);
    String path = "/api/duty-list/proposals/" + proposal(number).get("id").asText();
    for (Object bad : new Object[] {null, Map.of(), Map.of("note", " "), Map.of("note", "x".repeat(501)),
        Map.of("note", "a\tb")}) {
      assertThat(caller.as("dutyleader").post(path + "/refuse", bad).status()).isEqualTo(422);
    }
    caller.as("dutyleader").post(path + "/refuse", Map.of("note", "依据不足")).expect(200);
    assertThat(caller.as("dutyleader").post(path + "/accept", Map.of()).status()).isEqualTo(409);
    assertThat(proposal(number).get("note").asText()).isEqualTo("依据不足");
    for (String none : List.of("0", "999999999", "x", "-1", "99999999999999999999")) {
      assertThat(caller.as("dutyleader").post("/api/duty-list/proposals/" + none + "/accept", Map.of()).status())
          .as(none).isEqualTo(404);
    }
    for (String query : List.of("status=all", "limit=0", "limit=9999", "after=x")) {
      assertThat(caller.as("dutyleader").get("/api/duty-list/proposals?" + query).status()).as(query).isEqualTo(422);
    }
    JsonNode first = caller.as("dutyleader").get("/api/duty-list/proposals?limit=1").expect(200).json();
    assertThat(first.get("items")).hasSize(1);
  }

  @Test
  void whatIsSaidInOneConsultationIsNotReadInAnother() {
    String number = caller.as("dispatcher1").post("/api/cases", Map.of("title", "垃圾堆积", "category", "0101", "area",
        TOWNSHIP, "channel", "patrol")).expect(201).json().get("number").asText();
    complete("dispatcher1", item(number, "accept", null), Map.of("accepted", "accept", "category", "0101", "area",
        TOWNSHIP, "urgency", "ordinary")).expect(200);
    complete("dispatcher1", item(number, "dispatch", null), Map.of("leadUnit", TOWNSHIP, "urgency", "ordinary"))
        .expect(200);
    Map<String, Object> notOurs = Map.of("reason", "not-our-duty", "explanation", "垃圾来自县城环卫外包合同的范围");
    act("140929101.handler", number, "return", notOurs).expect(200);
    complete("dispatcher1", item(number, "decide-return", null), Map.of("returnAccepted", "yes")).expect(200);
    complete("dispatcher1", item(number, "dispatch", null), Map.of("leadUnit", TOWNSHIP, "urgency", "ordinary"))
        .expect(200);
    act("140929101.handler", number, "return", notOurs).expect(200);
    String first = item(number, "convene", null);
    assertThat(data("dutyleader", first).get("question").asText()).isEqualTo(notOurs.get("explanation"));
    assertThat(data("dutyleader", first).get("participants").get(0).asText()).isEqualTo(TOWNSHIP);
    assertThat(act("zj.handler", number, "consult", Map.of("question", "与我无关的事情要不要问")).status()).isEqualTo(404);
    act("dispatcher1", number, "consult", Map.of("question", "是否应由城市管理局一并清运", "suggested", List.of(CITY)))
        .expect(200);
    complete("dutyleader", first, Map.of("question", "第一场会商的问题", "participants", List.of(TOWNSHIP))).expect(200);
    String second = item(number, "convene", null);
    assertThat(data("dutyleader", second).get("question").asText()).isEqualTo("是否应由城市管理局一并清运");
    assertThat(data("dutyleader", second).get("participants").get(0).asText()).isEqualTo(CITY);
    complete("dutyleader", second, Map.of("question", "第二场会商的问题", "participants", List.of(CITY))).expect(200);
    assertThat(data("cg.handler", item(number, "give-opinion", CITY)).get("question").asText()).isEqualTo("第二场会商的问题");
    opinion("140929101.handler", item(number, "give-opinion", TOWNSHIP)).expect(200);
    JsonNode entries = data("dutyleader", item(number, "conclude", null)).get("entries");
    assertThat(entries.findValuesAsText("question")).contains("第一场会商的问题").doesNotContain("第二场会商的问题");
  }

  @Test
  void aUnitThatIsNoMoreIsNotWaitedForAndCanBeAskedAgainWhenItIsRestored() {
    String unit = "140929-dj";
    for (String official : List.of("dispatcher1", "dutyleader", "designer")) {
      assertThat(caller.as(official).post("/api/units/" + unit + "/dissolve", null).status()).isEqualTo(403);
    }
    assertThat(caller.as("admin").post("/api/units/none/dissolve", null).status()).isEqualTo(404);
    assertThat(caller.as("admin").post("/api/units/140929-cc/dissolve", null).status()).isEqualTo(409);
    String number = convened(unit);
    try {
      caller.as("admin").post("/api/units/" + unit + "/dissolve", null).expect(200);
      caller.as("admin").post("/api/units/" + unit + "/dissolve", null).expect(200);
      assertThat(tasks(number)).containsExactly("conclude");
      JsonNode data = data("dutyleader", item(number, "conclude", null));
      assertThat(data.get("entries").findValuesAsText("entry")).contains("record_dissolved");
      assertThat(data.get("units").findValuesAsText("value")).doesNotContain(unit);
    } finally {
      caller.as("admin").post("/api/units/" + unit + "/restore", null).expect(200);
    }
    assertThat(data("dutyleader", item(number, "conclude", null)).get("units").findValuesAsText("value")).contains(unit);
  }

  private Answer act(String official, String number, String action, Map<String, Object> answers) {
    return caller.as(official).post("/api/cases/" + number + "/actions/" + action, Map.of("answers", answers));
  }

  private JsonNode proposal(String number) {
    for (JsonNode p : caller.as("dutyleader").get("/api/duty-list/proposals?limit=200").expect(200).json().get("items")) {
      if (p.get("caseNumber").asText().equals(number)) {
        return p;
      }
    }
    throw new AssertionError("no proposal of " + number);
  }

  private int version() {
    return jdbc.queryForObject("select id from duty_list_version where status = 'current'", Integer.class);
  }

  private int rows(int version) {
    return jdbc.queryForObject("select count(*) from duty_row where version = ?", Integer.class, version);
  }

  private void restore(int version) {
    String csv = caller.as("admin").get("/api/duty-list/export.csv?version=" + version).expect(200).text();
    caller.as("admin").with("Content-Type", "text/csv").post("/api/duty-list/import?publish=true&note=restored", csv)
        .expect(200);
  }
}

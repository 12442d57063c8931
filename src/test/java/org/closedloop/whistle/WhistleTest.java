package org.closedloop.whistle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.Caller.Answer;
import org.closedloop.LiveApp;
import org.closedloop.engine.FiredTimers;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a whistle shows and refuses over HTTP; its course is told by the scenarios. */
@LiveApp
class WhistleTest {

  private static final String TOWNSHIP = "140929101.handler";
  private static final double LNG = 111.7327;
  private static final double LAT = 38.8003;

  @Autowired
  Caller caller;
  @Autowired
  ApplicationContext application;
  @Autowired
  JdbcTemplate jdbc;

  private String sound(String kind, String... departments) {
    return soundBy(TOWNSHIP, "140929101", kind, departments);
  }

  private String soundBy(String by, String area, String kind, String... departments) {
    return caller.as(by).post("/api/cases", Map.of("process", "whistle", "title", "河道边违建", "category", "0102",
        "area", area, "channel", "patrol", "answers", Map.of("kind", kind, "called", List.of(departments), "matter",
            "联合拆除河道边违建", "where", "河道桥头", "lng", LNG, "lat", LAT))).expect(201).json().get("number").asText();
  }

  private String confirmed(String kind, String... departments) {
    String number = sound(kind, departments);
    complete("dispatcher1", number, "confirm", Map.of("called", List.of(departments))).expect(200);
    return number;
  }

  private JsonNode file(String by, String number) {
    return caller.as(by).get("/api/cases/" + number).expect(200).json();
  }

  private List<String> items(String number, String task, String unit) {
    List<String> found = new ArrayList<>();
    for (JsonNode item : file("supervisor", number).get("openItems")) {
      if (item.get("task").asText().equals(task) && (unit == null || item.get("unit").asText().equals(unit))) {
        found.add("/api/work-items/" + item.get("id").asText());
      }
    }
    return found;
  }

  private Answer complete(String by, String number, String task, Map<String, Object> answers) {
    String unit = by.contains(".") && !by.equals(TOWNSHIP) ? "140929-" + by.substring(0, by.indexOf('.')) : null;
    return caller.as(by).post(items(number, task, unit).get(0) + "/complete", Map.of("answers", answers));
  }

  private static Map<String, Object> proof(double lng, double lat) {
    return new HashMap<>(Map.of("person", "张三", "lng", lng, "lat", lat, "accuracy", 8));
  }

  private Answer act(String by, String number, String action, Map<String, Object> answers) {
    return caller.as(by).post("/api/cases/" + number + "/actions/" + action, Map.of("answers", answers));
  }

  private static JsonNode department(JsonNode file, String code) {
    for (JsonNode called : file.get("whistle").get("departments")) {
      if (called.get("department").asText().equals(code)) {
        return called;
      }
    }
    throw new AssertionError(code + " is not called");
  }

  @Test
  void nobodyChecksInBeforeTheWhistleIsConfirmed() {
    String number = sound("joint-enforcement", "140929-ga");
    assertThat(items(number, "check-in", null)).isEmpty();
    assertThat(file("supervisor", number).get("whistle").get("departments")).isEmpty();
    caller.as("ga.handler").get("/api/cases/" + number).expect(404);
  }

  @Test
  void whereSomebodyCheckedInIsMeasuredFromTheSpotAndFarAwayIsShownNotRefused() {
    String number = confirmed("joint-enforcement", "140929-ga", "140929-sl");
    complete("ga.handler", number, "check-in", proof(LNG, LAT + 0.001)).expect(200);
    complete("sl.handler", number, "check-in", proof(LNG + 1, LAT)).expect(200);
    JsonNode file = file("supervisor", number);
    JsonNode near = department(file, "140929-ga").get("checkIn");
    assertThat(near.get("distance").asInt()).isEqualTo(111);
    assertThat(near.get("accuracy").asDouble()).isEqualTo(8);
    assertThat(near.get("by").asText()).isEqualTo("ga.handler");
    assertThat(near.get("late").asBoolean()).isFalse();
    assertThat(department(file, "140929-sl").get("checkIn").get("distance").asInt()).isBetween(86_000, 87_000);
    assertThat(file.get("milestones").findValuesAsText("unit")).contains("140929-ga", "140929-sl");
  }

  @Test
  void onlyTheCalledDepartmentChecksInAndOnlyOnce() {
    String number = confirmed("joint-enforcement", "140929-ga");
    String checkIn = items(number, "check-in", null).get(0);
    for (String other : List.of("sl.handler", TOWNSHIP, "dispatcher1")) {
      assertThat(caller.as(other).post(checkIn + "/complete", Map.of("answers", proof(LNG, LAT))).status())
          .isIn(403, 404);
    }
    caller.as("ga.handler").post(checkIn + "/complete", Map.of("answers", Map.of("person", "张三"))).expect(422);
    caller.as("ga.handler").post(checkIn + "/complete", Map.of("answers", proof(LNG, 95))).expect(422);
    caller.as("ga.handler").post(checkIn + "/complete", Map.of("answers", proof(LNG, LAT))).expect(200);
    Answer twice = caller.as("ga.handler").post(checkIn + "/complete", Map.of("answers", proof(LNG, LAT)));
    assertThat(twice.expect(409).text()).as("who and when").contains("公安局").containsPattern("\\d{2}:\\d{2}");
  }

  @Test
  void aNoShowIsToldOnceAndALateCheckInStaysLate() {
    String number = sound("emergency", "140929-yj");
    FiredTimers.fire(application, number, "timer_no_show");
    assertThat(jdbc.queryForList("select unit from outbox where case_number = ? and topic = 'whistle.no-show'",
        String.class, number)).containsExactly("140929-yj");
    assertThat(jdbc.queryForList("select topic from outbox where case_number = ? order by id", String.class, number))
        .startsWith("whistle.called-emergency");
    jdbc.update("update clock set due_at = due_at - interval '1 hour' where case_number = ? and key = 'check-in'", number);
    complete("yj.handler", number, "check-in", proof(LNG, LAT)).expect(200);
    JsonNode called = department(file("supervisor", number), "140929-yj");
    assertThat(called.get("noShowAt").isNull()).isFalse();
    assertThat(called.get("checkIn").get("late").asBoolean()).isTrue();
  }

  @Test
  void anEmergencyAllowsThirtyMinutesJointEnforcementADayKeyWorkTwo() {
    Map<String, String> allowed = Map.of("emergency", "30 MINUTES", "joint-enforcement", "1 WORKING_DAYS", "key-work",
        "2 WORKING_DAYS");
    allowed.forEach((kind, time) -> {
      String number = kind.equals("emergency") ? sound(kind, "140929-jt") : confirmed(kind, "140929-jt");
      assertThat(jdbc.queryForObject("select amount || ' ' || unit from clock where case_number = ? and key = 'check-in'"
          + " and kind = 'check-in'", String.class, number)).as(kind).isEqualTo(time);
      assertThat(jdbc.queryForObject("select count(*) from clock k join whistle_call w on w.case_number = k.case_number"
          + " and w.department = k.unit_code and abs(extract(epoch from w.due_at - k.due_at)) < 5 where k.case_number = ?",
          Integer.class, number)).as("the call knows the clock's deadline").isEqualTo(1);
    });
  }

  @Test
  void twoWhistlesThatNeedTheSameDepartmentShowEachOther() {
    String first = confirmed("joint-enforcement", "140929-tyjr");
    String second = soundBy("140929201.handler", "140929201", "joint-enforcement", "140929-tyjr");
    JsonNode confirm = caller.as("dispatcher1").get(items(second, "confirm", null).get(0) + "/form").expect(200).json();
    assertThat(confirm.get("data").get("load").asText()).contains("退役军人", first);
    complete("dispatcher1", second, "confirm", Map.of("called", List.of("140929-tyjr"))).expect(200);
    JsonNode seen = department(file("dispatcher1", first), "140929-tyjr").get("alsoCalledBy");
    assertThat(seen.findValuesAsText("number")).containsExactly(second);
    assertThat(seen.get(0).get("title").asText()).isEqualTo("河道边违建");
    JsonNode asTownship = department(file(TOWNSHIP, first), "140929-tyjr").get("alsoCalledBy");
    assertThat(asTownship.get(0).get("number").asText()).isEqualTo(second);
    assertThat(asTownship.get(0).get("title").isNull()).as("not this township's case").isTrue();
  }

  @Test
  void aDepartmentIsReleasedOnceAndOnlyByItsTownship() {
    String number = confirmed("joint-enforcement", "140929-ga", "140929-sl");
    Map<String, Object> police = Map.of("department", "140929-ga", "reason", "已经不需要");
    act("sl.handler", number, "release", police).expect(403);
    act("dispatcher1", number, "release", police).expect(403);
    act(TOWNSHIP, number, "release", Map.of("department", "140929-yj", "reason", "没有叫过")).expect(422);
    act(TOWNSHIP, number, "release", Map.of("reason", "没有写部门")).expect(422);
    act(TOWNSHIP, number, "release", police).expect(200);
    assertThat(act(TOWNSHIP, number, "release", police).status()).isIn(409, 422);
    act(TOWNSHIP, number, "release", Map.of("department", "140929-sl", "reason", "已经不需要")).expect(200);
    act(TOWNSHIP, number, "release", police).expect(409);
    assertThat(department(file("supervisor", number), "140929-ga").get("released").get("by").asText())
        .isEqualTo(TOWNSHIP);
    assertThat(jdbc.queryForObject("select count(*) from outbox where case_number = ? and topic = 'whistle.released'",
        Integer.class, number)).isEqualTo(2);
  }

  @Test
  void marksAreShownToThoseConcernedAndAppealedOnlyByTheDepartment() {
    String number = confirmed("joint-enforcement", "140929-ga", "140929-sl");
    for (String department : List.of("ga", "sl")) {
      complete(department + ".handler", number, "check-in", proof(LNG, LAT)).expect(200);
      complete(department + ".handler", number, "file-result", Map.of("outcome", "done", "done", "已清理完毕")).expect(200);
    }
    complete(TOWNSHIP, number, "handle-together", Map.of("commonResult", "已全部拆除", "settled", "yes")).expect(200);
    for (Map<String, Object> wrong : List.<Map<String, Object>>of(Map.of("arrival", 6, "effort", 1, "result", 1),
        Map.of("arrival", 0, "effort", 1, "result", 1), Map.of("arrival", 4.5, "effort", 1, "result", 1),
        Map.of("arrival", "很好", "effort", 1, "result", 1), Map.of("arrival", 5))) {
      complete(TOWNSHIP, number, "mark", wrong).expect(422);
    }
    complete(TOWNSHIP, number, "mark", Map.of("arrival", 5, "effort", 4, "result", 3)).expect(200);
    complete(TOWNSHIP, number, "mark", Map.of("arrival", 5, "effort", 4, "result", 3)).expect(200);
    for (String reader : List.of("supervisor", TOWNSHIP, "ga.handler")) {
      assertThat(department(file(reader, number), "140929-ga").get("marks").get("effort").asInt()).isEqualTo(4);
    }
    assertThat(department(file("sl.handler", number), "140929-ga").get("marks").isNull()).isTrue();
    Map<String, Object> reason = Map.of("reason", "到场及时，配合得力，请予复核");
    act(TOWNSHIP, number, "appeal", reason).expect(403);
    act("ga.handler", number, "appeal", reason).expect(200);
    act("ga.handler", number, "appeal", reason).expect(403);
    complete("dutyleader", number, "decide-appeal", Map.of("appealUpheld", "no", "reason", "情况已核实，维持原分"))
        .expect(200);
    assertThat(department(file("supervisor", number), "140929-ga").get("marks").get("appealOutcome").asText())
        .isEqualTo("refused");
  }

  @Test
  void theDutyListsRowIsOnFileWhenAMatterComesBack() {
    String number = caller.as(TOWNSHIP).post("/api/cases", Map.of("process", "whistle", "title", "村口垃圾", "category",
        "0101", "area", "140929101", "channel", "patrol", "answers", Map.of("kind", "joint-enforcement", "called",
            List.of("140929-cg"), "matter", "村口垃圾无人清理", "where", "村口"))).expect(201).json().get("number").asText();
    JsonNode file = file(TOWNSHIP, number);
    assertThat(file.get("stage").asText()).isEqualTo("returned");
    assertThat(file.get("open").asBoolean()).isFalse();
    assertThat(file.get("entries").findValuesAsText("why")).anyMatch(why -> why.contains("行") && why.contains("0101"));
    assertThat(file.get("whistle").get("departments")).isEmpty();
  }
}

package org.closedloop.alert.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the stories of {@code supervision} cannot tell: several workers at once, a death half-way, orders over HTTP. */
@LiveApp
class LadderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Autowired Ladder ladder;
  @Autowired LadderMapper ladders;
  @Autowired Caller caller;
  @Autowired JdbcTemplate sql;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  @Test
  void whicheverOfManyWorkersStartsItThereIsOneLadder() throws Exception {
    String number = reported();
    long id = waiting(number);
    int workers = 8;
    CyclicBarrier together = new CyclicBarrier(workers);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Callable<Boolean>> starts = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        starts.add(() -> {
          together.await();
          return ladder.start(id, number);
        });
      }
      int started = 0;
      for (Future<Boolean> one : pool.invokeAll(starts)) {
        started += one.get() ? 1 : 0;
      }
      assertThat(started).isEqualTo(1);
    } finally {
      pool.shutdownNow();
    }
    assertThat(instances(number)).isEqualTo(1);
  }

  @Test
  void aDeathBetweenStartAndMarkLeavesNeither() {
    String number = reported();
    long id = waiting(number);
    new TransactionTemplate(transactions).executeWithoutResult(tx -> {
      assertThat(ladder.start(id, number)).isTrue();
      tx.setRollbackOnly();
    });
    assertThat(instances(number)).isZero();
    assertThat(sql.queryForObject("select started_at is null from supervision where id = ?", Boolean.class, id))
        .isTrue();
    assertThat(ladder.start(id, number)).isTrue();
    assertThat(ladder.start(id, number)).isFalse();
    assertThat(instances(number)).isEqualTo(1);
  }

  @Test
  void whatWasDoneBeforeItsLadderStartedNeedsNone() {
    String number = reported();
    long id = waiting(number);
    sql.update("update clock set ended_at = now() where id = ?", acceptClock(number));
    assertThat(ladder.start(id, number)).isFalse();
    assertThat(sql.queryForObject("select ended_why from supervision where id = ?", String.class, id))
        .isEqualTo("finished");
    assertThat(instances(number)).isZero();
  }

  @Test
  void aPassedDeadlineStartsItsLadderAndTheRungIsListedWithoutColouringTheCase() {
    String number = reported();
    sql.update("update clock set due_at = ?, warn_at = ? where id = ?", timestamp(-2), timestamp(-3),
        acceptClock(number));
    soon(() -> instances(number) == 1);
    JsonNode rung = StreamSupport.stream(caller.as("supervisor").get("/api/cases/" + number).expect(200).json()
        .get("deadlines").spliterator(), false).filter(d -> d.get("kind").asText().equals("rung")).findFirst()
        .orElseThrow();
    assertThat(rung.get("task").asText()).isEqualTo("order");
    assertThat(rung.get("unit").asText()).isEqualTo("140929-cc");
    assertThat(caller.as("supervisor").get("/api/deadlines?kind=rung&unit=140929-cc&limit=200").expect(200).text())
        .contains(number);
    // the rung's own time passes: no alert is about it, and the case's deadline is still that of the work
    sql.update("update clock set due_at = ?, warn_at = ? where case_number = ? and kind = 'rung'", timestamp(-1),
        timestamp(-1), number);
    caller.as("dispatcher1").post("/api/cases/" + number + "/urge", Map.of("note", "请尽快受理")).expect(200);
    assertThat(sql.queryForList("select distinct task from alert where case_number = ?", String.class, number))
        .containsExactly("accept");
  }

  @Test
  void ordersByHandAreForThoseWhoSupervise() {
    String number = reported();
    String order = "/api/cases/" + number + "/order";
    caller.as("dispatcher1").post(order, Map.of("note", "请说明")).expect(403);
    caller.as("140929100.handler").post(order, Map.of("note", "请说明")).expect(404);
    caller.as("supervisor").post("/api/cases/0119990101-000001/order", Map.of("note", "请说明")).expect(404);
    assertThat(caller.as("supervisor").post(order, Map.of("note", "  ")).expect(422).text()).contains("note");
    caller.as("supervisor").post(order, Map.of("note", "字".repeat(501))).expect(422);
    caller.as("supervisor").post(order, "{}").expect(422);

    JsonNode ordered = caller.as("supervisor").post(order, Map.of("note", "群众多次来电，请说明")).expect(200).json();
    assertThat(ordered.get("case").asText()).isEqualTo(number);
    assertThat(ordered.get("task").asText()).isEqualTo("accept");
    assertThat(ordered.get("unit").asText()).isEqualTo("140929-cc");

    JsonNode second = caller.as("dutyleader").post(order, Map.of("note", "再下一次")).expect(409).json();
    assertThat(second.get("type").asText()).isEqualTo("urn:closedloop:order-open");
    assertThat(second.get("by").asText()).isEqualTo("supervisor");
    assertThat(second.get("at").asText()).isNotEmpty();
    assertThat(second.get("detail").asText()).contains("杜天明");
    assertThat(sql.queryForObject("select count(*) from alert where case_number = ? and level = 'order'", Integer.class,
        number)).isEqualTo(1);
    assertThat(StreamSupport.stream(caller.as("supervisor").get("/api/cases/" + number).json().get("openItems")
        .spliterator(), false).map(i -> i.get("task").asText())).containsExactlyInAnyOrder("accept", "explain");
  }

  @Test
  void anOrderSentTwiceWithOneKeyIsOneOrder() {
    String number = reported();
    Caller supervisor = caller.as("supervisor").with("Idempotency-Key", "order-" + number);
    String first = supervisor.post("/api/cases/" + number + "/order", Map.of("note", "请说明")).expect(200).text();
    assertThat(supervisor.post("/api/cases/" + number + "/order", Map.of("note", "请说明")).expect(200).text())
        .isEqualTo(first);
  }

  private String reported() {
    return caller.as("dispatcher1").post("/api/cases", Map.of("title", "路灯不亮", "description", "三天了", "channel",
        "patrol", "area", "140929101", "category", "0101")).expect(201).json().get("number").asText();
  }

  /** A ladder for the accept clock of that case, late, which the application's own worker does not see yet. */
  private long waiting(String number) {
    Instant now = clock.instant();
    return ladders.open(new Supervision.New(number, acceptClock(number), 0, null, null, "problem", "urged", "urged",
        now.minus(Duration.ofHours(1)), null, null, now, now.plus(Duration.ofDays(3_650))));
  }

  private long acceptClock(String number) {
    return sql.queryForObject("select id from clock where case_number = ? and key = 'accept'", Long.class, number);
  }

  private int instances(String number) {
    return sql.queryForObject("""
        select count(*) from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
         where e.parent_id_ is null and d.key_ = 'supervision' and e.business_key_ = ?""", Integer.class, number);
  }

  private java.sql.Timestamp timestamp(int hours) {
    return java.sql.Timestamp.from(clock.instant().plus(hours, ChronoUnit.HOURS));
  }

  private static void soon(BooleanSupplier state) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it did not come true in time").isLessThan(until);
      java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}

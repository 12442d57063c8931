package org.closedloop.once;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.closedloop.LiveApp;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What is sent twice happens once: on a real PostgreSQL, in parallel, and with everything that can fail in between. */
@LiveApp
class OnceTest {

  @Autowired
  Once once;
  @Autowired
  OnceMapper answers;
  @Autowired
  JdbcClient sql;
  @Autowired
  PlatformTransactionManager transactions;

  record Opened(String number, int times) {}

  private final String key = UUID.randomUUID().toString();

  @BeforeEach
  void aPlaceForEffects() {
    sql.sql("create table if not exists once_effect (key text not null, at timestamptz not null default now())").update();
  }

  @AfterEach
  void noTraces() {
    sql.sql("drop table once_effect").update();
    sql.sql("delete from idempotency where actor like 'once-test%' or key = ?").param(key).update();
  }

  private Opened effect(String key) {
    sql.sql("insert into once_effect (key) values (?)").param(key).update();
    return new Opened("N-" + key, 1);
  }

  private int effects(String key) {
    return sql.sql("select count(*) from once_effect where key = ?").param(key).query(Integer.class).single();
  }

  private Answer send(String actor, String key, Object body) {
    return once.answer(key, actor, "POST /api/cases", body, 201, () -> effect(key));
  }

  @Test
  void aThousandKeysSentThreeTimesInParallelHaveAThousandEffects() throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      keys.add(UUID.randomUUID().toString());
    }
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      keys.forEach(k -> calls.add(() -> send("once-test", k, Map.of("title", k))));
    }
    // neighbours in time, so that duplicates really meet
    List<Callable<Answer>> mixed = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      mixed.add(calls.get(i));
      mixed.add(calls.get(1_000 + i));
      mixed.add(calls.get(2_000 + i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      int first = 0;
      for (Future<Answer> answer : threads.invokeAll(mixed)) {
        assertThat(answer.get().status()).isEqualTo(201);
        first += answer.get().replayed() ? 0 : 1;
      }
      assertThat(first).isEqualTo(1_000);
    } finally {
      threads.shutdown();
    }
    assertThat(sql.sql("select count(*) from once_effect").query(Integer.class).single()).isEqualTo(1_000);
    assertThat(sql.sql("select count(distinct key) from once_effect").query(Integer.class).single()).isEqualTo(1_000);
  }

  @Test
  void aRepetitionGetsTheFirstAnswerToTheByte() {
    Answer first = send("once-test", key, Map.of("a", 1, "b", List.of("x")));
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("b", List.of("x"));
    other.put("a", 1.0);
    Answer second = send("once-test", key, other);
    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.body().toString()).isEqualTo(first.body().toString())
        .isEqualTo("{\"number\":\"N-" + key + "\",\"times\":1}");
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void anotherBodyOrOperationWithTheKeyIsRefused() {
    send("once-test", key, Map.of("title", "a"));
    for (Object body : new Object[] {Map.of("title", "b"), Map.of("title", List.of("a")), Map.of(), null, "a"}) {
      assertThatThrownBy(() -> send("once-test", key, body)).isInstanceOfSatisfying(KeyReused.class, e -> {
        assertThat(e.status()).isEqualTo(422);
        assertThat(e.kind()).isEqualTo("idempotency-key-reused");
      });
    }
    assertThatThrownBy(() -> once.answer(key, "once-test", "POST /api/other", Map.of("title", "a"), 200, () -> 1))
        .isInstanceOf(KeyReused.class);
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void peopleDoNotShareKeysAndStrangersLearnNothingFromOne() {
    send("once-test", key, Map.of("title", "a"));
    assertThat(send("once-test-2", key, Map.of("title", "b")).replayed()).isFalse();
    send(Once.PUBLIC, key, Map.of("title", "路灯不亮", "phone", "1"));
    assertThatThrownBy(() -> send(Once.PUBLIC, key, Map.of("title", "路灯不亮", "phone", "2")))
        .isInstanceOf(KeyReused.class);
    assertThat(effects(key)).isEqualTo(3);
  }

  @Test
  void failedWorkLeavesNothingAndMayBeSentAgain() {
    assertThatThrownBy(() -> once.answer(key, "once-test", "POST /x", null, 201, () -> {
      effect(key);
      throw new Conflict("work-item-gone", "已办", "gone");
    })).isInstanceOf(Conflict.class);
    assertThat(effects(key)).isZero();
    assertThat(answers.find("once-test", key)).isNull();
    assertThat(once.answer(key, "once-test", "POST /x", null, 201, () -> effect(key)).replayed()).isFalse();
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void anAnswerThatIsNoJsonUndoesTheWork() {
    assertThatThrownBy(() -> once.answer(key, "once-test", "POST /x", null, 201, () -> {
      effect(key);
      return new Object() {
        @SuppressWarnings("unused")
        public Object getSelf() {
          throw new IllegalStateException("no");
        }
      };
    })).isInstanceOf(RuntimeException.class);
    assertThat(effects(key)).isZero();
    assertThat(answers.find("once-test", key)).isNull();
  }

  @Test
  void aTransactionThatIsRolledBackTakesTheKeyWithIt() {
    new TransactionTemplate(transactions).executeWithoutResult(tx -> {
      send("once-test", key, Map.of());
      tx.setRollbackOnly();
    });
    assertThat(effects(key)).isZero();
    assertThat(send("once-test", key, Map.of()).replayed()).isFalse();
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void aConnectionKilledInTheMiddleOfTheWorkCostsNothing() {
    assertThatThrownBy(() -> once.answer(key, "once-test", "POST /x", null, 201, () -> {
      effect(key);
      sql.sql("select pg_terminate_backend(pg_backend_pid())").query(Boolean.class).single();
      return 1;
    })).isInstanceOf(RuntimeException.class);
    assertThat(effects(key)).isZero();
    assertThat(once.answer(key, "once-test", "POST /x", null, 201, () -> effect(key)).replayed()).isFalse();
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void aDuplicateWaitsForTheFirstAndGetsItsAnswer() throws Exception {
    assertThat(meet(false).replayed()).isTrue();
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void aDuplicateOfWorkThatFailsDoesTheWork() throws Exception {
    assertThat(meet(true).replayed()).isFalse();
    assertThat(effects(key)).isEqualTo(1);
  }

  /** Sends a duplicate while the first is at work; answers what the duplicate got. */
  private Answer meet(boolean firstFails) throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Answer> first = threads.submit(() -> once.answer(key, "once-test", "POST /x", null, 201, () -> {
        Opened opened = effect(key);
        working.countDown();
        try {
          assertThat(finish.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        if (firstFails) {
          throw new Conflict("work-item-gone", "已办", "gone");
        }
        return opened;
      }));
      assertThat(working.await(20, TimeUnit.SECONDS)).isTrue();
      Future<Answer> second = threads.submit(
          () -> once.answer(key, "once-test", "POST /x", null, 201, () -> effect(key)));
      Instant until = Instant.now().plus(Duration.ofSeconds(4));
      while (waiting() == 0 && Instant.now().isBefore(until)) {
        Thread.onSpinWait();
      }
      assertThat(waiting()).as("the duplicate waits in the database").isPositive();
      finish.countDown();
      if (firstFails) {
        assertThatThrownBy(first::get).hasCauseInstanceOf(Conflict.class);
      } else {
        assertThat(first.get().replayed()).isFalse();
      }
      return second.get();
    } finally {
      finish.countDown();
      threads.shutdown();
    }
  }

  private int waiting() {
    return sql.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%idempotency%'")
        .query(Integer.class).single();
  }

  /** As a controller does it. */
  @RestController
  class Desk {
    @PostMapping("/test/open")
    ResponseEntity<Opened> open(@RequestHeader(name = Once.HEADER, required = false) String key,
        @RequestBody Map<String, Object> body, HttpServletRequest request) {
      return once.created(key, "once-test", request, body, () -> effect(OnceTest.this.key));
    }
  }

  @Test
  void aControllerAnswersARepetitionToTheByteAndSaysSo() throws Exception {
    MockMvc http = MockMvcBuilders.standaloneSetup(new Desk()).build();
    var request = MockMvcRequestBuilders.post("/test/open").header(Once.HEADER, key)
        .contentType("application/json").content("{\"a\":1}");
    var first = http.perform(request).andReturn().getResponse();
    var second = http.perform(request).andReturn().getResponse();
    assertThat(first.getStatus()).isEqualTo(201);
    assertThat(second.getStatus()).isEqualTo(201);
    assertThat(first.getContentAsString()).isEqualTo("{\"number\":\"N-" + key + "\",\"times\":1}")
        .isEqualTo(second.getContentAsString());
    assertThat(first.getHeader(Once.REPLAYED)).isNull();
    assertThat(second.getHeader(Once.REPLAYED)).isEqualTo("true");
    assertThat(effects(key)).isEqualTo(1);
  }

  @Test
  void aKeyHasItsLimits() {
    for (String bad : List.of("", " ", "a b", "键", "a\n", "x".repeat(201))) {
      assertThatThrownBy(() -> send("once-test", bad, null)).isInstanceOfSatisfying(InvalidInput.class,
          e -> assertThat(e.errors().get(0).field()).isEqualTo("Idempotency-Key"));
    }
    assertThat(send("once-test", "~".repeat(200), null).replayed()).isFalse();
  }

  @Test
  void withoutAKeyTheWorkIsDoneEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThat(once.answer(null, "once-test", "POST /x", null, 200, () -> effect(key)).replayed()).isFalse();
    }
    assertThat(effects(key)).isEqualTo(2);
  }

  @Test
  void oldAnswersAreForgottenAndYoungOnesKept() {
    Instant now = Instant.now();
    for (int i = 0; i < 2_500; i++) {
      answers.take("once-test-old", "k" + i, "o", "h", now.minus(Duration.ofDays(7)).minusSeconds(5));
    }
    answers.take("once-test-young", "k", "o", "h", now.minus(Duration.ofDays(7)).plusSeconds(60));
    assertThat(once.forget(now)).isGreaterThanOrEqualTo(2_500);
    assertThat(answers.find("once-test-old", "k1")).isNull();
    assertThat(answers.find("once-test-young", "k")).isNotNull();
  }
}

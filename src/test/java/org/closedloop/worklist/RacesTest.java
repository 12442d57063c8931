package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Exactly once, over real HTTP: a thousand pairs of officials at the same item, a thousand keys sent three times at once,
 * and actions against completions. Counts what the database holds afterwards, not only what was answered.
 */
@LiveApp
// Leaves thousands of open cases behind, whose deadlines would keep everybody busy whose test moves the clock.
@DirtiesContext(classMode = ClassMode.AFTER_CLASS)
class RacesTest {

  private static final int RACES = 1000;
  private static final Map<String, Object> REFUSE = Map.of("answers", Map.of("accepted", "refuse", "category", "0101",
      "area", "140929101", "urgency", "ordinary", "refusal", "other", "refusalText", "此事项不属于政府职责范围"));

  @Autowired
  Caller caller;
  @Autowired
  JdbcClient sql;
  @Autowired
  Reconciler reconciler;

  private final ExecutorService pool = Executors.newFixedThreadPool(6);
  /** Races run beside each other too: each waits for the disk most of the time. */
  private final ExecutorService races = Executors.newFixedThreadPool(3);

  @AfterEach
  void stop() {
    races.shutdownNow();
    pool.shutdownNow();
  }

  private static <T> List<T> all(ExecutorService at, List<Callable<T>> calls) throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> f : at.invokeAll(calls)) {
      results.add(f.get());
    }
    return results;
  }

  private String report(String title) {
    return caller.as("dispatcher1").post("/api/cases", Map.of("title", title, "area", "140929101")).json()
        .get("number").asText();
  }

  private String accept(String number) {
    return sql.sql("select item_id from work_item where case_number = ? and task = 'accept'").param(number)
        .query(String.class).single();
  }

  /** Two callers that set off together, as nearly as two threads can. */
  private List<Caller.Answer> together(Callable<Caller.Answer> one, Callable<Caller.Answer> other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Future<Caller.Answer> first = pool.submit(() -> {
      start.await();
      return one.call();
    });
    start.await();
    Caller.Answer second = other.call();
    return List.of(first.get(), second);
  }

  @Test
  void ofTwoOfficialsAtOneItemExactlyOneCompletesItAndTheOtherIsToldWho() throws Exception {
    String mark = "竞争" + UUID.randomUUID();
    List<String> numbers =
        all(pool, IntStream.range(0, RACES).<Callable<String>>mapToObj(i -> () -> report(mark)).toList());
    for (List<Caller.Answer> answers : all(races, numbers.stream().<Callable<List<Caller.Answer>>>map(number -> () -> {
      String path = "/api/work-items/" + accept(number) + "/complete";
      return together(() -> caller.as("dispatcher1").post(path, REFUSE),
          () -> caller.as("dispatcher2").post(path, REFUSE));
    }).toList())) {
      assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(200, 409);
      JsonNode lost = answers.stream().filter(a -> a.status() == 409).findFirst().orElseThrow().json();
      assertThat(lost.get("type").asText()).isEqualTo("urn:closedloop:work-item-gone");
      assertThat(lost.get("detail").asText()).containsAnyOf("王晓燕", "侯建国").contains("指挥中心").contains("202");
    }
    record Effects(long refused, long answers, long done, long milestones) {}
    Effects effects = sql.sql("""
        with mine as (select number from case_file where title = :mark)
        select (select count(*) from case_file where title = :mark and stage = 'refused' and not open) as refused,
               (select count(*) from entry where kind = 'answer' and case_number in (select number from mine)) as answers,
               (select count(*) from done_item where outcome = 'completed'
                  and case_number in (select number from mine)) as done,
               (select count(*) from milestone where key = 'refused' and case_number in (select number from mine))
                  as milestones""").param("mark", mark).query(Effects.class).single();
    assertThat(effects).isEqualTo(new Effects(RACES, RACES, RACES, RACES));
    // Other tests make rows of their own in the list; every task of the engine is on it all the same.
    assertThat(reconciler.compare().missing()).isEmpty();
    assertThat(sql.sql("select count(*) from work_item w join case_file c on c.number = w.case_number where c.title = ?")
        .param(mark).query(Long.class).single()).isZero();
  }

  @Test
  void aKeySentThreeTimesAtOnceOpensOneCaseAndAnswersTheSame() throws Exception {
    String mark = "重发" + UUID.randomUUID();
    List<Callable<List<Caller.Answer>>> calls = IntStream.range(0, RACES).<Callable<List<Caller.Answer>>>mapToObj(
        i -> () -> {
          Caller with = caller.with("Idempotency-Key", mark.substring(2) + "-" + i);
          Map<String, Object> body = Map.of("title", mark, "description", "第 " + i + " 件");
          List<Caller.Answer> answers = new ArrayList<>();
          Thread other = new Thread(() -> {
            Caller.Answer a = with.post("/api/public/reports", body);
            synchronized (answers) {
              answers.add(a);
            }
          });
          other.start();
          Caller.Answer own = with.post("/api/public/reports", body);
          other.join();
          answers.add(own);
          answers.add(with.post("/api/public/reports", body));
          return answers;
        }).toList();
    for (List<Caller.Answer> answers : all(pool, calls)) {
      assertThat(answers).extracting(Caller.Answer::status).containsOnly(201);
      assertThat(answers.stream().map(Caller.Answer::text).distinct()).hasSize(1);
    }
    assertThat(sql.sql("select count(*) from case_file where title = ?").param(mark).query(Long.class).single())
        .isEqualTo(RACES);
  }

  @Test
  void aWithdrawalAndACompletionAtOnceLeaveOneEnd() throws Exception {
    for (int i = 0; i < 50; i++) {
      String number = report("撤件与受理同时");
      String path = "/api/work-items/" + accept(number) + "/complete";
      List<Caller.Answer> answers = together(() -> caller.as("dispatcher1").post(path, REFUSE),
          () -> caller.as("dispatcher2").post("/api/cases/" + number + "/actions/withdraw",
              Map.of("answers", Map.of("reason", "反映人要求撤回"))));
      assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(200, 409);
      assertThat(sql.sql("""
          select count(*) from milestone where case_number = ? and key in ('refused', 'withdrawn')""").param(number)
          .query(Long.class).single()).isEqualTo(1);
    }
  }

  @Test
  void ofTwoWhoClaimAtOnceOneHoldsItAndTheOtherIsToldWho() throws Exception {
    for (int i = 0; i < 50; i++) {
      String path = "/api/work-items/" + accept(report("同时签收")) + "/claim";
      List<Caller.Answer> answers = together(() -> caller.as("dispatcher1").post(path, null),
          () -> caller.as("dispatcher2").post(path, null));
      assertThat(answers).extracting(Caller.Answer::status).containsExactlyInAnyOrder(200, 409);
    }
  }
}

package org.closedloop.alert.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.closedloop.LiveApp;
import org.closedloop.alert.Late;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.Allowance;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sweeps against everything that happens at the same time: other sweeps, a kill before the commit, clocks that are just
 * being changed, a database that throws everybody out. The application's own sweep runs all the while.
 */
@LiveApp
class SweepRacesTest {

  private static final Duration LATE = Duration.ofMinutes(-1);
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Autowired Sweeper sweeper;
  @Autowired CaseRegister register;
  @Autowired Clocks clocks;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;
  @Autowired PlatformTransactionManager transactions;

  private Late late;
  private TransactionTemplate transaction;

  @BeforeEach
  void prepare() {
    late = new Late(register, clocks, clock, sql);
    transaction = new TransactionTemplate(transactions);
  }

  /** While this runs no sweep of the application gets anywhere. */
  private void aloneWith(Runnable work) {
    transaction.executeWithoutResult(tx -> {
      sql.sql("select pg_advisory_xact_lock(?)::text").param(Sweeper.LOCK).query(String.class).single();
      work.run();
    });
  }

  private <T> T elsewhere(java.util.concurrent.Callable<T> work) {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      return other.submit(work).get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      other.shutdown();
    }
  }

  private void eachOnce(String number, int clocksOfIt) {
    await().atMost(BOUND).until(() -> late.alerts(number).size() >= 2 * clocksOfIt);
    assertThat(sweeper.sweep()).isGreaterThanOrEqualTo(0);
    assertThat(late.raised(number)).hasSize(2 * clocksOfIt).doesNotHaveDuplicates();
    assertThat(late.told(number)).hasSize(clocksOfIt);
  }

  @Test
  void onlyWhoLeadsSweeps() {
    String number = late.newCase("140929101");
    aloneWith(() -> {
      elsewhere(() -> late.clock(number, "stage", LATE));
      assertThat(elsewhere(sweeper::sweep)).isZero();
      assertThat(elsewhere(() -> late.alerts(number))).isEmpty();
    });
    eachOnce(number, 1);
  }

  @Test
  void whatASweepThatWasKilledHadMadeIsMadeAgainAndOnce() {
    String number = late.newCase("140929101");
    aloneWith(() -> {
      elsewhere(() -> late.clock(number, "stage", LATE));
      elsewhere(() -> transaction.execute(tx -> {
        assertThat(sweeper.step(clock.instant())).isPositive();
        assertThat(late.alerts(number)).hasSize(2);
        tx.setRollbackOnly();
        return null;
      }));
      assertThat(elsewhere(() -> late.alerts(number))).isEmpty();
      assertThat(elsewhere(() -> late.told(number))).isEmpty();
    });
    eachOnce(number, 1);
  }

  @Test
  void manySweepsAtOnceRaiseEachOnce() throws Exception {
    String number = late.newCase("140929101");
    int all = 300;
    transaction.executeWithoutResult(tx -> {
      for (int i = 0; i < all; i++) {
        late.clock(number, "stage", LATE);
      }
    });
    ExecutorService nodes = Executors.newFixedThreadPool(6);
    List<Future<Integer>> sweeps = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sweeps.add(nodes.submit(sweeper::sweep));
    }
    for (Future<Integer> sweep : sweeps) {
      sweep.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }
    nodes.shutdown();
    eachOnce(number, all);
  }

  @Test
  void whatCommitsLateIsFoundAllTheSame() {
    String number = late.newCase("140929101");
    transaction.executeWithoutResult(tx -> {
      late.clock(number, "stage", Duration.ofHours(-5));
      String other = elsewhere(() -> late.newCase("140929101"));
      elsewhere(() -> late.clock(other, "stage", LATE));
      await().atMost(BOUND).until(() -> elsewhere(() -> late.alerts(other)).size() == 2);
      assertThat(elsewhere(() -> late.alerts(number))).as("not committed when later deadlines were raised").isEmpty();
    });
    eachOnce(number, 1);
  }

  @Test
  void aClockThatIsJustBeingExtendedHoldsUpNobodyAndIsNotRaised() {
    String busy = late.newCase("140929101");
    String other = late.newCase("140929101");
    Running extended = late.clock(busy, "stage", Duration.ofMinutes(80));
    aloneWith(() -> transaction.executeWithoutResult(tx -> {
      clocks.extend(busy, "instance", extended.key(), 60, AllowanceUnit.MINUTES, "dutyleader", "amount",
          clock.instant(), new Allowance(10, AllowanceUnit.WORKING_DAYS, 0.75, "stage"));
      elsewhere(() -> late.clock(other, "stage", LATE));
      // as if the old deadline had passed: the row as everybody else still sees it is due
      elsewhere(() -> transaction.execute(inner -> {
        sweeper.step(clock.instant().plus(Duration.ofMinutes(81)));
        assertThat(late.alerts(other)).hasSize(2);
        assertThat(late.alerts(busy)).isEmpty();
        inner.setRollbackOnly();
        return null;
      }));
    }));
    elsewhere(() -> transaction.execute(inner -> {
      sweeper.step(clock.instant().plus(Duration.ofMinutes(81)));
      assertThat(late.raised(busy)).doesNotContain("overdue " + extended.key());
      inner.setRollbackOnly();
      return null;
    }));
    eachOnce(other, 1);
  }

  @Test
  void clocksThatEndWhileSweepsRunAreRaisedOnceOrNotAtAll() throws Exception {
    String number = late.newCase("140929101");
    List<Running> all = new ArrayList<>();
    transaction.executeWithoutResult(tx -> {
      for (int i = 0; i < 200; i++) {
        all.add(late.clock(number, "stage", LATE));
      }
    });
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService both = Executors.newFixedThreadPool(3);
    Future<?> ends = both.submit(() -> {
      go.await();
      for (Running one : all) {
        clocks.end(number, "instance", one.key(), clock.instant());
      }
      return null;
    });
    Future<Integer> sweeps = both.submit(() -> {
      go.await();
      return sweeper.sweep();
    });
    go.countDown();
    ends.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    sweeps.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    both.shutdown();
    sweeper.sweep();
    assertThat(late.raised(number)).doesNotHaveDuplicates();
    assertThat(sql.sql("""
        select count(*) from clock_moment m join clock k on k.id = m.clock_id where k.case_number = ?""").param(number)
        .query(Long.class).single()).isZero();
  }

  @Test
  void aDatabaseThatThrowsEverybodyOutAmidAStormLosesNothing() {
    String number = late.newCase("140929101");
    int all = 400;
    transaction.executeWithoutResult(tx -> {
      for (int i = 0; i < all; i++) {
        late.clock(number, "stage", LATE);
      }
    });
    for (int i = 0; i < 5; i++) {
      try {
        sql.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() "
            + "and application_name in ('closed-loop', 'closed-loop listener')").query(Long.class).single();
      } catch (org.springframework.dao.DataAccessException thrownOut) {
        // by the one before
      }
    }
    await().atMost(BOUND).ignoreExceptions().until(() -> late.alerts(number).size() == 2 * all);
    eachOnce(number, all);
  }
}

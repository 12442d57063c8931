package org.closedloop.alert.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.closedloop.LiveApp;
import org.closedloop.alert.Alerts;
import org.closedloop.alert.Late;
import org.closedloop.alert.Level;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.Allowance;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What a sweep finds and what it makes of it: each statement on a real database; leaves nothing behind. */
@LiveApp
@Transactional
class SweepTest {

  private static final Duration LATE = Duration.ofMinutes(-1);
  /** Three quarters of the hundred minutes are used up. */
  private static final Duration SOON = Duration.ofMinutes(20);
  private static final Duration LATER = Duration.ofMinutes(90);
  private static final Allowance MAXIMUM = new Allowance(10, AllowanceUnit.WORKING_DAYS, 0.75, "stage");

  @Autowired SweepMapper sweeps;
  @Autowired Sweeper sweeper;
  @Autowired Alerts alerts;
  @Autowired CaseRegister register;
  @Autowired Clocks clocks;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;

  private Late late;
  private String number;
  private Instant now;

  @BeforeEach
  void aCaseOfOurOwn() {
    late = new Late(register, clocks, clock, sql);
    number = late.newCase("140929101");
    now = clock.instant();
  }

  private void sweep(Instant at) {
    while (sweeper.step(at) > 0) {
      // the database is shared: what other tests left due comes first
    }
  }

  @Test
  void whoeverHoldsTheItemOrNobodyTheDeadlineRaisesOneAlert() {
    Running free = late.clock(number, "stage", LATE);
    late.item(free, "140929-ga", null);
    Running claimed = late.clock(number, "side", LATE.multipliedBy(2));
    late.item(claimed, "140929-ga", "ga.handler");
    Running held = late.clock(number, "check-in", LATE.multipliedBy(3));
    clocks.bind(number, "instance", held.key(), "an item that was returned", "140929-sl");
    sweep(now);
    sweep(now);
    assertThat(late.alerts(number).stream().filter(a -> a.level().equals("overdue")).toList())
        .extracting(Late.Row::task, Late.Row::unit, Late.Row::assignee)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(held.key(), "140929-sl", null),
            org.assertj.core.groups.Tuple.tuple(claimed.key(), "140929-ga", "ga.handler"),
            org.assertj.core.groups.Tuple.tuple(free.key(), "140929-ga", null));
  }

  @Test
  void theReminderComesBeforeTheDeadlineAndBothComeOnce() {
    Running soon = late.clock(number, "stage", SOON);
    sweep(now);
    assertThat(late.raised(number)).containsExactly("warn " + soon.key());
    sweep(soon.due().toInstant());
    assertThat(late.raised(number)).as("at the deadline itself it is still in time").hasSize(1);
    sweep(soon.due().toInstant().plusMillis(1));
    sweep(now.plus(LATER));
    assertThat(late.raised(number)).containsExactly("warn " + soon.key(), "overdue " + soon.key());
    assertThat(late.told(number)).containsExactly("alert.warn", "alert.overdue");
  }

  @Test
  void whatIsMadeLateAlreadyIsRaisedAndNobodyIsToldThatItIsComing() {
    late.clock(number, "stage", Duration.ofDays(-3));
    sweep(now);
    assertThat(late.alerts(number)).extracting(Late.Row::level).containsExactly("warn", "overdue");
    assertThat(late.told(number)).containsExactly("alert.overdue");
  }

  @Test
  void clocksThatWaitForReportersOrWakeSomethingUpRaiseNothing() {
    for (String kind : List.of("rung", "suspension", "answer")) {
      late.clock(number, kind, LATE);
    }
    sweep(now);
    assertThat(late.alerts(number)).isEmpty();
  }

  @Test
  void anEndedClockRaisesNothing() {
    Running done = late.clock(number, "stage", LATE);
    clocks.end(number, "instance", done.key(), now);
    sweep(now);
    assertThat(late.alerts(number)).isEmpty();
  }

  @Test
  void aStoppedClockRaisesNothingUntilItRunsAgain() {
    Running stopped = late.clock(number, "stage", SOON);
    clocks.pause(number, "instance", stopped.key(), now);
    sweep(now.plus(LATER));
    assertThat(late.alerts(number)).isEmpty();
    clocks.resume(number, "instance", stopped.key(), now.plus(LATER));
    sweep(now.plus(LATER));
    assertThat(late.raised(number)).containsExactly("warn " + stopped.key());
  }

  @Test
  void stoppingAndRunningOnNeverRaisesALevelAgain() {
    Running stopped = late.clock(number, "stage", SOON);
    sweep(now);
    clocks.pause(number, "instance", stopped.key(), now);
    clocks.resume(number, "instance", stopped.key(), now.plus(LATER));
    sweep(now.plus(LATER));
    assertThat(late.raised(number)).containsExactly("warn " + stopped.key());
  }

  @Test
  void anExtensionIsANewDeadlineWithNewReminders() {
    Running extended = late.clock(number, "stage", SOON);
    sweep(now);
    clocks.extend(number, "instance", extended.key(), 90, AllowanceUnit.MINUTES, "dutyleader", "amount", now, MAXIMUM);
    sweep(now);
    assertThat(late.raised(number)).as("far from its new deadline").hasSize(1);
    sweep(now.plus(Duration.ofMinutes(109)));
    sweep(now.plus(Duration.ofMinutes(111)));
    assertThat(late.alerts(number)).extracting(a -> a.level() + a.episode())
        .containsExactly("warn0", "warn1", "overdue1");
    assertThat(late.told(number)).containsExactly("alert.warn", "alert.warn", "alert.overdue");
  }

  @Test
  void anExtensionGrantedAfterTheDeadlineTakesTheMarkOfTheOldOneAway() {
    Running extended = late.clock(number, "stage", LATE);
    sweep(now);
    clocks.extend(number, "instance", extended.key(), 60, AllowanceUnit.MINUTES, "dutyleader", "amount",
        now.minusSeconds(120), MAXIMUM);
    sweep(now);
    assertThat(late.alerts(number)).hasSize(2);
    sweep(now.plus(LATER));
    assertThat(late.alerts(number)).extracting(a -> a.level() + a.episode())
        .containsExactly("warn0", "overdue0", "warn1", "overdue1");
  }

  @Test
  void aRungIsRaisedOnceAndPlacedByTheNextSweep() {
    Running rung = late.clock(number, "stage", LATE);
    late.item(rung, "140929-ga", "ga.handler");
    assertThat(alerts.raise(Level.ORDER, rung.id(), "请三日内办结")).isTrue();
    assertThat(alerts.raise(Level.ORDER, rung.id(), null)).isFalse();
    assertThat(late.alerts(number)).extracting(Late.Row::position).containsOnlyNulls();
    assertThat(sweeps.anything(Instant.EPOCH)).isTrue();
    sweep(now);
    assertThat(late.alerts(number)).hasSize(3).allMatch(a -> a.position() != null);
    assertThat(late.told(number)).containsExactly("alert.order", "alert.overdue");
    clocks.extend(number, "instance", rung.key(), 60, AllowanceUnit.MINUTES, "dutyleader", "amount",
        now.minusSeconds(120), MAXIMUM);
    assertThat(alerts.raise(Level.ORDER, rung.id(), null)).as("a new episode").isTrue();
    clocks.end(number, "instance", rung.key(), now);
    assertThat(alerts.raise(Level.RED_CARD, rung.id(), null)).as("it has ended").isFalse();
  }

  @Test
  void positionsGrowInTheOrderOfDeadlines() {
    for (int minutes : new int[] {5, 50, 20, 1, 30}) {
      late.clock(number, "stage", Duration.ofMinutes(-minutes));
    }
    sweep(now);
    List<String> inOrder = sql.sql("select task from alert where case_number = ? and level = 'overdue' order by position")
        .param(number).query(String.class).list();
    assertThat(inOrder).isEqualTo(sql.sql("select key from clock where case_number = ? order by due_at").param(number)
        .query(String.class).list());
  }

  @Test
  void aPassedDeadlineLeavesTheLadderWorkOnceForEachDeadline() {
    Running stands = late.clock(number, "stage", LATE);
    late.clock(number, "stage", LATER);
    sweep(now);
    sweep(now);
    assertThat(laddersOf(number)).containsExactly(stands.id() + "/0");
    clocks.extend(number, "instance", stands.key(), 60, AllowanceUnit.MINUTES, "dutyleader", "amount",
        now.minusSeconds(120), MAXIMUM);
    sweep(now.plus(Duration.ofMinutes(70)));
    assertThat(laddersOf(number)).containsExactly(stands.id() + "/0", stands.id() + "/1");
  }

  private List<String> laddersOf(String number) {
    return sql.sql("select clock_id || '/' || episode from supervision where case_number = ? order by id").param(number)
        .query(String.class).list();
  }

  @Test
  void aMomentLaidAgainForTheSameDeadlineIsTakenAwayAndRaisesNothing() {
    Running again = late.clock(number, "stage", LATE);
    sweep(now);
    // as after a change of the calendar
    sql.sql("update clock set due_at = due_at - interval '1 second' where id = ?").param(again.id()).update();
    sweep(now);
    assertThat(late.raised(number)).containsExactly("warn " + again.key(), "overdue " + again.key());
    assertThat(sql.sql("select count(*) from clock_moment where clock_id = ?").param(again.id()).query(Integer.class)
        .single()).isZero();
  }

  @Test
  void aMatterWithoutAClockIsRaisedOnceForEachTime() {
    var first = new Alerts.Matter(number, "supervision", "rework", org.closedloop.problem.Words.of("第三次返工", "Third rework"),
        "140929-ga", 3, null);
    assertThat(alerts.raise(Level.ORDER, first, null)).isTrue();
    assertThat(alerts.raise(Level.ORDER, first, null)).isFalse();
    assertThat(alerts.raise(Level.YELLOW_CARD, first, null)).isTrue();
    sweep(now);
    assertThat(late.raised(number)).containsExactly("order rework", "yellow-card rework");
  }
}

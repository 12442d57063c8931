package org.closedloop.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.closedloop.LiveApp;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.Light;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.deadline.WorkingCalendar.SpecialDay;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Clocks on a real PostgreSQL; every test is rolled back. November 2025 has no holidays: the 5th is a Wednesday. */
@LiveApp
@Transactional
class ClocksTest {

  private static final String CASE = "CLOCK-TEST-1";
  private static final Allowance SEVEN = new Allowance(7, AllowanceUnit.WORKING_DAYS, 0.75, "stage");
  private static final Allowance TEN = new Allowance(10, AllowanceUnit.WORKING_DAYS, 0.75, "side");
  private static final Allowance NINETY = new Allowance(90, AllowanceUnit.DAYS, 0.9, "suspension");
  private static final Instant WEDNESDAY = at("2025-11-05T09:00");

  @Autowired ClockMapper mapper;
  @Autowired CaseRegister register;
  @Autowired Clocks wired;
  @Autowired DataSource dataSource;

  private final List<Running> heard = new ArrayList<>();
  private final List<String> timers = new ArrayList<>();
  private final List<SupervisedClocks.Change> changes = new ArrayList<>();
  private WorkingCalendar calendar = Calendars.shipped();
  private Clocks clocks;
  private JdbcTemplate sql;

  @BeforeEach
  void aCaseAndNobodyElseListening() {
    sql = new JdbcTemplate(dataSource);
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      insertCase(CASE);
    }
    clocks = new Clocks(mapper, () -> calendar, register, provider(heard::add),
        provider((number, instance, key, activity, warn, due) -> timers.add(key + " " + due)),
        provider((number, clock, change) -> changes.add(change)));
  }

  @Test
  void aClockIsLaidOnTheCalendarAndKeptInWholeSeconds() {
    Running clock = clocks.start(CASE, "case-handling", "i1", "handle", "stage", SEVEN, "handle",
        WEDNESDAY.plusMillis(723));
    assertThat(clock.startedAt()).isEqualTo(time("2025-11-05T09:00"));
    assertThat(clock.due()).isEqualTo(time("2025-11-14T18:00"));
    assertThat(clock.originalDue()).isEqualTo(clock.due());
    // 5.25 of 7 working days: 6 7 10 11 12 and a quarter of the 13th (112.5 minutes)
    assertThat(clock.warn()).isEqualTo(time("2025-11-13T09:52:30"));
    assertThat(clock.due().getOffset().getId()).isEqualTo("+08:00");
    assertThat(clock.round()).isEqualTo(1);
    assertThat(clocks.running(CASE)).containsExactly(clock);
    assertThat(heard).isEmpty();
  }

  @Test
  void reachingTheStageAgainOrSigningForItGivesNoNewTime() {
    Running first = handle(WEDNESDAY);
    assertThat(handle(at("2025-11-10T09:00"))).isEqualTo(first);
    assertThat(clocks.running(CASE)).hasSize(1);
  }

  @Test
  void aClockForACaseThatDoesNotExistIsAFault() {
    assertThatThrownBy(() -> clocks.start("NONE", "case-handling", "i1", "handle", "stage", SEVEN, "handle",
        WEDNESDAY)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStoppedClockIsGreyAndRunsOnWithWhatWasLeft() {
    handle(WEDNESDAY);
    List<Running> stopped = clocks.pause(CASE, "i1", null, at("2025-11-07T10:00"));
    assertThat(stopped).singleElement().satisfies(c -> {
      assertThat(c.pausedSince()).isEqualTo(time("2025-11-07T10:00"));
      assertThat(c.light(at("2025-12-31T00:00"))).isEqualTo(Light.GREY);
    });
    assertThat(clocks.pause(CASE, "i1", "handle", at("2025-11-08T10:00"))).isEmpty();

    // left after the 7th: 10 11 12 13 14, five working days; resumed on Thursday 20: 21 24 25 26 27
    List<Running> runs = clocks.resume(CASE, "i1", "handle", at("2025-11-20T15:00"));
    assertThat(runs).singleElement().satisfies(c -> {
      assertThat(c.pausedSince()).isNull();
      assertThat(c.due()).isEqualTo(time("2025-11-27T18:00"));
      // as long before the deadline as it was: 1.75 working days
      assertThat(c.warn()).isEqualTo(time("2025-11-26T09:52:30"));
      assertThat(c.originalDue()).isEqualTo(time("2025-11-14T18:00"));
    });
    assertThat(heard).hasSize(2);
    assertThat(timers).containsExactly("handle 2025-11-27T18:00+08:00");
    assertThat(clocks.running(CASE)).isEqualTo(runs);
    assertThat(clocks.resume(CASE, "i1", null, at("2025-11-21T15:00"))).isEmpty();
  }

  @Test
  void startingAStoppedClockLetsItRunOn() {
    handle(WEDNESDAY);
    clocks.pause(CASE, "i1", "handle", at("2025-11-07T10:00"));
    assertThat(handle(at("2025-11-20T15:00")).due()).isEqualTo(time("2025-11-27T18:00"));
  }

  @Test
  void whatWasLateBeforeTheStopIsLateAfterIt() {
    Running before = handle(WEDNESDAY);
    clocks.pause(CASE, "i1", "handle", at("2025-11-17T10:00"));
    Running after = clocks.resume(CASE, "i1", "handle", at("2025-12-01T10:00")).get(0);
    assertThat(after.due()).isEqualTo(before.due());
    assertThat(after.light(at("2025-12-01T10:00"))).isEqualTo(Light.RED);
  }

  @Test
  void onlyStageClocksOfTheInstanceStopTogether() {
    handle(WEDNESDAY);
    clocks.start(CASE, "case-handling", "i1", "return", "side", SEVEN, "return", WEDNESDAY);
    clocks.start(CASE, "whistle", "i2", "settle", "stage", SEVEN, "settle", WEDNESDAY);
    assertThat(clocks.pause(CASE, "i1", null, at("2025-11-06T10:00"))).extracting(Running::key)
        .containsExactly("handle");
  }

  @Test
  void anExtensionIsLaidFromTheDeadlineAndRecorded() {
    handle(WEDNESDAY);
    Running longer = extend(3, "2025-11-14T17:59");
    assertThat(longer.due()).isEqualTo(time("2025-11-19T18:00"));
    // ten working days now: 2.5 of them before the deadline
    assertThat(longer.warn()).isEqualTo(time("2025-11-17T11:45"));
    assertThat(longer.extensions()).containsExactly(new Running.Extension(3, AllowanceUnit.WORKING_DAYS, "dutyleader",
        time("2025-11-14T17:59"), time("2025-11-19T18:00")));
    assertThat(clocks.running(CASE)).containsExactly(longer);
    assertThat(heard).containsExactly(longer);
    assertThat(timers).containsExactly("handle 2025-11-19T18:00+08:00");
  }

  @Test
  void aThirdExtensionIsRefused() {
    handle(WEDNESDAY);
    extend(2, "2025-11-06T10:00");
    extend(2, "2025-11-07T10:00");
    assertThat(kindOf(() -> extend(1, "2025-11-10T10:00"))).isEqualTo("extension-limit");
    assertThat(clocks.running(CASE).get(0).extensions()).hasSize(2);
  }

  @Test
  void extensionsTogetherNeverExceedTheOriginalAllowance() {
    handle(WEDNESDAY);
    extend(4, "2025-11-06T10:00");
    refused(4, "2025-11-07T10:00", "累计不得超过原时限 7 个工作日", "已延 4 个工作日");
    assertThat(extend(3, "2025-11-07T10:00").due()).isEqualTo(time("2025-11-25T18:00"));
  }

  @Test
  void extensionsTogetherNeverExceedTenWorkingDays() {
    clocks.start(CASE, "case-handling", "i1", "handle", "stage",
        new Allowance(15, AllowanceUnit.WORKING_DAYS, 0.75, "stage"), "handle", WEDNESDAY);
    refused(11, "2025-11-07T10:00", "不得超过 10 个工作日", "累计");
    extend(10, "2025-11-07T10:00");
    refused(1, "2025-11-07T10:00", "不得超过 10 个工作日", "已延 10");
  }

  @Test
  void aStopGivesNoRightToALongerExtension() {
    handle(WEDNESDAY);
    extend(4, "2025-11-06T10:00");
    clocks.pause(CASE, "i1", "handle", at("2025-11-07T10:00"));
    assertThat(kindOf(() -> extend(1, "2025-11-08T10:00"))).isEqualTo("clock-stopped");
    clocks.resume(CASE, "i1", "handle", at("2025-12-01T10:00"));
    refused(4, "2025-12-02T10:00", "原时限 7 个工作日", "已延 4 个工作日");
    extend(3, "2025-12-02T10:00");
  }

  @Test
  void anExtensionAskedForTooLateIsRefused() {
    handle(WEDNESDAY);
    assertThat(extend(1, "2025-11-14T18:00").due()).isEqualTo(time("2025-11-17T18:00"));
    assertThat(kindOf(() -> extend(1, "2025-11-17T18:01"))).isEqualTo("extension-late");
  }

  @Test
  void anExtensionOfNothingOrOfNothingRunningIsRefused() {
    assertThat(kindOf(() -> extend(1, "2025-11-06T10:00"))).isEqualTo("no-clock");
    handle(WEDNESDAY);
    refused(0, "2025-11-06T10:00", "延期须为正数", "延期");
    refused(-3, "2025-11-06T10:00", "延期须为正数", "延期");
    refused(Integer.MAX_VALUE, "2025-11-06T10:00", "累计不得超过", "延期");
  }

  @Test
  void askingWhetherAnExtensionIsPossibleChangesNothing() {
    Running before = handle(WEDNESDAY);
    assertThat(clocks.checkExtension(CASE, "i1", "handle", 3, AllowanceUnit.WORKING_DAYS, "answers.days",
        at("2025-11-06T10:00"), TEN)).isEqualTo(time("2025-11-19T18:00"));
    assertThat(clocks.running(CASE)).containsExactly(before);
  }

  @Test
  void anUrgentMatterIsExtendedByAtMostItsOwnDay() {
    clocks.start(CASE, "case-handling", "i1", "handle", "stage",
        new Allowance(1440, AllowanceUnit.MINUTES, 0.75, "stage"), "handle", WEDNESDAY);
    assertThatThrownBy(() -> clocks.extend(CASE, "i1", "handle", 1, AllowanceUnit.WORKING_DAYS, "dutyleader",
        "answers.days", at("2025-11-05T10:00"), TEN)).isInstanceOf(InvalidInput.class);
    assertThat(clocks.extend(CASE, "i1", "handle", 1440, AllowanceUnit.MINUTES, "dutyleader", "answers.days",
        at("2025-11-05T10:00"), TEN).due()).isEqualTo(time("2025-11-07T09:00"));
  }

  @Test
  void aReviewDateIsDueAtTheOpeningOfThatDay() {
    Running clock = review("2025-12-01");
    assertThat(clock.due()).isEqualTo(time("2025-12-01T08:00"));
    assertThat(clock.kind()).isEqualTo("suspension");
    // a person chose that day: a stop does not move it
    assertThat(clocks.pause(CASE, "i1", "suspension", at("2025-11-06T10:00"))).isEmpty();
    assertThat(review("2025-12-06").due()).as("a Saturday").isEqualTo(time("2025-12-08T08:00"));
    assertThat(clocks.running(CASE)).hasSize(1);
  }

  @Test
  void aReviewDateIsAfterTodayAndAtMostNinetyDaysAway() {
    assertThat(fieldOf(() -> review("2025-11-05"))).isEqualTo("answers.reviewDate");
    assertThat(fieldOf(() -> review("2024-11-05"))).isEqualTo("answers.reviewDate");
    assertThat(fieldOf(() -> review("2026-02-04"))).isEqualTo("answers.reviewDate");
    assertThat(review("2026-02-03").due()).isEqualTo(time("2026-02-03T08:00"));
  }

  @Test
  void aChosenMomentIsKeptAsItIs() {
    OffsetDateTime saturdayNight = time("2025-11-08T23:00");
    assertThat(clocks.startOn(CASE, "whistle", "i1", "meet", "check-in", saturdayNight, NINETY, "meet",
        "answers.at", WEDNESDAY).due()).isEqualTo(saturdayNight);
    assertThat(fieldOf(() -> clocks.startOn(CASE, "whistle", "i2", "meet", "check-in", time("2025-11-05T08:59"),
        NINETY, "meet", "answers.at", WEDNESDAY))).isEqualTo("answers.at");
    assertThat(fieldOf(() -> clocks.startOn(CASE, "whistle", "i2", "meet", "check-in", time("2026-03-05T08:59"),
        NINETY, "meet", "answers.at", WEDNESDAY))).isEqualTo("answers.at");
  }

  @Test
  void aNewStageEndsTheOtherStagesOfItsInstanceOnly() {
    handle(WEDNESDAY);
    clocks.start(CASE, "case-handling", "i1", "feedback", "stage", SEVEN, "feedback", WEDNESDAY);
    clocks.start(CASE, "case-handling", "i1", "suspension", "suspension", SEVEN, "timer", WEDNESDAY);
    clocks.start(CASE, "whistle", "i2", "settle", "stage", SEVEN, "settle", WEDNESDAY);
    clocks.endOthers(CASE, "i1", "feedback", WEDNESDAY);
    assertThat(keys().toList()).containsExactlyInAnyOrder("feedback", "suspension", "settle");
    assertThat(clocks.history(CASE)).hasSize(4).first().satisfies(c -> {
      assertThat(c.endedAt()).isEqualTo(time("2025-11-05T09:00"));
      assertThat(c.light(WEDNESDAY)).isEqualTo(Light.NONE);
    });
  }

  @Test
  void clocksEndByKeyByActivityByItemAndAllTogether() {
    for (String key : List.of("a", "b", "c", "d", "e")) {
      clocks.start(CASE, "case-handling", "i1", key, "side", SEVEN, "task-" + key, WEDNESDAY);
    }
    clocks.bind(CASE, "i1", "c", "item-c", "140929-ga");
    assertThat(clocks.running(CASE, "i1", "c")).hasValueSatisfying(c -> {
      assertThat(c.itemId()).isEqualTo("item-c");
      assertThat(c.unitCode()).isEqualTo("140929-ga");
    });
    clocks.end(CASE, "i1", "a", WEDNESDAY);
    clocks.endByActivity(CASE, "i1", "task-b", WEDNESDAY);
    clocks.endByItem("item-c", WEDNESDAY);
    assertThat(keys().toList()).containsExactlyInAnyOrder("d", "e");
    clocks.endAll(CASE, WEDNESDAY);
    assertThat(keys().toList()).isEmpty();
    assertThat(clocks.summary(CASE)).isEqualTo(new Running.Summary(null, null, null));
  }

  @Test
  void anEndedClockMakesRoomForTheNextRound() {
    handle(WEDNESDAY);
    clocks.end(CASE, "i1", "handle", at("2025-11-06T09:00"));
    sql.update("update case_file set round = 2 where number = ?", CASE);
    assertThat(handle(at("2025-11-10T09:00"))).satisfies(c -> {
      assertThat(c.round()).isEqualTo(2);
      assertThat(c.due()).isEqualTo(time("2025-11-19T18:00"));
    });
  }

  @Test
  void theCaseShowsItsEarliestRunningDeadlineAndGreyOnlyWhenAllStandStill() {
    handle(WEDNESDAY);
    clocks.start(CASE, "case-handling", "i1", "return", "side",
        new Allowance(1, AllowanceUnit.WORKING_DAYS, 0.75, "side"), "return", WEDNESDAY);
    assertThat(clocks.summary(CASE).due()).isEqualTo(time("2025-11-06T18:00"));
    clocks.pause(CASE, "i1", "return", at("2025-11-05T10:00"));
    assertThat(clocks.summary(CASE)).satisfies(s -> {
      assertThat(s.due()).isEqualTo(time("2025-11-14T18:00"));
      assertThat(s.light(WEDNESDAY)).isEqualTo(Light.GREEN);
      assertThat(s.light(at("2025-11-14T12:00"))).isEqualTo(Light.YELLOW);
      assertThat(s.light(at("2025-11-14T18:00"))).isEqualTo(Light.YELLOW);
      assertThat(s.light(at("2025-11-14T18:01"))).isEqualTo(Light.RED);
    });
    clocks.pause(CASE, "i1", null, at("2025-11-05T11:00"));
    assertThat(clocks.summary(CASE)).satisfies(s -> {
      assertThat(s.pausedSince()).isEqualTo(time("2025-11-05T10:00"));
      assertThat(s.light(at("2026-01-01T00:00"))).isEqualTo(Light.GREY);
    });
  }

  @Test
  void aChangedCalendarMovesRunningDeadlinesOnlyWhenAsked() {
    insertCase("CLOCK-TEST-2");
    Running before = handle(WEDNESDAY);
    clocks.start("CLOCK-TEST-2", "case-handling", "i2", "accept", "stage",
        new Allowance(120, AllowanceUnit.MINUTES, 0.75, "stage"), "accept", WEDNESDAY);
    clocks.start("CLOCK-TEST-2", "case-handling", "i2", "stopped", "stage", SEVEN, "handle", WEDNESDAY);
    clocks.pause("CLOCK-TEST-2", "i2", "stopped", at("2025-11-05T10:00"));
    heard.clear();

    calendar = with(new SpecialDay(LocalDate.parse("2025-11-12"), false, "雪灾停工"));
    assertThat(clocks.running(CASE)).containsExactly(before);

    assertThat(clocks.recompute(calendar, WEDNESDAY).stream().filter(m -> m.caseNumber().startsWith("CLOCK-TEST")))
        .containsExactly(new Clocks.Moved(CASE, "handle", time("2025-11-14T18:00"), time("2025-11-17T18:00")));
    assertThat(clocks.running(CASE)).singleElement().satisfies(c -> {
      assertThat(c.due()).isEqualTo(time("2025-11-17T18:00"));
      assertThat(c.warn()).isEqualTo(time("2025-11-14T09:52:30"));
      assertThat(c.originalDue()).isEqualTo(time("2025-11-14T18:00"));
    });
    assertThat(heard.stream().filter(c -> c.caseNumber().startsWith("CLOCK-TEST"))).hasSize(1);
    assertThat(timers).contains("handle 2025-11-17T18:00+08:00");
    assertThat(clocks.recompute(calendar, WEDNESDAY).stream().filter(m -> m.caseNumber().startsWith("CLOCK-TEST")))
        .isEmpty();
  }

  @Test
  void aRecomputationKeepsStopsExtensionsAndChosenDates() {
    handle(WEDNESDAY);
    clocks.pause(CASE, "i1", "handle", at("2025-11-07T10:00"));
    clocks.resume(CASE, "i1", "handle", at("2025-11-20T15:00"));
    extend(2, "2025-11-21T10:00");
    review("2025-12-01");
    assertThat(clocks.running(CASE, "i1", "handle").orElseThrow().due()).isEqualTo(time("2025-12-01T18:00"));

    calendar = with(new SpecialDay(LocalDate.parse("2025-11-24"), false, "停工"),
        new SpecialDay(LocalDate.parse("2025-12-01"), false, "停工"));
    clocks.recompute(calendar, WEDNESDAY);
    // five left from the 20th: 21 25 26 27 28; two more: 2 and 3 December, as the 1st is off now
    assertThat(clocks.running(CASE, "i1", "handle").orElseThrow().due()).isEqualTo(time("2025-12-03T18:00"));
    assertThat(clocks.running(CASE, "i1", "suspension").orElseThrow().due()).isEqualTo(time("2025-12-02T08:00"));
  }

  /** The product as it is wired, two transactions at once: the second waits for the first and finds its clock. */
  @Test
  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  void twoWhoStartTheSameClockStartOne() throws Exception {
    String number = register.open(new NewCase("clock-race", "patrol", "路灯不亮", "", null, "140929100", null, null,
        "ordinary", new Reporter(null, null, true), null), null, Map.of()).number();
    int many = 8;
    CountDownLatch together = new CountDownLatch(many);
    ExecutorService pool = Executors.newFixedThreadPool(many);
    try {
      List<Future<Long>> started = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        started.add(pool.submit(() -> {
          together.countDown();
          together.await(10, TimeUnit.SECONDS);
          return wired.start(number, "clock-race", "i1", "handle", "stage", SEVEN, "handle", WEDNESDAY).id();
        }));
      }
      Set<Long> ids = new HashSet<>();
      for (Future<Long> one : started) {
        ids.add(one.get(30, TimeUnit.SECONDS));
      }
      assertThat(ids).hasSize(1);
      assertThat(wired.history(number)).hasSize(1);
    } finally {
      pool.shutdownNow();
    }
  }

  private Running handle(Instant now) {
    return clocks.start(CASE, "case-handling", "i1", "handle", "stage", SEVEN, "handle", now);
  }

  private Running extend(int days, String askedAt) {
    return clocks.extend(CASE, "i1", "handle", days, AllowanceUnit.WORKING_DAYS, "dutyleader", "answers.days",
        at(askedAt), TEN);
  }

  private Running review(String date) {
    return clocks.startOn(CASE, "case-handling", "i1", "suspension", "suspension", LocalDate.parse(date), NINETY,
        "suspension", "answers.reviewDate", WEDNESDAY);
  }

  private void refused(int days, String askedAt, String... words) {
    InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> extend(days, askedAt));
    assertThat(refusal.errors()).singleElement().satisfies(e -> {
      assertThat(e.field()).isEqualTo("answers.days");
      assertThat(e.message().zh()).contains(words);
    });
  }

  private static String kindOf(ThrowingCallable call) {
    return catchThrowableOfType(Conflict.class, call).kind();
  }

  private static String fieldOf(ThrowingCallable call) {
    return catchThrowableOfType(InvalidInput.class, call).errors().get(0).field();
  }

  private Stream<String> keys() {
    return clocks.running(CASE).stream().map(Running::key);
  }

  private void insertCase(String number) {
    sql.update("""
        insert into case_file (number, process, title, description, area, area_path, urgency, channel, stage, open,
                               tracking_code, opened_at)
        select ?, 'case-handling', '路灯不亮', '', code, path, 'ordinary', 'grid', 'handle', true, ?, now()
          from area where level = 'county' limit 1""", number, number);
  }

  private static WorkingCalendar with(SpecialDay... more) {
    List<SpecialDay> days = new ArrayList<>(Calendars.shippedDays());
    days.addAll(List.of(more));
    return new WorkingCalendar(Calendars.USUAL_HOURS, days);
  }

  private static <T> ObjectProvider<T> provider(T one) {
    return new ObjectProvider<>() {
      @Override
      public Stream<T> orderedStream() {
        return Stream.of(one);
      }
    };
  }

  private static OffsetDateTime time(String local) {
    return OffsetDateTime.parse((local.length() == 16 ? local + ":00" : local) + "+08:00");
  }

  private static Instant at(String local) {
    return time(local).toInstant();
  }
}

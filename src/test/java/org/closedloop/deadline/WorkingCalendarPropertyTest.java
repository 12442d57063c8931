package org.closedloop.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every beginning and every amount, whatever the calendar says. */
class WorkingCalendarPropertyTest {

  private static final WorkingCalendar CALENDAR = Calendars.shipped();

  /** Seconds from 2017-12-01 to 2027-06-01: before, inside and after the covered years. */
  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.longs().between(1512057600L, 1811779200L).map(Instant::ofEpochSecond);
  }

  /** Whole minutes around 国庆 2025 and 春节 2026, where the oracle counts. */
  @Provide
  Arbitrary<Instant> minutesNearHolidays() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(minute("2025-09-24T00:00:00+08:00"), minute("2025-10-14T00:00:00+08:00")),
        Arbitraries.longs().between(minute("2026-02-10T00:00:00+08:00"), minute("2026-03-04T00:00:00+08:00")))
        .map(m -> Instant.ofEpochSecond(m * 60));
  }

  @Property
  void aLaterBeginningIsNeverDueEarlier(@ForAll("moments") Instant from, @ForAll @IntRange(max = 500_000) int later,
      @ForAll @IntRange(min = 1, max = 60) int amount, @ForAll AllowanceUnit unit) {
    assertThat(CALENDAR.dueAt(from.plusSeconds(later), amount, unit)).isAfterOrEqualTo(
        CALENDAR.dueAt(from, amount, unit));
  }

  @Property
  void moreIsNeverDueEarlierAndStrictlyLaterInEveryUnitButDays(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 60) int amount, @ForAll AllowanceUnit unit) {
    OffsetDateTime less = CALENDAR.dueAt(from, amount, unit);
    OffsetDateTime more = CALENDAR.dueAt(from, amount + 1, unit);
    if (unit == AllowanceUnit.DAYS) {
      assertThat(more).isAfterOrEqualTo(less);
    } else {
      assertThat(more).isAfter(less);
    }
  }

  @Property
  void twoSpansOneAfterTheOtherAreOneSpanExceptForCalendarDays(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 40) int a, @ForAll @IntRange(min = 1, max = 40) int b,
      @ForAll AllowanceUnit unit) {
    OffsetDateTime atOnce = CALENDAR.dueAt(from, a + b, unit);
    OffsetDateTime inTwo = CALENDAR.dueAt(CALENDAR.dueAt(from, a, unit).toInstant(), b, unit);
    if (unit == AllowanceUnit.DAYS) {
      // The first span may have been moved over days off; nothing is ever lost by splitting.
      assertThat(inTwo).isAfterOrEqualTo(atOnce);
    } else {
      assertThat(inTwo).isEqualTo(atOnce);
    }
  }

  @Property
  void aDeadlineIsNeverInAClosedTimeExceptByTheClock(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 60) int amount, @ForAll AllowanceUnit unit) {
    OffsetDateTime due = CALENDAR.dueAt(from, amount, unit);
    assertThat(due).isAfter(WorkingCalendar.local(from));
    if (unit == AllowanceUnit.MINUTES) {
      assertThat(due.toInstant()).isEqualTo(from.plusSeconds(amount * 60L));
    } else {
      assertThat(CALENDAR.isOpen(due.toInstant())).isTrue();
    }
    if (unit.counted()) {
      assertThat(due.toLocalTime()).isEqualTo(LocalTime.of(18, 0));
    }
  }

  @Property
  void aWarningLiesBetweenBeginningAndDeadlineAndMovesWithTheShare(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 60) int amount, @ForAll AllowanceUnit unit,
      @ForAll @IntRange(min = 1, max = 99) int percent) {
    OffsetDateTime start = WorkingCalendar.local(from);
    OffsetDateTime due = CALENDAR.dueAt(from, amount, unit);
    OffsetDateTime warn = CALENDAR.warnAt(start, due, percent / 100.0, unit);
    assertThat(warn).isBetween(start, due);
    assertThat(CALENDAR.warnAt(start, due, (percent + 1) / 100.0, unit)).isAfterOrEqualTo(warn);
    if (unit.inOfficeHours()) {
      assertThat(CALENDAR.isOpen(warn.toInstant())).isTrue();
    }
  }

  @Property
  void stoppingAndResumingAtOnceChangesNothing(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 60) int amount, @ForAll AllowanceUnit unit,
      @ForAll @IntRange(max = 100) int percent) {
    OffsetDateTime due = CALENDAR.dueAt(from, amount, unit);
    Instant at = from.plusSeconds((due.toEpochSecond() - from.getEpochSecond()) * percent / 100);
    assertThat(CALENDAR.resume(at, CALENDAR.remaining(at, due, unit), unit)).isEqualTo(due);
  }

  @Property
  void aStoppedClockIsNeverDueEarlierThanItWouldHaveBeen(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 60) int amount, @ForAll AllowanceUnit unit,
      @ForAll @IntRange(max = 100) int percent, @ForAll @IntRange(max = 5_000_000) int stoppedFor) {
    OffsetDateTime due = CALENDAR.dueAt(from, amount, unit);
    Instant at = from.plusSeconds((due.toEpochSecond() - from.getEpochSecond()) * percent / 100);
    assertThat(CALENDAR.resume(at.plusSeconds(stoppedFor), CALENDAR.remaining(at, due, unit), unit))
        .isAfterOrEqualTo(due);
  }

  @Property(tries = 200)
  void workingHoursAreWhatCountingMinuteByMinuteGives(@ForAll("minutesNearHolidays") Instant from,
      @ForAll @IntRange(min = 1, max = 40) int hours) {
    assertThat(CALENDAR.dueAt(from, hours, AllowanceUnit.WORKING_HOURS).toInstant())
        .isEqualTo(minuteByMinute(from, hours * 60));
  }

  @Property(tries = 200)
  void officeMinutesAreWhatCountingMinuteByMinuteGives(@ForAll("minutesNearHolidays") Instant from,
      @ForAll @IntRange(max = 20_000) int length) {
    long open = 0;
    for (int i = 0; i < length; i++) {
      open += openDuring(from.plusSeconds(i * 60L)) ? 1 : 0;
    }
    assertThat(CALENDAR.officeMinutes(from, from.plusSeconds(length * 60L))).isEqualTo(open);
  }

  @Property(tries = 200)
  void workingDaysAreWhatCountingDayByDayGives(@ForAll("moments") Instant from,
      @ForAll @IntRange(min = 1, max = 60) int amount) {
    LocalDate day = WorkingCalendar.local(from).toLocalDate();
    for (int left = amount; left > 0;) {
      day = day.plusDays(1);
      left -= works(day) ? 1 : 0;
    }
    assertThat(CALENDAR.dueAt(from, amount, AllowanceUnit.WORKING_DAYS))
        .isEqualTo(OffsetDateTime.parse(day + "T18:00:00+08:00"));
  }

  /** The naive way: walk on minute by minute and count those in which the office is open. */
  private static Instant minuteByMinute(Instant from, int minutes) {
    Instant at = from;
    for (int left = minutes; left > 0; at = at.plus(1, ChronoUnit.MINUTES)) {
      left -= openDuring(at) ? 1 : 0;
    }
    return at;
  }

  /** Whether the office is open during the minute that begins here; written apart from the product on purpose. */
  private static boolean openDuring(Instant minute) {
    var local = minute.plusSeconds(8 * 3600).atOffset(java.time.ZoneOffset.UTC);
    int m = local.getHour() * 60 + local.getMinute();
    return works(local.toLocalDate()) && (m >= 480 && m < 720 || m >= 870 && m < 1080);
  }

  private static boolean works(LocalDate date) {
    return Calendars.shippedDays(date).map(WorkingCalendar.SpecialDay::work)
        .orElse(date.getDayOfWeek().getValue() <= 5);
  }

  private static long minute(String at) {
    return OffsetDateTime.parse(at).toEpochSecond() / 60;
  }
}

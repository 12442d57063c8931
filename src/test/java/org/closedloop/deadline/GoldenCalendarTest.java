package org.closedloop.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Holds the working calendar to tables worked out by hand from the rules in {@link WorkingCalendar}: every line names
 * the reason why its deadline is the one it is.
 */
class GoldenCalendarTest {

  private final WorkingCalendar calendar = Calendars.shipped();

  @ParameterizedTest(name = "{0} + {1} {2} = {3} ({5})")
  @CsvFileSource(resources = "golden-due.csv", numLinesToSkip = 1, delimiter = ',', maxCharsPerColumn = 500)
  void theDeadlineIsTheOneWorkedOutByHand(String from, int amount, AllowanceUnit unit, String due, boolean beyond,
      String why) {
    WorkingCalendar.Due laid = calendar.due(OffsetDateTime.parse(from), amount, unit);
    assertThat(laid.due()).as(why).isEqualTo(OffsetDateTime.parse(due));
    assertThat(laid.due().getOffset().getId()).isEqualTo("+08:00");
    assertThat(laid.beyondCoverage()).as(why).isEqualTo(beyond);
    assertThat(laid.explanation().zh()).contains("截止").doesNotContain("null");
    assertThat(laid.explanation().en()).contains("Due").doesNotContain("null");
    assertThat(laid.explanation().zh().contains("按周一至周五推算")).isEqualTo(beyond);
  }

  @ParameterizedTest(name = "{0} + {1} {2}, {3}: {4} ({5})")
  @CsvFileSource(resources = "golden-warn.csv", numLinesToSkip = 1)
  void theWarningComesWhenTheShareIsUsedUp(String from, int amount, AllowanceUnit unit, double share, String warn,
      String why) {
    Instant start = OffsetDateTime.parse(from).toInstant();
    OffsetDateTime due = calendar.dueAt(start, amount, unit);
    assertThat(calendar.warnAt(OffsetDateTime.parse(from), due, share, unit)).as(why)
        .isEqualTo(OffsetDateTime.parse(warn));
  }

  @ParameterizedTest(name = "{0} {1}, stopped {2} to {3}: {4} ({5})")
  @CsvFileSource(resources = "golden-stopped.csv", numLinesToSkip = 1)
  void aStoppedClockRunsOnWithWhatWasLeft(String due, AllowanceUnit unit, String stopped, String resumed,
      String expected, String why) {
    OffsetDateTime before = OffsetDateTime.parse(due);
    long left = calendar.remaining(OffsetDateTime.parse(stopped).toInstant(), before, unit);
    assertThat(calendar.resume(OffsetDateTime.parse(resumed).toInstant(), left, unit)).as(why)
        .isEqualTo(OffsetDateTime.parse(expected));
  }

  @Test
  void theExplanationNamesTheHolidayTheWeekendAndTheMakeUpDay() {
    var laid = calendar.due(OffsetDateTime.parse("2025-09-26T09:00:00+08:00"), 8, AllowanceUnit.WORKING_DAYS);
    assertThat(laid.explanation().zh()).isEqualTo("自 2025年9月26日（周五）09:00 起 8 个工作日：起算当日不计，"
        + "到末个工作日下班时止，不计周末 2 天，不计假日 8 天（10月1日至10月8日 国庆节、中秋节），"
        + "计入调休上班日 9月28日 国庆节、中秋节；10月11日 国庆节、中秋节。截止 2025年10月14日（周二）18:00。");
    assertThat(laid.explanation().en()).isEqualTo("8 working days from Fri 26 Sep 2025 09:00: the day of the beginning "
        + "is not counted, and the last working day ends at the close of office; 2 weekend day(s) not counted; "
        + "8 holiday(s) not counted (2025-10-01 to 2025-10-08); make-up working day(s) counted: 2025-09-28, 2025-10-11."
        + " Due Tue 14 Oct 2025 18:00.");
  }

  @Test
  void officeMinutesCountOnlyWhileTheOfficeIsOpen() {
    assertThat(minutes("2025-09-30T11:30:00+08:00", "2025-09-30T15:00:00+08:00")).isEqualTo(60);
    assertThat(minutes("2025-09-30T17:00:00+08:00", "2025-10-09T08:30:00+08:00")).isEqualTo(90);
    assertThat(minutes("2025-10-01T00:00:00+08:00", "2025-10-09T00:00:00+08:00")).isZero();
    assertThat(minutes("2025-09-28T00:00:00+08:00", "2025-09-29T00:00:00+08:00")).isEqualTo(450);
    assertThat(minutes("2025-09-30T15:00:00+08:00", "2025-09-30T11:00:00+08:00")).isZero();
  }

  @Test
  void theCoverageEndsWithTheLastYearWhoseNoticeIsKnown() {
    assertThat(calendar.coveredFrom()).isEqualTo("2018-01-01");
    assertThat(calendar.coveredUntil()).isEqualTo("2026-12-31");
  }

  private long minutes(String from, String to) {
    return calendar.officeMinutes(OffsetDateTime.parse(from).toInstant(), OffsetDateTime.parse(to).toInstant());
  }
}

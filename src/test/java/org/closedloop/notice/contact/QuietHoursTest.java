package org.closedloop.notice.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.deadline.WorkingCalendar.Session;
import org.closedloop.deadline.WorkingCalendar.SpecialDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-03-02 is a Monday; the Sunday before it is made a working day here, the Thursday after it a day off. */
class QuietHoursTest {

  private final WorkingCalendar calendar = new WorkingCalendar(
      List.of(new Session(LocalTime.of(8, 0), LocalTime.of(12, 0)),
          new Session(LocalTime.of(14, 30), LocalTime.of(18, 0))),
      List.of(new SpecialDay(LocalDate.of(2026, 3, 1), true, "调休"),
          new SpecialDay(LocalDate.of(2026, 3, 5), false, "节")));

  @ParameterizedTest
  @CsvSource({
      "2026-03-02T12:00, 2026-03-02T12:00",
      "2026-03-02T21:59, 2026-03-02T21:59",
      "2026-03-02T22:00, 2026-03-03T07:00",
      "2026-03-03T00:30, 2026-03-03T07:00",
      "2026-03-03T06:59, 2026-03-03T07:00",
      "2026-03-03T07:00, 2026-03-03T07:00",
      // the day off in the week, and the night before it
      "2026-03-04T23:00, 2026-03-06T07:00",
      "2026-03-05T12:00, 2026-03-06T07:00",
      // a weekend, one day of which is worked
      "2026-02-27T22:30, 2026-03-01T07:00",
      "2026-03-01T10:00, 2026-03-01T10:00",
      "2026-03-06T22:30, 2026-03-09T07:00"})
  void whatComesAtNightOrOnADayOffGoesOutWhenTheNextWorkingDayBegins(String comes, String goes) {
    assertThat(QuietHours.parse("22:00-07:00", true).opening(at(comes), calendar)).isEqualTo(at(goes));
  }

  @ParameterizedTest
  @CsvSource({
      "2026-03-02T12:00, 2026-03-03T07:00",
      "2026-03-02T06:00, 2026-03-02T07:00",
      "2026-03-02T07:00, 2026-03-03T07:00",
      "2026-03-04T12:00, 2026-03-06T07:00"})
  void theDigestIsOfTheNextMorning(String comes, String morning) {
    assertThat(QuietHours.parse("22:00-07:00", true).nextMorning(at(comes), calendar)).isEqualTo(at(morning));
  }

  @Test
  void hoursWithinOneDayAndDaysOffThatAreNotQuiet() {
    QuietHours noon = QuietHours.parse("12:00-14:30", false);
    assertThat(noon.opening(at("2026-03-05T13:00"), calendar)).isEqualTo(at("2026-03-05T14:30"));
    assertThat(noon.opening(at("2026-03-05T11:00"), calendar)).isEqualTo(at("2026-03-05T11:00"));
    assertThat(noon.opening(at("2026-03-05T23:00"), calendar)).isEqualTo(at("2026-03-05T23:00"));
  }

  @Test
  void equalEndsLeaveOnlyTheDaysOff() {
    QuietHours none = QuietHours.parse("07:00-07:00", true);
    assertThat(none.opening(at("2026-03-03T03:00"), calendar)).isEqualTo(at("2026-03-03T03:00"));
    assertThat(none.opening(at("2026-03-05T03:00"), calendar)).isEqualTo(at("2026-03-06T07:00"));
  }

  @Test
  void whatOnePersonSaidComesBeforeWhatHoldsForEverybody() {
    QuietHours everybody = QuietHours.parse("22:00-07:00", true);
    Contact own = new Contact("x", null, null, LocalTime.of(20, 0), LocalTime.of(8, 0), null);
    assertThat(own.quiet(everybody)).isEqualTo(new QuietHours(LocalTime.of(20, 0), LocalTime.of(8, 0), true));
    assertThat(new Contact("x", null, null, null, null, false).quiet(everybody))
        .isEqualTo(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "22:00", "22-7", "22:00-07:00-08:00", "25:00-07:00", "aa:bb-cc:dd"})
  void aSettingThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> QuietHours.parse(text, true)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Instant at(String local) {
    return OffsetDateTime.parse(local + ":00+08:00").toInstant();
  }
}

package org.closedloop.deadline.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.closedloop.LiveApp;
import org.closedloop.deadline.Calendars;
import org.closedloop.deadline.WorkingCalendar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The calendar in memory against its tables. Uses days of 2031 only, which no other test looks at. */
@LiveApp
class OfficeCalendarTest {

  private static final LocalDate DAY = LocalDate.of(2031, 5, 7);

  @Autowired WorkingCalendar.Source calendar;
  @Autowired OfficeCalendar office;
  @Autowired OfficeDayMapper days;
  @Autowired OfficeHoursMapper hours;
  @Autowired CalendarChangeMapper changes;
  @Autowired OfficeDays officeDays;
  @Autowired DataSource dataSource;

  @AfterEach
  void leaveNothingBehind() {
    officeDays.follow(DAY, false);
  }

  @Test
  void theHolidaysAreThereFromTheFirstStartWithTheNoticeTheyComeFrom() {
    for (WorkingCalendar.SpecialDay shipped : Calendars.shippedDays()) {
      assertThat(calendar.current().special(shipped.date())).isEqualTo(shipped);
    }
    assertThat(days.between(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31))).hasSize(39)
        .allSatisfy(d -> assertThat(d.source()).isEqualTo("国办发明电〔2025〕7号"));
    assertThat(days.isEmpty()).isFalse();
    assertThat(hours.all()).isEqualTo(Calendars.USUAL_HOURS);
  }

  @Test
  void aSecondStartShipsNothingAgain() {
    int before = days.all().size();
    office.start();
    assertThat(days.all()).hasSize(before);
  }

  @Test
  void shippingLeavesDaysAloneThatAreThere() {
    LocalDate newYear = LocalDate.of(2026, 1, 1);
    days.ship(java.util.List.of(new OfficeDay(newYear, "work", "x", "x")));
    assertThat(days.between(newYear, newYear)).containsExactly(
        new OfficeDay(newYear, "off", "元旦", "国办发明电〔2025〕7号"));
  }

  @Test
  void aChangeHereShowsAtOnce() {
    assertThat(calendar.current().isOfficeDay(DAY)).isTrue();
    officeDays.set(new OfficeDay(DAY, "off", "停工", "本级录入"), "admin", false);
    assertThat(calendar.current().isOfficeDay(DAY)).isFalse();
    officeDays.set(new OfficeDay(DAY, "work", "复工", "本级录入"), "admin", false);
    assertThat(calendar.current().special(DAY).name()).isEqualTo("复工");
    officeDays.follow(DAY, false);
    assertThat(calendar.current().special(DAY)).isNull();
  }

  @Test
  void aChangeOnAnotherNodeShowsWithinSeconds() {
    JdbcTemplate otherNode = new JdbcTemplate(dataSource);
    long before = changes.number();
    otherNode.update("insert into office_day (date, kind, name, source) values (?, 'off', '停工', '本级录入')", DAY);
    otherNode.update("update calendar_change set number = number + 1");
    assertThat(changes.number()).isGreaterThan(before);
    await().atMost(Duration.ofSeconds(5)).until(() -> !calendar.current().isOfficeDay(DAY));
  }
}

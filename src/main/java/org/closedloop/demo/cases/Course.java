package org.closedloop.demo.cases;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.closedloop.deadline.WorkingCalendar;

/**
 * Lays the words of a course on time. A word is a step; {@code +2d} before it waits two office days, {@code +40m}
 * forty minutes, otherwise steps follow each other by twenty. Work is done in office hours; what would lie in the
 * future is done now.
 */
final class Course {

  private static final Duration PACE = Duration.ofMinutes(20);
  private static final LocalTime MORNING = LocalTime.of(8, 20);
  private static final LocalTime EVENING = LocalTime.of(17, 50);
  /** Steps of different matters meet at these moments, so that the clock has to be moved less often. */
  private static final int GRID_MINUTES = 20;

  private final WorkingCalendar calendar;
  private final Instant now;

  Course(WorkingCalendar calendar, Instant now) {
    this.calendar = calendar;
    this.now = now;
  }

  /** @param argument what follows {@code =}, else empty */
  record Step(String word, String argument, Instant at) {}

  /** The report first, then the steps in order; their times never go back and never lie after now. */
  List<Step> of(Matter matter) {
    boolean today = matter.reported().endsWith("m");
    ZonedDateTime at = today ? time(now).minus(minutes(matter.reported())) : officeDay(matter.reported());
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("report", "", clamp(at)));
    Duration pause = PACE;
    for (String word : matter.course().isBlank() ? new String[0] : matter.course().split(" +")) {
      if (word.startsWith("+")) {
        pause = Duration.ZERO;
        at = word.endsWith("m") ? at.plus(minutes(word.substring(1))) : later(at, days(word.substring(1)));
        continue;
      }
      at = at.plus(pause);
      if (!today) {
        at = grid(inOffice(at));
      }
      String[] parts = word.split("=", 2);
      steps.add(new Step(parts[0], parts.length == 2 ? parts[1] : "", clamp(at)));
      pause = PACE;
    }
    return steps;
  }

  private Instant clamp(ZonedDateTime at) {
    return at.toInstant().isAfter(now) ? now : at.toInstant();
  }

  private static Duration minutes(String text) {
    return Duration.ofMinutes(Long.parseLong(text.substring(0, text.indexOf('m'))));
  }

  private static int days(String text) {
    return Integer.parseInt(text.substring(0, text.indexOf('d')));
  }

  private static ZonedDateTime time(Instant at) {
    return at.atZone(WorkingCalendar.ZONE);
  }

  /** {@code 3d0930}. */
  private ZonedDateTime officeDay(String text) {
    LocalDate day = time(now).toLocalDate();
    for (int left = days(text); left > 0;) {
      day = day.minusDays(1);
      if (calendar.isOfficeDay(day)) {
        left--;
      }
    }
    String clock = text.substring(text.indexOf('d') + 1);
    return day.atTime(Integer.parseInt(clock.substring(0, 2)), Integer.parseInt(clock.substring(2)))
        .atZone(WorkingCalendar.ZONE);
  }

  private ZonedDateTime later(ZonedDateTime from, int days) {
    ZonedDateTime at = from;
    for (int left = days; left > 0;) {
      at = at.plusDays(1);
      if (calendar.isOfficeDay(at.toLocalDate())) {
        left--;
      }
    }
    return at;
  }

  private ZonedDateTime inOffice(ZonedDateTime at) {
    return at.toLocalTime().isAfter(EVENING) || !calendar.isOfficeDay(at.toLocalDate())
        ? later(at, 1).with(MORNING) : at;
  }

  private static ZonedDateTime grid(ZonedDateTime at) {
    int over = at.getMinute() % GRID_MINUTES;
    return over == 0 ? at : at.plusMinutes(GRID_MINUTES - over);
  }
}

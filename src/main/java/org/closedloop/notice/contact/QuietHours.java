package org.closedloop.notice.contact;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.closedloop.deadline.WorkingCalendar;

/**
 * 免打扰时段: the hours of a day, and whether whole days off, in which nobody wants to be rung. {@code from} later than
 * {@code to} runs over midnight; equal ones leave only the days off.
 */
public record QuietHours(LocalTime from, LocalTime to, boolean daysOff) {

  /**
   * @param text such as {@code 22:00-07:00}
   * @throws IllegalArgumentException when it is not like that
   */
  public static QuietHours parse(String text, boolean daysOff) {
    try {
      String[] ends = text.strip().split("-");
      if (ends.length == 2) {
        return new QuietHours(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()), daysOff);
      }
    } catch (DateTimeParseException e) {
      // falls through
    }
    throw new IllegalArgumentException("quiet hours look like 22:00-07:00, not like " + text);
  }

  /** The moment at which a message that comes now may go out: now, or the end of the quiet hours. */
  public Instant opening(Instant now, WorkingCalendar calendar) {
    OffsetDateTime local = WorkingCalendar.local(now);
    LocalDate day = local.toLocalDate();
    LocalTime time = local.toLocalTime();
    if (!open(day, calendar)) {
      return end(day.plusDays(1), calendar);
    }
    boolean overMidnight = from.isAfter(to);
    if (overMidnight && !time.isBefore(from)) {
      return end(day.plusDays(1), calendar);
    }
    boolean quiet = overMidnight ? time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
    return quiet ? at(day) : now;
  }

  /** When the next digest is made: the first end of a night after now. */
  public Instant nextMorning(Instant now, WorkingCalendar calendar) {
    LocalDate today = WorkingCalendar.local(now).toLocalDate();
    Instant morning = end(today, calendar);
    return morning.isAfter(now) ? morning : end(today.plusDays(1), calendar);
  }

  private Instant end(LocalDate first, WorkingCalendar calendar) {
    LocalDate day = first;
    while (!open(day, calendar)) {
      day = day.plusDays(1);
    }
    return at(day);
  }

  private boolean open(LocalDate day, WorkingCalendar calendar) {
    return !daysOff || calendar.isOfficeDay(day);
  }

  private Instant at(LocalDate day) {
    return day.atTime(to).atZone(WorkingCalendar.ZONE).toInstant();
  }
}

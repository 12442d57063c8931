package org.closedloop.deadline;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.closedloop.problem.Words;

/**
 * 工作日历: lays allowances on office days and office hours. Immutable, without clock or database, safe to share.
 *
 * <p>The rules (民法典 §§201, 203, 204; State Council holiday notices):
 * <ul>
 * <li>The day on which a period of days begins is not counted, be it an office day or not.
 * <li>{@code WORKING_DAYS}: due at the close of the n-th office day after the day of the beginning.
 * <li>{@code DAYS}: due at the close of the n-th day after it; where that is a day off, of the next office day.
 * <li>{@code WORKING_HOURS}: runs only while the office is open; begun outside office hours, it starts at the next
 * opening. Due at the <em>first</em> moment at which the hours are used up: a span used up exactly ends at the close of
 * that day, and one used up exactly at noon ends at noon, not when the office opens again in the afternoon.
 * <li>{@code MINUTES}: clock time.
 * <li>A day without an entry is an office day from Monday to Friday. Years without a holiday notice have no entries, so
 * a period that touches one is computed on Monday to Friday and says so ({@link Due#beyondCoverage}).
 * </ul>
 * The close of a day is the end of its last session. All results carry the offset of {@link #ZONE}.
 */
public final class WorkingCalendar {

  /** The zone in which days begin and end. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A part of the day during which the office is open, e.g. 08:00–12:00. */
  public record Session(LocalTime opens, LocalTime closes) {
    public Session {
      if (!opens.isBefore(closes)) {
        throw new IllegalArgumentException("office hours " + opens + "–" + closes + " end before they begin");
      }
    }
  }

  /** A day that does not follow Monday to Friday: a day off ({@code work} false) or a make-up working day. */
  public record SpecialDay(LocalDate date, boolean work, String name) {}

  /**
   * A laid allowance.
   *
   * @param explanation    how it was counted, for people
   * @param beyondCoverage the period touches days for which no holiday notice is known
   */
  public record Due(OffsetDateTime due, Words explanation, boolean beyondCoverage) {}

  /** Where the calendar now in force is to be had. Ask every time: an administrator may have changed a day. */
  @FunctionalInterface
  public interface Source {
    WorkingCalendar current();
  }

  private final List<Session> hours;
  private final long secondsPerDay;
  private final Map<LocalDate, SpecialDay> special;
  private final LocalDate coveredFrom;
  private final LocalDate coveredUntil;

  /** Builds a calendar from office hours and the days that do not follow Monday to Friday. */
  public WorkingCalendar(Collection<Session> hours, Collection<SpecialDay> days) {
    if (hours.isEmpty()) {
      throw new IllegalArgumentException("a calendar without office hours cannot end any working day");
    }
    this.hours = hours.stream().sorted(Comparator.comparing(Session::opens)).toList();
    for (int i = 1; i < this.hours.size(); i++) {
      if (this.hours.get(i).opens().isBefore(this.hours.get(i - 1).closes())) {
        throw new IllegalArgumentException("office hours overlap at " + this.hours.get(i).opens());
      }
    }
    this.secondsPerDay = this.hours.stream().mapToLong(s -> Duration.between(s.opens(), s.closes()).toSeconds()).sum();
    Map<LocalDate, SpecialDay> byDate = new HashMap<>(days.size() * 2);
    TreeSet<Integer> years = new TreeSet<>();
    for (SpecialDay day : days) {
      byDate.put(day.date(), day);
      // 国庆 is in every yearly notice: a year in which 1 October is a known day off is a year whose notice is known.
      if (!day.work() && day.date().getMonthValue() == 10 && day.date().getDayOfMonth() == 1) {
        years.add(day.date().getYear());
      }
    }
    this.special = Map.copyOf(byDate);
    if (years.isEmpty()) {
      this.coveredFrom = null;
      this.coveredUntil = null;
    } else {
      int last = years.last();
      int first = last;
      while (years.contains(first - 1)) {
        first--;
      }
      this.coveredFrom = LocalDate.of(first, 1, 1);
      this.coveredUntil = LocalDate.of(last, 12, 31);
    }
  }

  /** First day of the unbroken run of years with a known holiday notice that ends at {@link #coveredUntil}, or null. */
  public LocalDate coveredFrom() {
    return coveredFrom;
  }

  /** Last day of the last year with a known holiday notice, or null when there is none. */
  public LocalDate coveredUntil() {
    return coveredUntil;
  }

  /** The sentence to show with every deadline for which {@link Due#beyondCoverage} holds. */
  public Words coverageWarning() {
    return DueInWords.beyond(this);
  }

  /** The parts of the day in which the office is open, in order. */
  public List<Session> hours() {
    return hours;
  }

  /** Whether the office works on this day. */
  public boolean isOfficeDay(LocalDate date) {
    SpecialDay day = special.get(date);
    return day == null ? weekday(date) : day.work();
  }

  /** The entry of a day that does not follow Monday to Friday, else null. */
  public SpecialDay special(LocalDate date) {
    return special.get(date);
  }

  /** Whether the office is open, closing moments included ("until 12:00" holds at 12:00). */
  public boolean isOpen(Instant at) {
    OffsetDateTime local = local(at);
    LocalTime time = local.toLocalTime();
    return isOfficeDay(local.toLocalDate())
        && hours.stream().anyMatch(s -> !time.isBefore(s.opens()) && !time.isAfter(s.closes()));
  }

  /** As {@link #due(Instant, int, AllowanceUnit)}. */
  public Due due(OffsetDateTime from, int amount, AllowanceUnit unit) {
    return due(from.toInstant(), amount, unit);
  }

  /**
   * Lays an allowance on the calendar and says how.
   *
   * @param amount at least 1
   */
  public Due due(Instant from, int amount, AllowanceUnit unit) {
    OffsetDateTime start = local(from);
    OffsetDateTime due = dueAt(from, amount, unit);
    boolean beyond = beyondCoverage(start, due, unit);
    return new Due(due, DueInWords.explain(this, start, amount, unit, due, beyond), beyond);
  }

  /** The deadline alone, without the words: for the many that nobody reads. */
  public OffsetDateTime dueAt(Instant from, int amount, AllowanceUnit unit) {
    if (amount < 1) {
      throw new IllegalArgumentException("an allowance is at least 1, not " + amount);
    }
    return resume(from, unit.steps(amount), unit);
  }

  /** Whether a period of this unit touches days for which no holiday notice is known. */
  public boolean beyondCoverage(OffsetDateTime from, OffsetDateTime due, AllowanceUnit unit) {
    if (unit == AllowanceUnit.MINUTES) {
      return false;
    }
    return coveredUntil == null || day(due).isAfter(coveredUntil) || day(from).isBefore(coveredFrom);
  }

  /**
   * The moment at which the given share of the allowance between {@code from} and {@code due} is used up: clock time for
   * {@code MINUTES} and {@code DAYS}, office time for the working units. Of working days only the counted ones weigh:
   * three quarters of four working days are used up at the close of the third. Never before the period has begun.
   */
  public OffsetDateTime warnAt(OffsetDateTime from, OffsetDateTime due, double fraction, AllowanceUnit unit) {
    OffsetDateTime begin = local(from.toInstant());
    if (unit == AllowanceUnit.WORKING_DAYS) {
      begin = openingOn(nextOfficeDay(day(begin)));
    }
    Duration whole = span(begin, due, unit);
    return max(begin, before(due, Duration.ofSeconds(Math.round(whole.toSeconds() * (1 - fraction))), unit));
  }

  /**
   * What is left of a deadline at a moment, for a clock that is stopped: seconds of clock time ({@code MINUTES}) or of
   * office time ({@code WORKING_HOURS}); for the units counted in days the office days or days after the day of the
   * stop. Negative when the deadline has passed. Stopping and resuming within the same moment changes nothing:
   * {@code resume(t, remaining(t, due, unit), unit)} is {@code due}.
   */
  public long remaining(Instant at, OffsetDateTime due, AllowanceUnit unit) {
    if (at.isAfter(due.toInstant())) {
      return -1;
    }
    LocalDate today = day(local(at));
    LocalDate last = day(due);
    return switch (unit) {
      case MINUTES -> Duration.between(at, due).toSeconds();
      case WORKING_HOURS -> officeTime(at, due.toInstant()).toSeconds();
      case WORKING_DAYS -> officeDaysBetween(today, last);
      case DAYS -> ChronoUnit.DAYS.between(today, last);
    };
  }

  /**
   * Lays what is left of a stopped clock on the calendar from the moment it runs again; the same rules as for a new
   * period. With no whole day left, units counted in days end at the next close of office.
   *
   * @param remaining as {@link #remaining} gave it, not negative: what was late stays late and needs no laying
   */
  public OffsetDateTime resume(Instant at, long remaining, AllowanceUnit unit) {
    if (remaining < 0) {
      throw new IllegalArgumentException("a deadline that has passed cannot be laid again");
    }
    OffsetDateTime start = local(at);
    return switch (unit) {
      case MINUTES -> start.plusSeconds(remaining);
      case WORKING_HOURS -> afterOfficeTime(start, remaining);
      case WORKING_DAYS -> remaining == 0 ? nextClose(start) : closeOn(officeDayAfter(day(start), remaining));
      case DAYS -> remaining == 0 ? nextClose(start) : closeOn(officeDayFrom(day(start).plusDays(remaining)));
    };
  }

  /** Whole minutes during which the office is open between two moments; 0 when {@code to} is not after {@code from}. */
  public long officeMinutes(Instant from, Instant to) {
    return officeTime(from, to).toMinutes();
  }

  /** Time during which the office is open between two moments. */
  public Duration officeTime(Instant from, Instant to) {
    OffsetDateTime begin = local(from);
    OffsetDateTime end = local(to);
    Duration sum = Duration.ZERO;
    if (!begin.isBefore(end)) {
      return sum;
    }
    LocalDate first = day(begin);
    LocalDate last = day(end);
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      if (!isOfficeDay(date)) {
        continue;
      }
      if (date.isAfter(first) && date.isBefore(last)) {
        sum = sum.plusSeconds(secondsPerDay);
        continue;
      }
      for (Session session : hours) {
        OffsetDateTime opens = max(at(date, session.opens()), begin);
        OffsetDateTime closes = min(at(date, session.closes()), end);
        if (opens.isBefore(closes)) {
          sum = sum.plus(Duration.between(opens, closes));
        }
      }
    }
    return sum;
  }

  /** Opening of the office on this day, or of the next office day where it is a day off. */
  public OffsetDateTime openingOnOrAfter(LocalDate date) {
    return openingOn(officeDayFrom(date));
  }

  /** The moment in the zone of the product; every time that leaves this package looks like this. */
  public static OffsetDateTime local(Instant at) {
    return at.atZone(ZONE).toOffsetDateTime();
  }

  /** Office time for the working units, clock time for the others. */
  Duration span(OffsetDateTime from, OffsetDateTime to, AllowanceUnit unit) {
    if (unit.inOfficeHours()) {
      return officeTime(from.toInstant(), to.toInstant());
    }
    return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
  }

  /**
   * The earliest moment from which exactly {@code span} is left until {@code due}, counted as {@link #span} does; a point
   * that falls on a noon or a night thus lies at the close before it, so that the warning comes while people are there.
   */
  OffsetDateTime before(OffsetDateTime due, Duration span, AllowanceUnit unit) {
    OffsetDateTime end = local(due.toInstant());
    if (!unit.inOfficeHours() || span.isZero()) {
      return end.minus(span);
    }
    long left = span.toSeconds();
    boolean used = false;
    for (LocalDate date = day(end);; date = date.minusDays(1)) {
      if (!isOfficeDay(date)) {
        continue;
      }
      for (int i = hours.size() - 1; i >= 0; i--) {
        OffsetDateTime opens = at(date, hours.get(i).opens());
        OffsetDateTime closes = min(at(date, hours.get(i).closes()), end);
        if (!opens.isBefore(closes)) {
          continue;
        }
        if (used) {
          return closes;
        }
        long seconds = Duration.between(opens, closes).toSeconds();
        if (seconds > left) {
          return closes.minusSeconds(left);
        }
        left -= seconds;
        used = left == 0;
      }
    }
  }

  private OffsetDateTime afterOfficeTime(OffsetDateTime start, long seconds) {
    Duration left = Duration.ofSeconds(seconds);
    for (LocalDate date = day(start);; date = date.plusDays(1)) {
      if (!isOfficeDay(date)) {
        continue;
      }
      for (Session session : hours) {
        OffsetDateTime opens = max(at(date, session.opens()), start);
        OffsetDateTime closes = at(date, session.closes());
        if (opens.isAfter(closes)) {
          continue;
        }
        Duration here = Duration.between(opens, closes);
        if (here.compareTo(left) >= 0) {
          return opens.plus(left);
        }
        left = left.minus(here);
      }
    }
  }

  private OffsetDateTime nextClose(OffsetDateTime from) {
    LocalDate date = officeDayFrom(day(from));
    OffsetDateTime close = closeOn(date);
    return close.isBefore(from) ? closeOn(nextOfficeDay(date)) : close;
  }

  private long officeDaysBetween(LocalDate from, LocalDate to) {
    long count = 0;
    for (LocalDate date = from.plusDays(1); !date.isAfter(to); date = date.plusDays(1)) {
      if (isOfficeDay(date)) {
        count++;
      }
    }
    return count;
  }

  private LocalDate officeDayAfter(LocalDate date, long n) {
    LocalDate day = date;
    for (long i = 0; i < n; i++) {
      day = nextOfficeDay(day);
    }
    return day;
  }

  private LocalDate nextOfficeDay(LocalDate date) {
    return officeDayFrom(date.plusDays(1));
  }

  private LocalDate officeDayFrom(LocalDate date) {
    LocalDate day = date;
    while (!isOfficeDay(day)) {
      day = day.plusDays(1);
    }
    return day;
  }

  private OffsetDateTime openingOn(LocalDate date) {
    return at(date, hours.get(0).opens());
  }

  private OffsetDateTime closeOn(LocalDate date) {
    return at(date, hours.get(hours.size() - 1).closes());
  }

  private static LocalDate day(OffsetDateTime at) {
    return at.atZoneSameInstant(ZONE).toLocalDate();
  }

  private static OffsetDateTime at(LocalDate date, LocalTime time) {
    return date.atTime(time).atZone(ZONE).toOffsetDateTime();
  }

  private static boolean weekday(LocalDate date) {
    return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  private static OffsetDateTime max(OffsetDateTime a, OffsetDateTime b) {
    return a.isAfter(b) ? a : b;
  }

  private static OffsetDateTime min(OffsetDateTime a, OffsetDateTime b) {
    return a.isBefore(b) ? a : b;
  }
}

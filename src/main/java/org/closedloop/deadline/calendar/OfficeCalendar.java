package org.closedloop.deadline.calendar;

import jakarta.annotation.PostConstruct;
import java.util.Collection;
import java.util.List;
import org.closedloop.csv.CsvTable;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.deadline.WorkingCalendar.SpecialDay;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * The calendar in force, in memory. Ships the holidays at the very first start; a change made on this node shows as soon
 * as it is committed, one made on another node within {@value #REFRESH_MILLIS} ms.
 */
@Service
class OfficeCalendar implements WorkingCalendar.Source {

  static final long REFRESH_MILLIS = 1500;

  private final OfficeDayMapper days;
  private final OfficeHoursMapper hours;
  private final CalendarChangeMapper changes;
  private volatile Picture picture;

  /** A calendar and the number of the change it shows. */
  private record Picture(long number, WorkingCalendar calendar) {}

  OfficeCalendar(OfficeDayMapper days, OfficeHoursMapper hours, CalendarChangeMapper changes) {
    this.days = days;
    this.hours = hours;
    this.changes = changes;
  }

  @PostConstruct
  void start() {
    if (days.isEmpty()) {
      days.ship(CsvTable.resource("reference/holidays.csv", List.of("date", "kind", "name", "source"), List.of())
          .rows().stream().map(r -> new OfficeDay(r.date("date").orElseThrow(), r.required("kind", 4),
              r.required("name", 40), r.required("source", 40))).toList());
    }
    show();
  }

  @Override
  public WorkingCalendar current() {
    return picture.calendar();
  }

  @Scheduled(fixedDelay = REFRESH_MILLIS, initialDelay = REFRESH_MILLIS)
  void refresh() {
    if (changes.number() != picture.number()) {
      show();
    }
  }

  /** Reads what is committed and shows it from now on. */
  void show() {
    // The number first: should a change slip in between, the next look finds a newer number and reads once more.
    long number = changes.number();
    picture = new Picture(number, read());
  }

  /** The calendar as the present transaction sees it. */
  WorkingCalendar read() {
    return of(days.all());
  }

  /** What the calendar would be with these days. */
  WorkingCalendar of(Collection<OfficeDay> all) {
    return new WorkingCalendar(hours.all(), all.stream()
        .map(d -> new SpecialDay(d.date(), "work".equals(d.kind()), d.name())).toList());
  }
}

package org.closedloop.deadline.calendar;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.WorkingCalendar;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Changes the days of the calendar. Running deadlines stay where they are unless it is asked to move them too. */
@Service
class OfficeDays {

  /** What a change did; {@code moved} is empty when running deadlines were to stay. */
  record Change(WorkingCalendar calendar, List<Clocks.Moved> moved) {}

  private final OfficeDayMapper days;
  private final CalendarChangeMapper changes;
  private final OfficeCalendar calendar;
  private final Clocks clocks;
  private final Clock clock;

  OfficeDays(OfficeDayMapper days, CalendarChangeMapper changes, OfficeCalendar calendar, Clocks clocks, Clock clock) {
    this.days = days;
    this.changes = changes;
    this.calendar = calendar;
    this.clocks = clocks;
    this.clock = clock;
  }

  List<OfficeDay> of(int year) {
    return days.between(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  /** Sets a day off or a make-up working day. */
  @Transactional
  public Change set(OfficeDay day, String by, boolean recompute) {
    changes.count();
    days.put(day, by, WorkingCalendar.local(clock.instant()));
    return changed(recompute);
  }

  /** Lets a day follow Monday to Friday again. */
  @Transactional
  public Change follow(LocalDate date, boolean recompute) {
    changes.count();
    days.remove(date);
    return changed(recompute);
  }

  private Change changed(boolean recompute) {
    WorkingCalendar after = calendar.read();
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        calendar.show();
      }
    });
    return new Change(after, recompute ? clocks.recompute(after, clock.instant()) : List.of());
  }
}

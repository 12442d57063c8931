package org.closedloop.deadline.calendar;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Changed;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.WorkingCalendar;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Changes the days of the calendar. Running deadlines stay where they are unless it is asked to move them too. */
@Service
class OfficeDays {

  /**
   * What many days together did, or in a dry run would do.
   *
   * @param coveredUntil the last day of the last year whose notice is known
   * @param moved        how many running deadlines moved; where they are to stay, how many would
   * @param moves        the same by step and times; the cases are not named, administrators see none
   */
  record Applied(List<Changed> changes, int unchanged, LocalDate coveredUntil, int moved, List<Moves> moves,
      boolean dryRun) {}

  /** So many deadlines of a step move from one moment to another. */
  record Moves(String key, OffsetDateTime from, OffsetDateTime to, int count) {}

  private static final int TOLD = 200;

  /** What a change did; {@code moved} is empty when running deadlines were to stay. */
  record Change(WorkingCalendar calendar, List<Clocks.Moved> moved) {}

  private final OfficeDayMapper days;
  private final CalendarChangeMapper changes;
  private final OfficeCalendar calendar;
  private final Clocks clocks;
  private final Audit audit;
  private final Clock clock;

  OfficeDays(OfficeDayMapper days, CalendarChangeMapper changes, OfficeCalendar calendar, Clocks clocks, Audit audit,
      Clock clock) {
    this.audit = audit;
    this.days = days;
    this.changes = changes;
    this.calendar = calendar;
    this.clocks = clocks;
    this.clock = clock;
  }

  List<OfficeDay> of(int year) {
    return days.between(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  List<OfficeDay> all() {
    return days.all();
  }

  /** Sets these days together; a day {@code normal} follows Monday to Friday again. */
  @Transactional
  public Applied apply(List<OfficeDay> wanted, String by, boolean dryRun, boolean recompute) {
    if (!dryRun) {
      changes.count();
    }
    Map<LocalDate, OfficeDay> after = new TreeMap<>();
    days.all().forEach(d -> after.put(d.date(), d));
    List<Changed> told = new ArrayList<>();
    for (OfficeDay day : wanted) {
      OfficeDay before = after.get(day.date());
      if (day.kind().equals("normal") ? before == null : same(before, day)) {
        continue;
      }
      told.add(told(before, day));
      if (day.kind().equals("normal")) {
        after.remove(day.date());
      } else {
        after.put(day.date(), day);
      }
      if (!dryRun) {
        keep(day, by);
      }
    }
    WorkingCalendar then = calendar.of(after.values());
    List<Clocks.Moved> moved = dryRun || !recompute ? clocks.wouldMove(then) : clocks.recompute(then, clock.instant());
    if (!dryRun) {
      audit.note("calendar", told);
      showAfterCommit();
    }
    return new Applied(told, wanted.size() - told.size(), then.coveredUntil(), moved.size(), together(moved), dryRun);
  }

  private void keep(OfficeDay day, String by) {
    if (day.kind().equals("normal")) {
      days.remove(day.date());
    } else {
      days.put(day, by, WorkingCalendar.local(clock.instant()));
    }
  }

  /** The name alone makes no other day: who said so first is kept. */
  private static boolean same(OfficeDay before, OfficeDay day) {
    return before != null && before.kind().equals(day.kind()) && before.name().equals(day.name());
  }

  private static Changed told(OfficeDay before, OfficeDay day) {
    String name = day.name().isEmpty() && before != null ? before.name() : day.name();
    List<org.closedloop.audit.Change> values = new ArrayList<>();
    values.add(org.closedloop.audit.Change.of("day", before == null ? "normal" : before.kind(), day.kind()));
    if (before != null && !before.name().equals(name)) {
      values.add(org.closedloop.audit.Change.of("name", before.name(), name));
    }
    return new Changed(day.date().toString(), name.isEmpty() ? day.date().toString() : name,
        before == null ? "added" : day.kind().equals("normal") ? "removed" : "changed", values);
  }

  private static List<Moves> together(List<Clocks.Moved> moved) {
    Map<List<Object>, Integer> counted = new LinkedHashMap<>();
    moved.stream().sorted(Comparator.comparing(Clocks.Moved::oldDue))
        .forEach(m -> counted.merge(List.of(m.key(), m.oldDue(), m.newDue()), 1, Integer::sum));
    return counted.entrySet().stream().limit(TOLD).map(e -> new Moves((String) e.getKey().get(0),
        (OffsetDateTime) e.getKey().get(1), (OffsetDateTime) e.getKey().get(2), e.getValue())).toList();
  }

  /** Sets a day off or a make-up working day. */
  @Transactional
  public Change set(OfficeDay day, String by, boolean recompute) {
    changes.count();
    note(day);
    days.put(day, by, WorkingCalendar.local(clock.instant()));
    return changed(recompute);
  }

  /** Lets a day follow Monday to Friday again. */
  @Transactional
  public Change follow(LocalDate date, boolean recompute) {
    changes.count();
    note(new OfficeDay(date, "normal", "", ""));
    days.remove(date);
    return changed(recompute);
  }

  private void note(OfficeDay day) {
    OfficeDay before = days.between(day.date(), day.date()).stream().findFirst().orElse(null);
    if (day.kind().equals("normal") ? before != null : !same(before, day)) {
      audit.note("calendar", List.of(told(before, day)));
    }
  }

  private Change changed(boolean recompute) {
    WorkingCalendar after = calendar.read();
    showAfterCommit();
    return new Change(after, recompute ? clocks.recompute(after, clock.instant()) : List.of());
  }

  private void showAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        calendar.show();
      }
    });
  }
}

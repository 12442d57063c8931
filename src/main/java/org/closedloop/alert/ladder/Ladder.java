package org.closedloop.alert.ladder;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.alert.Alerts;
import org.closedloop.alert.DeadlinesPassed;
import org.closedloop.alert.Level;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.SupervisedClocks;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens, starts, climbs and ends ladders. Whatever changes one holds the lock of its case, as everything that changes a
 * case does; only the set-based opening after a sweep does not, and what it found is looked at again before a start.
 */
@Service
public class Ladder implements DeadlinesPassed, SupervisedClocks {

  /** Of advisory locks, so that they meet nobody else's. */
  private static final int LOCKS = 0x6c616464;
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final LadderMapper ladders;
  private final Alerts alerts;
  private final SupervisionProcess process;
  private final CaseRegister register;
  private final Journal journal;
  private final WorkingCalendar.Source calendar;
  private final Clock clock;

  Ladder(LadderMapper ladders, Alerts alerts, SupervisionProcess process, CaseRegister register, Journal journal,
      WorkingCalendar.Source calendar, Clock clock) {
    this.ladders = ladders;
    this.alerts = alerts;
    this.process = process;
    this.register = register;
    this.journal = journal;
    this.calendar = calendar;
    this.clock = clock;
  }

  /** A row for each, which {@link LadderWorker} starts: however many there are, the sweep does not wait for processes. */
  @Override
  @Transactional
  public void passed(List<Long> clocks, Instant now) {
    ladders.late(clocks.toArray(Long[]::new), now);
  }

  /**
   * Starts one that waits: the process and the mark that it has started are one transaction, so that a node killed in
   * between leaves neither.
   *
   * @return false when another node is just doing it, or nothing is to be done any more
   */
  @Transactional
  boolean start(long id, String caseNumber) {
    // Not the row's own lock: whoever ends an item holds the case and then wants the row, and we would want the case.
    if (!ladders.take(LOCKS, (int) id)) {
      return false;
    }
    CaseFile file = register.lock(caseNumber);
    Supervision row = ladders.unstarted(id);
    if (row == null) {
      return false;
    }
    LateClock late = row.clockId() != null ? ladders.clock(row.clockId())
        : ladders.next(caseNumber, row.ofInstance(), row.ofKey());
    String over = over(file, row, late);
    if (over != null) {
      ladders.ended(id, over, now());
      return false;
    }
    if (row.clockId() == null) {
      if (ladders.openOf(late.id()) != null) {
        ladders.ended(id, "ordered", now());
        return false;
      }
      ladders.bind(id, late.id(), late.episode());
    }
    if (late.paused()) {
      ladders.ended(id, "suspended", now());
      return false;
    }
    if (row.cause().equals("late") && late.dueAt().isAfter(now())) {
      // Laid again since on a calendar whose days were changed.
      ladders.startLater(id, late.dueAt());
      return false;
    }
    run(row, late);
    return true;
  }

  /** Why there is nothing to supervise any more, null when there is. */
  private static String over(CaseFile file, Supervision row, LateClock late) {
    if (!file.open()) {
      return "case-ended";
    }
    if (late == null || late.ended()) {
      return "finished";
    }
    return row.clockId() != null && late.episode() != row.episode() ? "extended" : null;
  }

  private void run(Supervision row, LateClock late) {
    OffsetDateTime since = WorkingCalendar.local(row.lateSince() == null ? late.dueAt() : row.lateSince());
    Map<String, Object> variables = new HashMap<>();
    variables.put("supervision", row.id());
    variables.put("entry", row.entry());
    variables.put("lateSince", since.toString());
    variables.put("lateAt", SHOWN.format(WorkingCalendar.local(late.dueAt())));
    variables.put("unit", late.unit() == null ? "" : late.unit());
    variables.put("post", late.post());
    variables.put("task", late.label());
    ladders.started(row.id(), process.start(row.caseNumber(), variables), since.toInstant(), now());
  }

  /** A rung of that ladder is reached: its alert is raised and told, once for each deadline of the clock. */
  @Transactional
  public void raise(long supervision, Level level) {
    Supervision row = ladders.find(supervision);
    ladders.reached(row.id(), Rung.of(level).code(), now());
    alerts.raise(level, row.clockId(), row.note());
  }

  /**
   * A problem case: the order goes out as soon as the clock of that key runs in that process instance.
   *
   * @param key of the clock, e.g. {@code handle}
   */
  @Transactional
  public void superviseNext(String caseNumber, String instance, String key) {
    ladders.open(new Supervision.New(caseNumber, null, 0, instance, key, "problem", Rung.ORDER_NOW, Rung.URGED.code(),
        null, null, null, now(), now()));
  }

  /**
   * An order by hand. A ladder that waits for the order's time gives way to it.
   *
   * @return the ladder whose order is out already, null when this one goes out now
   */
  Supervision order(CaseFile file, LateClock late, String by, String note) {
    Supervision open = ladders.openOf(late.id());
    if (open != null) {
      if (!open.next().equals(Rung.URGED.code())) {
        return open;
      }
      end(file, open, "ordered");
    }
    Long id = ladders.open(new Supervision.New(file.number(), late.id(), late.episode(), null, null, "order",
        Rung.ORDER_NOW, Rung.URGED.code(), null, by, note, now(), now()));
    run(ladders.unstarted(id), late);
    return null;
  }

  /** A supervisor takes a card back; which one, where several units have one, says {@code unit}. */
  @Transactional
  public void lift(CaseFile file, String unit, String by, String reason) {
    LadderMapper.Card card = ladders.card(file.number(), unit);
    if (card == null || ladders.lift(card.id(), by, reason, now()) == 0) {
      throw new Conflict("no-card", "没有可以取消的黄牌或红牌。", "There is no yellow or red card to lift.");
    }
  }

  @Override
  @Transactional
  public void changed(String caseNumber, long clockId, Change change) {
    Supervision open = ladders.openOf(clockId);
    switch (change) {
      case RESUMED -> {
        if (open == null) {
          goOn(clockId);
        }
      }
      case LAID -> {
        if (open != null) {
          LateClock late = ladders.clock(clockId);
          end(register.file(caseNumber), open, "moved");
          again(open, "moved", late, late.dueAt(), open.cause().equals("late") ? max(late.dueAt(), now()) : now());
        }
      }
      default -> {
        if (open != null) {
          end(register.file(caseNumber), open, why(change));
        }
      }
    }
  }

  private static String why(Change change) {
    return switch (change) {
      case CASE_ENDED -> "case-ended";
      case EXTENDED -> "extended";
      case STOPPED -> "suspended";
      default -> "finished";
    };
  }

  /** After a stop the ladder stands where it stood. The days of the stop are nobody's fault: they are not counted. */
  private void goOn(long clockId) {
    Supervision last = ladders.lastOf(clockId);
    LateClock late = ladders.clock(clockId);
    if (last == null || !"suspended".equals(last.endedWhy()) || last.episode() != late.episode()) {
      return;
    }
    Instant since = last.lateSince() == null ? late.dueAt() : last.lateSince();
    boolean wasLate = since.isBefore(last.endedAt());
    again(last, "resumed", late, wasLate ? shifted(since, last.endedAt()) : late.dueAt(), now());
  }

  /** As many office days before now as had passed since the deadline when the clock was stopped. */
  private Instant shifted(Instant since, Instant stopped) {
    WorkingCalendar office = calendar.current();
    long days = office.remaining(since, WorkingCalendar.local(stopped), AllowanceUnit.WORKING_DAYS);
    LocalDate day = WorkingCalendar.local(now()).toLocalDate();
    while (days > 0) {
      if (office.isOfficeDay(day)) {
        days--;
      }
      day = day.minusDays(1);
    }
    OffsetDateTime moved = day.atTime(WorkingCalendar.local(since).toLocalTime()).atZone(WorkingCalendar.ZONE)
        .toOffsetDateTime();
    return max(since, moved.toInstant());
  }

  private void again(Supervision before, String cause, LateClock late, Instant since, Instant startAt) {
    ladders.open(new Supervision.New(before.caseNumber(), late.id(), late.episode(), null, null, cause, before.next(),
        before.reached(), since, before.openedBy(), before.note(), now(), startAt));
  }

  private void end(CaseFile file, Supervision open, String why) {
    ladders.ended(open.id(), why, now());
    if (open.instance() != null) {
      journal.fact(file, "supervision-ended", Words.of("督办结束：" + zh(why), "Supervision has ended: " + en(why)),
          Map.of("why", why, "reached", open.reached()));
      process.settle(open.instance());
    }
  }

  private static String zh(String why) {
    return switch (why) {
      case "finished" -> "逾期事项已办结";
      case "case-ended" -> "案件已结束";
      case "extended" -> "已准予延期";
      case "suspended" -> "已停表";
      case "moved" -> "时限已按新日历重排";
      default -> "已提前下达督办单";
    };
  }

  private static String en(String why) {
    return switch (why) {
      case "finished" -> "the late item is done";
      case "case-ended" -> "the case has ended";
      case "extended" -> "more time was granted";
      case "suspended" -> "the clock was stopped";
      case "moved" -> "the deadline was laid again on the changed calendar";
      default -> "the order was issued ahead of its time";
    };
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Instant now() {
    return clock.instant();
  }
}

package org.closedloop.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.closedloop.notice.Outbox;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Raises what no deadline raises by itself: the rungs of the ladder. Joins the caller's transaction; the next sweep puts
 * the alert into the stream, within a second of the commit.
 */
@Service
public class Alerts {

  private final AlertMapper alerts;
  private final Outbox outbox;
  private final Clock clock;

  Alerts(AlertMapper alerts, Outbox outbox, Clock clock) {
    this.alerts = alerts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A matter that no clock of its own stands for: a problem case, an order by hand.
   *
   * @param task    what it is about, a key such as {@code rework}
   * @param unit    code of the unit that must act
   * @param episode which time this is about the same thing: the same four of case, task, level and episode are raised
   *                once
   * @param due     when what is demanded is due, null when it has no deadline
   */
  public record Matter(String caseNumber, String process, String task, Words name, String unit, int episode,
      Instant due) {}

  /**
   * Raises a level for a clock that is open, once for each episode (an extension begins a new one).
   *
   * @param note what those who are told of it read besides, null for nothing
   * @return whether it is new; false also when the clock has ended
   */
  @Transactional
  public boolean raise(Level level, long clockId, String note) {
    return told(level, alerts.raise(level.code(), clockId, clock.instant()), note);
  }

  /** As {@link #raise(Level, long, String)} for a matter without a clock. */
  @Transactional
  public boolean raise(Level level, Matter matter, String note) {
    return told(level, alerts.raiseOfCase(level.code(), matter, clock.instant()), note);
  }

  private boolean told(Level level, AlertMapper.Raised raised, String note) {
    if (raised == null) {
      return false;
    }
    Map<String, Object> data = new HashMap<>();
    data.put("task", raised.name());
    data.put("taskEn", raised.nameEn());
    if (raised.due() != null) {
      data.put("due", raised.due());
    }
    if (note != null && !note.isBlank()) {
      data.put("note", note);
    }
    outbox.add("alert." + level.code(), raised.caseNumber(), raised.unit(), raised.assignee(), data,
        "alert/" + raised.id());
    return true;
  }
}

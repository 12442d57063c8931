package org.closedloop.alert;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
  private final Clock clock;

  Alerts(AlertMapper alerts, Clock clock) {
    this.alerts = alerts;
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
   * A late item that the ladder now answers for.
   *
   * @param id     of the alert
   * @param stands false: the clock was ended, stopped or extended before the ladder came to it, there is nothing to do
   */
  public record Late(long id, String caseNumber, String process, String task, long clockId, String unit, Instant due,
      boolean stands) {}

  /**
   * Raises a level for a clock that is open, once for each episode (an extension begins a new one).
   *
   * @return whether it is new; false also when the clock has ended
   */
  @Transactional
  public boolean raise(Level level, long clockId) {
    return alerts.raise(level.code(), clockId, clock.instant()) != null;
  }

  /** As {@link #raise(Level, long)} for a matter without a clock. */
  @Transactional
  public boolean raise(Level level, Matter matter) {
    return alerts.raiseOfCase(level.code(), matter, clock.instant()) != null;
  }

  /**
   * Takes over, for the ladder, items whose deadline has passed; they are not given out again once the transaction
   * commits. Safe for any number of workers.
   */
  @Transactional
  public List<Late> takeLate(int most) {
    return alerts.take(most);
  }
}

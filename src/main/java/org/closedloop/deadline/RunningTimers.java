package org.closedloop.deadline;

import java.time.OffsetDateTime;

/**
 * Port for the engine: timers drawn in a model and the due dates of its tasks follow the clock they were made from. Told
 * in the transaction of the change, after a clock runs on, was extended, or was laid again.
 */
public interface RunningTimers {

  /**
   * The deadline of one clock is another one now.
   *
   * @param processInstance the instance the clock was started in
   * @param key             as given to {@link Clocks#start}
   * @param activity        the element the clock belongs to
   */
  void moved(String caseNumber, String processInstance, String key, String activity, OffsetDateTime newWarn,
      OffsetDateTime newDue);
}

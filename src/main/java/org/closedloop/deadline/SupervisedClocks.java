package org.closedloop.deadline;

/**
 * Port for supervision: told, in the transaction of the change, what becomes of a clock whose deadline was passed once or
 * for which a ladder was started. The clock's own row says so; no other clock costs anything. The caller holds the lock
 * of the case row.
 */
public interface SupervisedClocks {

  /** What became of it. */
  enum Change {
    /** What it measured is done, or no longer wanted. */
    FINISHED,
    /** The case has ended, and the clock with it. */
    CASE_ENDED,
    /** More time was granted. */
    EXTENDED,
    STOPPED,
    /** It runs again after a stop. */
    RESUMED,
    /** Laid again on a calendar whose days were changed. */
    LAID
  }

  /** @param clock id of the clock */
  void changed(String caseNumber, long clock, Change change);
}

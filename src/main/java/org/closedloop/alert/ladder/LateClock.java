package org.closedloop.alert.ladder;

import java.time.Instant;

/**
 * A clock as the ladder has to know it.
 *
 * @param unit     code of the unit that answers for it, null when none is known
 * @param post     that has to act
 * @param name     of the open work item, Chinese, null when none is open
 * @param episode  extensions it was given
 */
record LateClock(long id, String key, String unit, String post, String name, Instant dueAt, int episode,
    boolean paused, boolean ended) {

  String label() {
    return name == null ? key : name;
  }
}

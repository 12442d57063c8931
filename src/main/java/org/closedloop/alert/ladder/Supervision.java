package org.closedloop.alert.ladder;

import java.time.Instant;

/**
 * One ladder; a row of table {@code supervision}.
 *
 * @param clockId   clock of the late item, null until a problem case has reached the stage that is watched
 * @param episode   extensions that clock had been given
 * @param ofKey     for a problem case: the key of the clock that runs next in {@code ofInstance}
 * @param entry     where it begins, the code of a {@link Rung} or {@link Rung#ORDER_NOW}
 * @param reached   code of the highest {@link Rung} so far
 * @param lateSince from when the rungs are counted, null: the deadline of the clock
 * @param openedBy  username of who ordered it by hand
 */
record Supervision(long id, String caseNumber, Long clockId, int episode, String ofInstance, String ofKey, String cause,
    String entry, String reached, Instant lateSince, String openedBy, String note, Instant openedAt, Instant startAt,
    Instant startedAt, String instance, Instant orderedAt, Instant endedAt, String endedWhy) {

  /** Where a ladder begins that goes on from here. */
  String next() {
    return Rung.URGED.code().equals(reached) ? entry.equals(Rung.ORDER_NOW) ? entry : reached : reached;
  }

  /** What is written down for a new one. */
  record New(String caseNumber, Long clockId, int episode, String ofInstance, String ofKey, String cause, String entry,
      String reached, Instant lateSince, String openedBy, String note, Instant openedAt, Instant startAt) {}
}

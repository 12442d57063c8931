package org.closedloop.casefile;

import java.time.Instant;

/** Of a case what a line of the list shows; long texts are not among it, because whole lists are read as such rows. */
record CaseRow(String number, String process, String title, String category, String area, String urgency, String channel,
    String stage, boolean open, int round, String leadUnit, Instant openedAt, Instant closedAt, Instant warnAt,
    Instant dueAt, Instant pausedSince) {

  Light light(Instant now) {
    return open ? Light.of(now, warnAt, dueAt, pausedSince) : Light.NONE;
  }
}

package org.closedloop.worklist;

import java.time.Instant;
import org.closedloop.casefile.Light;

/**
 * 待办: one open user task with its case and its deadline, as one group may take it.
 *
 * @param side  decided beside the case's stage (an extension, a return), not the stage itself
 * @param notBy the task whose unit may not do this one, null: no such rule
 */
record WorkItem(String itemId, String unit, String post, boolean first, String assignee, Instant claimedAt,
    String caseNumber, String process, String instance, String task, String name, String nameEn, String stage,
    boolean side, String area, String category, String urgency, String title, int round, String notBy,
    Instant createdAt, Instant warnAt, Instant dueAt, Instant pausedSince) {

  Light light(Instant now) {
    return Light.of(now, warnAt, dueAt, pausedSince);
  }
}

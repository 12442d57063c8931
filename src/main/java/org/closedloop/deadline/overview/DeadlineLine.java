package org.closedloop.deadline.overview;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.closedloop.casefile.Light;
import org.closedloop.deadline.Running;
import org.closedloop.deadline.WorkingCalendar;

/**
 * One running clock as it is shown. {@code case} is the number of the case, {@code task} the key of the clock (the stage
 * or element it belongs to), {@code unit} the code of the unit that answers for it.
 */
record DeadlineLine(@JsonProperty("case") String number, String title, String process, String task, String kind,
    String unit, String assignee, int round, OffsetDateTime startedAt, OffsetDateTime warn, OffsetDateTime due,
    OffsetDateTime originalDue, OffsetDateTime pausedSince, Light light, @JsonRawValue String extensions) {

  static DeadlineLine of(DeadlineMapper.Row row, Instant now) {
    return new DeadlineLine(row.caseNumber(), row.title(), row.process(), row.key(), row.kind(), row.unitCode(),
        row.assignee(), row.round(), local(row.startedAt()), local(row.warnAt()), local(row.dueAt()),
        local(row.originalDueAt()), local(row.pausedSince()),
        Running.light(now, row.warnAt(), row.dueAt(), row.pausedSince()), row.extensions());
  }

  private static OffsetDateTime local(OffsetDateTime at) {
    return at == null ? null : WorkingCalendar.local(at.toInstant());
  }
}

package org.closedloop.alert;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;

/**
 * One light that turned on, as lists and streams show it.
 *
 * @param position        its place in the stream; the id of its event
 * @param level           code of a {@link Level}
 * @param at              when it was raised
 * @param caseNumber      {@code case} in JSON
 * @param title           of the case
 * @param task            key of the clock, e.g. {@code handle}
 * @param name            of the work item it was raised for, Chinese, null when none was open; {@code nameEn} English
 * @param unit            code of the unit that had to act
 * @param assignee        username of who held the item then, null when nobody did
 * @param due             the deadline it is about, null for a matter without one
 * @param endedAt         when what was asked for was done or no longer wanted; null while the clock still runs
 * @param acknowledgedBy  username
 * @param liftedAt        when a supervisor took a card back
 */
public record Alert(long id, long position, String level, Instant at, @JsonProperty("case") String caseNumber,
    String title, String process, String task, String name, String nameEn, String unit, String assignee, Instant due,
    Instant endedAt, @JsonIgnore Instant now, Instant acknowledgedAt, String acknowledgedBy, String acknowledgedNote,
    Instant liftedAt, String liftedBy, String liftedNote) {

  /**
   * Over {@code alert a}, {@code case_file c} and, outer, {@code clock k}; parameter {@code now}: the time of the reading.
   */
  public static final String COLUMNS = """
      a.id, a.position, a.level, a.at, a.case_number, c.title, a.process, a.task, a.name, a.name_en, a.unit, a.assignee,
      a.due_at as due, k.ended_at, #{now}::timestamptz as now, a.acknowledged_at, a.acknowledged_by,
      a.acknowledged_note, a.lifted_at, a.lifted_by, a.lifted_note
      """;

  public static final String TABLES = """
      alert a join case_file c on c.number = a.case_number left join clock k on k.id = a.clock_id
      """;

  /** Whole minutes past the deadline, as it stands now or stood at the end; 0 when in time, null without a deadline. */
  @JsonProperty
  public Long late() {
    if (due == null) {
      return null;
    }
    Instant until = endedAt == null ? now : endedAt;
    return Math.max(0, Duration.between(due, until).toMinutes());
  }
}

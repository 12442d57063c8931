package org.closedloop.casefile;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * 红黄绿灯. The one place that says when a deadline is yellow or red, in Java and in SQL.
 */
public enum Light {
  GREEN, YELLOW, RED, GREY, NONE;

  /** The same rule over columns {@code paused_since, due_at, warn_at} and the parameter {@code now}. */
  public static final String SQL = """
      (case when paused_since is not null then 'grey'
            when due_at is null then 'none'
            when due_at < #{now} then 'red'
            when warn_at <= #{now} then 'yellow'
            else 'green' end)""";

  /**
   * @param warnAt      when it turns yellow, may be null
   * @param dueAt       when it turns red; null: there is no deadline
   * @param pausedSince since when the clock is stopped, null while it runs
   */
  public static Light of(Instant now, Instant warnAt, Instant dueAt, Instant pausedSince) {
    if (pausedSince != null) {
      return GREY;
    }
    if (dueAt == null) {
      return NONE;
    }
    if (dueAt.isBefore(now)) {
      return RED;
    }
    return warnAt != null && !warnAt.isAfter(now) ? YELLOW : GREEN;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase();
  }
}

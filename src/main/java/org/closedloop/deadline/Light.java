package org.closedloop.deadline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.OffsetDateTime;
import java.util.Collection;

/** 红黄绿灯: how a deadline stands at one moment. The only place where a light is worked out. */
public enum Light {
  /** Nothing runs: the case has ended or has no deadline. */
  NONE,
  /** In time. */
  GREEN,
  /** The clock is stopped. */
  GREY,
  /** The warning point is reached. */
  YELLOW,
  /** Overdue: later than the deadline; the very second of the deadline is still in time. */
  RED;

  @JsonValue
  public String code() {
    return name().toLowerCase();
  }

  /**
   * The light of one deadline.
   *
   * @param warnAt null when nothing warns before the deadline
   * @param dueAt  null gives {@link #NONE}
   */
  public static Light of(OffsetDateTime now, OffsetDateTime warnAt, OffsetDateTime dueAt, boolean paused) {
    if (dueAt == null) {
      return NONE;
    }
    if (paused) {
      return GREY;
    }
    if (now.isAfter(dueAt)) {
      return RED;
    }
    return warnAt != null && !now.isBefore(warnAt) ? YELLOW : GREEN;
  }

  /**
   * The worst of several. Grey counts as worse than green and better than yellow: a stopped clock is worth a look, but
   * something that runs out elsewhere in the same case matters more.
   */
  public static Light worst(Collection<Light> lights) {
    return lights.stream().max(Light::compareTo).orElse(NONE);
  }
}

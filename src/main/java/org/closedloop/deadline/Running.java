package org.closedloop.deadline;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.closedloop.casefile.Light;

/**
 * One clock of a case. All times carry the offset of {@link WorkingCalendar#ZONE} and are whole seconds.
 *
 * @param key          what the clock is for within its process instance, e.g. {@code handle}
 * @param kind         {@code stage, check-in, rung, suspension, answer, side}
 * @param activity     the element of the model it belongs to
 * @param itemId       the work item it belongs to, null when none
 * @param unitCode     the unit that answers for it, null when none
 * @param amount       of the allowance; for a date chosen by a person, of the longest that could have been chosen
 * @param originalDue  as laid at the start, before every extension and stop
 * @param pausedSince  null while it runs
 * @param endedAt      null while it is open
 * @param extensions   in the order in which they were given
 */
public record Running(long id, String caseNumber, String process, String processInstance, String key, String kind,
    String activity, String itemId, String unitCode, int round, OffsetDateTime startedAt, int amount,
    AllowanceUnit unit, OffsetDateTime warn, OffsetDateTime due, OffsetDateTime originalDue,
    OffsetDateTime pausedSince, OffsetDateTime endedAt, List<Extension> extensions) {

  /** 延期: more time that was given, by whom and when, and the deadline it led to. */
  public record Extension(int amount, AllowanceUnit unit, String by, OffsetDateTime at, OffsetDateTime due) {}

  /**
   * The clocks of a case taken together, as its row in the register shows them: the earliest warning and deadline of
   * those that run. When all stand still, the earliest of the stopped ones and since when; all null when there are none.
   */
  public record Summary(OffsetDateTime warn, OffsetDateTime due, OffsetDateTime pausedSince) {

    public static Summary of(List<Running> open) {
      List<Running> shown = open.stream().filter(c -> !c.paused()).toList();
      boolean still = shown.isEmpty();
      shown = still ? open : shown;
      return new Summary(
          shown.stream().map(Running::warn).min(OffsetDateTime::compareTo).orElse(null),
          shown.stream().map(Running::due).min(OffsetDateTime::compareTo).orElse(null),
          still ? shown.stream().map(Running::pausedSince).min(OffsetDateTime::compareTo).orElse(null) : null);
    }

    public Light light(Instant now) {
      return Running.light(now, warn, due, pausedSince);
    }
  }

  public boolean paused() {
    return pausedSince != null;
  }

  /** How it stands; an ended clock shows no light. */
  public Light light(Instant now) {
    return endedAt != null ? Light.NONE : light(now, warn, due, pausedSince);
  }

  /** The light of a deadline, for those who hold only its times; any of them may be null. */
  public static Light light(Instant now, OffsetDateTime warn, OffsetDateTime due, OffsetDateTime pausedSince) {
    return Light.of(now, instant(warn), instant(due), instant(pausedSince));
  }

  private static Instant instant(OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}

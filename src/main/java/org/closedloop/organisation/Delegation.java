package org.closedloop.organisation;

import java.time.Instant;

/**
 * 代理: during somebody's leave a colleague of the same unit holds their posts too. Usernames; the times include
 * {@code fromAt} and exclude {@code untilAt}.
 *
 * @param endedAt when a person ended it early; null where none did, then it ends by itself
 */
public record Delegation(long id, String absent, String delegate, Instant fromAt, Instant untilAt, String reason,
    String madeBy, Instant madeAt, String endedBy, Instant endedAt) {

  /** The first moment at which it does not hold any more. */
  public Instant endsAt() {
    return endedAt != null && endedAt.isBefore(untilAt) ? endedAt : untilAt;
  }

  public boolean runs(Instant now) {
    return !now.isBefore(fromAt) && now.isBefore(endsAt());
  }

  boolean overlaps(Instant from, Instant until) {
    return fromAt.isBefore(until) && from.isBefore(endsAt());
  }
}

package org.closedloop.deadline;

/**
 * 时限: how much time something may take, as a row of a deadlines table says it.
 *
 * @param amount how many, at least 1
 * @param unit   of what
 * @param warn   share of the allowance after which the light turns yellow, above 0 and at most 1; usually 0.75
 * @param kind   what the clock is for: {@code stage, check-in, rung, suspension, answer, side}
 */
public record Allowance(int amount, AllowanceUnit unit, double warn, String kind) {

  /** Warned at unless the row says otherwise. */
  public static final double USUAL_WARN = 0.75;

  public Allowance {
    if (amount < 1) {
      throw new IllegalArgumentException("an allowance is at least 1, not " + amount);
    }
    if (!(warn > 0 && warn <= 1)) {
      throw new IllegalArgumentException("warn is a share above 0 and at most 1, not " + warn);
    }
  }
}

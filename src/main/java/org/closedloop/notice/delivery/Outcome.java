package org.closedloop.notice.delivery;

/**
 * What became of one try.
 *
 * @param reason why not, for administrators; null when sent
 */
public record Outcome(Kind kind, String reason) {

  /** What to do next. */
  public enum Kind {
    /** The other side has it. */
    SENT,
    /** It will never be taken: no further try. */
    REFUSED,
    /** Not this time, for a reason of this letter's. */
    FAILED,
    /** Not this time, because the other side does not work at all. */
    DOWN
  }

  private static final int LONGEST = 300;

  public Outcome {
    if (reason != null) {
      String line = reason.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      reason = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
  }

  public static Outcome sent() {
    return new Outcome(Kind.SENT, null);
  }

  public static Outcome refused(String reason) {
    return new Outcome(Kind.REFUSED, reason);
  }

  public static Outcome failed(String reason) {
    return new Outcome(Kind.FAILED, reason);
  }

  public static Outcome down(String reason) {
    return new Outcome(Kind.DOWN, reason);
  }
}

package org.closedloop.page;

import org.closedloop.problem.InvalidInput;

/** How many rows a page shows: 50 unless asked, never more than 200. */
public final class Limit {

  private static final int DEFAULT = 50;
  private static final int MOST = 200;

  private Limit() {}

  /** @throws InvalidInput when below 1 or above 200 */
  public static int of(Integer asked) {
    if (asked == null) {
      return DEFAULT;
    }
    if (asked < 1 || asked > MOST) {
      throw InvalidInput.at("limit", "每页条数应在 1 到 " + MOST + " 之间。", "limit must be between 1 and " + MOST + ".");
    }
    return asked;
  }
}

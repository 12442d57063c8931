package org.closedloop.page;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.closedloop.problem.InvalidInput;

/**
 * Where a keyset list continues: the sort value and the unique key of the last row shown. Opaque to callers; a cursor
 * holds no secret and gives no sight, the list's own conditions apply to every page.
 */
public record Cursor(Instant at, String key) {

  private static final int MAX_LENGTH = 400;
  /** What PostgreSQL can hold is less than what Instant can; no list of ours has rows outside these. */
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * The key where it is a number.
   *
   * @throws InvalidInput when it is none: a cursor of another list
   */
  public long number() {
    try {
      return Long.parseLong(key);
    } catch (NumberFormatException e) {
      throw refused();
    }
  }

  String text() {
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString((at + "|" + key).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param text a cursor this class made, null for the first page
   * @return null for the first page
   * @throws InvalidInput when it is not a cursor
   */
  public static Cursor of(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      if (text.length() <= MAX_LENGTH) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
        if (parts.length == 2 && parts[1].indexOf('\0') < 0) {
          Instant at = Instant.parse(parts[0]);
          if (!at.isBefore(FIRST) && !at.isAfter(LAST)) {
            return new Cursor(at, parts[1]);
          }
        }
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // falls through: whatever it was, it is not a cursor of ours
    }
    throw refused();
  }

  private static InvalidInput refused() {
    return InvalidInput.at("after", "翻页标记无效，请从第一页重新开始。", "Not a cursor; start again from the first page.");
  }
}

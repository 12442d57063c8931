package org.closedloop.web.input;

import java.util.Optional;
import org.closedloop.problem.Words;

/**
 * Which characters a text may have: everything but control characters (line breaks and tabs are fine) and halves of
 * characters. PostgreSQL refuses U+0000, and the others disturb lists, exports and logs. Emoji and right-to-left writing
 * are text like any other.
 */
public final class CleanText {

  private static final Words UNWANTED = Words.of("含有不可见的控制字符或残缺的字符，请删除后再提交。",
      "Has control characters or broken characters; remove them and send again.");

  private CleanText() {}

  /** What is wrong with the text, if anything. */
  public static Optional<Words> fault(CharSequence text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' ? c != '\n' && c != '\r' && c != '\t' : c >= 0x7f && c <= 0x9f) {
        return Optional.of(UNWANTED);
      }
      if (Character.isSurrogate(c)) {
        boolean whole = Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
        if (!whole) {
          return Optional.of(UNWANTED);
        }
        i++;
      }
    }
    return Optional.empty();
  }
}

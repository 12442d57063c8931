package org.closedloop.worklist.form;

import com.google.re2j.Pattern;
import org.closedloop.problem.Words;

/** What makes a text a text: no control characters, no broken characters, lengths as people count them. */
final class Texts {

  /** Longest text a field may hold when the form says nothing. */
  static final int LINE = 500;
  static final int AREA = 10_000;
  /** No form may ask for more than this in one field. */
  static final int MOST = 100_000;

  private static final Pattern EMAIL = Pattern.compile(
      "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
          + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
  /** International with + or 00, as the browser asks; and the numbers people here write: mobile and landline. */
  private static final Pattern PHONE = Pattern.compile(
      "(?:\\+|00)[1-9][0-9]{5,16}|1[3-9][0-9]{9}|0[1-9][0-9]{1,2}-?[1-9][0-9]{6,7}(?:-[0-9]{1,6})?");

  private Texts() {}

  static boolean email(String text) {
    return text.length() <= 254 && EMAIL.matches(text);
  }

  static boolean phone(String text) {
    return PHONE.matches(text);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Line ends of other systems become \n; a one-line field has none at all, the browser puts blanks there too. */
  static String normal(String text, boolean lines) {
    String unix = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    return lines ? unix : unix.replace('\n', ' ').replace('\t', ' ');
  }

  /** What cannot be stored or shown in this text, or null. */
  static Words fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return broken();
        }
        i++;
      } else if (Character.isLowSurrogate(c)) {
        return broken();
      } else if (c != '\n' && c != '\t' && (c < 0x20 || c >= 0x7f && c < 0xa0)) {
        return Words.of("含有看不见的控制字符，请删去后重新输入", "contains control characters; delete them and type the text again");
      }
    }
    return null;
  }

  private static Words broken() {
    return Words.of("含有不完整的字符（如半个表情符号），请删去后重新输入", "contains half a character; delete it and type it again");
  }

  /** Without the blanks a browser would trim, which are more than Java's. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && blank(text.charAt(from))) {
      from++;
    }
    while (to > from && blank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
  }

  /** A name from outside, cut and cleaned so that it may stand in a message and a log. */
  static String quoted(String name) {
    StringBuilder clean = new StringBuilder();
    name.codePoints().limit(64).forEach(c -> {
      boolean plain = Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
      clean.appendCodePoint(plain ? c : '?');
    });
    return clean.isEmpty() ? "?" : clean.toString();
  }

  /**
   * A browser's regular expression for RE2: linear time whatever the text. {@code \\u4e00} is written {@code \\x{4e00}}
   * there; what RE2 does not know (look-ahead, back references) throws PatternSyntaxException.
   */
  static Pattern pattern(String javascript) {
    StringBuilder re2 = new StringBuilder();
    for (int i = 0; i < javascript.length(); i++) {
      char c = javascript.charAt(i);
      if (c != '\\' || i + 1 == javascript.length()) {
        re2.append(c);
        continue;
      }
      char next = javascript.charAt(i + 1);
      String hex = javascript.substring(i + 2, Math.min(i + 6, javascript.length()));
      if (next == 'u' && hex.matches("[0-9a-fA-F]{4}")) {
        re2.append("\\x{").append(hex).append('}');
        i += 5;
      } else {
        re2.append(c).append(next);
        i++;
      }
    }
    return Pattern.compile(re2.toString());
  }
}

package org.closedloop.problem;

import java.util.Locale;

/**
 * One sentence for people, in both languages of the product. Keeping the pair together at the place where it is said
 * means that no message can exist in one language only.
 */
public record Words(String zh, String en) {

  public static Words of(String zh, String en) {
    return new Words(zh, en);
  }

  /** Chinese unless the reader asked for English. */
  public String in(Locale locale) {
    return locale != null && Locale.ENGLISH.getLanguage().equals(locale.getLanguage()) ? en : zh;
  }
}

package org.closedloop.web.problems;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/** The language to answer in: of Chinese and English the one the caller prefers, Chinese when neither is asked for. */
public final class Language {

  private static final Set<String> SPOKEN = Set.of("zh", "en");

  private Language() {}

  public static Locale of(HttpServletRequest request) {
    return of(request.getHeader("Accept-Language"));
  }

  /** @param header value of {@code Accept-Language}, null when there is none */
  static Locale of(String header) {
    if (header == null) {
      return Locale.SIMPLIFIED_CHINESE;
    }
    try {
      // Not the container's list of locales: that falls back to the language of the machine.
      return Locale.LanguageRange.parse(header).stream().filter(range -> range.getWeight() > 0)
          .map(range -> range.getRange().split("-")[0]).filter(SPOKEN::contains).findFirst()
          .map(language -> language.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE)
          .orElse(Locale.SIMPLIFIED_CHINESE);
    } catch (IllegalArgumentException notALanguage) {
      return Locale.SIMPLIFIED_CHINESE;
    }
  }
}

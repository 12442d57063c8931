package org.closedloop.casefile.search;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a person typed into a search field, as words: all of them must occur, in any order, as parts of a text. Capital
 * and small A–Z are alike.
 *
 * @param text the words, parted by single blanks
 */
public record SearchWords(String text) {

  private static final int MOST = 8;

  /** Null when nothing is left to search for. */
  public static SearchWords of(String typed) {
    if (typed == null) {
      return null;
    }
    // control characters and halves of characters occur in no text; PostgreSQL refuses some of them outright
    String clean = typed.codePoints()
        .mapToObj(c -> c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)
            || Character.getType(c) == Character.SURROGATE ? " " : Character.toString(c))
        .collect(Collectors.joining());
    String words = Arrays.stream(clean.split(" ")).filter(w -> !w.isEmpty()).distinct().limit(MOST)
        .collect(Collectors.joining(" "));
    return words.isEmpty() ? null : new SearchWords(words);
  }

  /** Does the index help? It knows pairs of characters, so at least one word must have two. */
  boolean indexed() {
    return Arrays.stream(text.split(" ")).anyMatch(w -> w.codePointCount(0, w.length()) > 1);
  }
}

package org.closedloop.casefile.search;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Finds candidates by index. What comes out has passed nobody's sight: callers put the visibility rule over it before
 * they show or count anything.
 */
@Service
public class CaseSearch {

  /** An open case that may be about the same thing; {@code likeness} is above 0 and at most 1. */
  public record Alike(String caseNumber, double likeness) {}

  /**
   * Above this many cases a word is common: looking through the newest cases finds a page of them sooner than fetching
   * them all would.
   */
  static final int COMMON = 3000;
  private static final int ALIKE = 200;
  private static final int LONGEST = 2000;

  private final CaseWordsMapper words;

  CaseSearch(CaseWordsMapper words) {
    this.words = words;
  }

  /** Numbers of all cases whose number, title or text holds the words; empty when they are common. */
  public Optional<List<String>> numbers(SearchWords searched) {
    return searched.indexed() ? rare(words.numbers(searched.text(), COMMON + 1)) : Optional.empty();
  }

  /** Numbers of all cases whose reporter's name and phone hold the words; empty when they are common. */
  public Optional<List<String>> numbersByReporter(SearchWords searched) {
    return searched.indexed() ? rare(words.numbersByReporter(searched.text(), COMMON + 1)) : Optional.empty();
  }

  private static Optional<List<String>> rare(List<String> found) {
    return found.size() <= COMMON ? Optional.of(found) : Optional.empty();
  }

  /** Open cases like this one, the most alike first. Place may be null. */
  public List<Alike> alike(String title, String description, String area, Double lng, Double lat) {
    boolean placed = lng != null && lat != null;
    return words.alike(title, description.length() > LONGEST ? description.substring(0, LONGEST) : description,
        area, placed ? lng : null, placed ? lat : null, ALIKE);
  }
}

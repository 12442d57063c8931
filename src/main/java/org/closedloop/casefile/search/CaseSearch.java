package org.closedloop.casefile.search;

import java.time.Duration;
import java.util.Comparator;
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
  /** On labelled pairs six in seven above this are about the same matter, and few such lie below. */
  static final double WORTH_A_LOOK = 0.3;
  private static final int SAMPLE = 1000;
  private static final long SAMPLE_AGE_NANOS = Duration.ofMinutes(10).toNanos();

  private record Sampled(Likeness likeness, long nanos) {}

  private final CaseWordsMapper words;
  private volatile Sampled sampled;

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

  /** Open cases like this one that are worth a look, the most alike first; not the case itself. */
  public List<Alike> alike(Matter matter) {
    boolean placed = matter.lng() != null && matter.lat() != null;
    Likeness.Asked asked = likeness().asked(matter);
    return words.candidates(matter.title(), placed ? matter.lng() : null, placed ? matter.lat() : null, Likeness.LONGEST)
        .stream().filter(m -> !m.number().equals(matter.number()))
        .map(m -> new Alike(m.number(), asked.to(m))).filter(a -> a.likeness() >= WORTH_A_LOOK)
        .sorted(Comparator.comparingDouble(Alike::likeness).reversed().thenComparing(Alike::caseNumber)).toList();
  }

  /** What is common changes slowly: it is looked at again every ten minutes. */
  private Likeness likeness() {
    Sampled now = sampled;
    if (now == null || System.nanoTime() - now.nanos() > SAMPLE_AGE_NANOS) {
      now = new Sampled(new Likeness(words.newest(SAMPLE, Likeness.LONGEST)), System.nanoTime());
      sampled = now;
    }
    return now.likeness();
  }
}

package org.closedloop.casefile;

import java.util.List;

/**
 * How one read of the list of cases searches. Rare words: the index has named the cases. Common words: every case looked
 * at is tried, first only the newest {@code window}, because a page of them is soon full.
 *
 * @param numbers    cases whose number, title or text holds the words; null when the words are tried instead
 * @param byReporter cases whose reporter does; together with {@code numbers}
 * @param words      what is tried, null when nothing is
 * @param reporters  whether reporters are searched too
 * @param window     how many cases of the list to look at before any other condition; 0 for all
 */
record CaseSearchStep(List<String> numbers, List<String> byReporter, String words, boolean reporters, int window) {

  static final CaseSearchStep NONE = new CaseSearchStep(null, null, null, false, 0);

  static CaseSearchStep named(List<String> numbers, List<String> byReporter) {
    return new CaseSearchStep(numbers, byReporter, null, false, 0);
  }

  static CaseSearchStep tried(String words, boolean reporters, int window) {
    return new CaseSearchStep(null, null, words, reporters, window);
  }
}

package org.closedloop.board.scorecard;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/**
 * The scorecards of a month, best first.
 *
 * @param month    {@code 2026-10}
 * @param by       {@code unit}, {@code area} (the townships) or {@code category} (the first level)
 * @param frozenAt since when nothing changes it any more; null while it is counted from the records
 * @param hash     fingerprint of what was frozen, null while it is not
 * @param weights  of the score, in percent, by rate
 * @param ranked   how many rows the county has that have a score
 * @param total    all rows taken together; a case that concerns several rows counts once
 */
record Scorecard(String month, String by, OffsetDateTime frozenAt, String hash, Map<String, Integer> weights,
    int ranked, Row total, List<Row> items) {

  /**
   * @param key   code of the unit, area or category; {@code none} where the lines have none
   * @param rates by name: response, solving, satisfaction, on-time, rework, return, check-in
   * @param score 0 to 100: the weighted rates of which there is something to say, by the weights these have together;
   *              null when there is none
   * @param rank  place in the county; null without a score
   */
  record Row(String key, String name, Map<String, Share> rates, Count suspended, Cards cards, Marks marks,
      Double score, Integer rank) {}

  /** @param rate numerator ÷ denominator, four places; null when the denominator is 0 */
  record Share(long numerator, long denominator, Double rate, ShareLinks links) {}

  /** Addresses that list the cases. */
  record ShareLinks(String numerator, String denominator) {}

  record Count(long cases, String link) {}

  record Cards(Count yellow, Count red) {}

  /**
   * The townships' marks, 1 to 5, as means over all marks given.
   *
   * @param marked times marked
   */
  record Marks(long marked, Double arrival, Double effort, Double result, Count whistles) {}
}

package org.closedloop.board.trend;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Cases that came and went, of what one person may see.
 *
 * @param at   when it was counted; at most half a minute ago
 * @param days oldest first, the last one today and not over; every day is there, also one on which nothing happened
 */
record Trend(OffsetDateTime at, List<Day> days) {

  /** {@code closed}: through the whole loop; {@code ended}: these and the refused, merged and withdrawn. */
  record Day(LocalDate date, long opened, long closed, long ended, DayLinks links) {}

  /** Addresses that list the cases. */
  record DayLinks(String opened, String closed, String ended) {}
}

package org.closedloop.casefile;

import java.time.Instant;
import java.util.Set;
import org.closedloop.casefile.search.SearchWords;
import org.closedloop.problem.InvalidInput;

/**
 * What a list of cases is narrowed to; null members do not narrow.
 *
 * @param area     the area and everything in it
 * @param unit     the lead unit; {@code none}: nobody leads it yet
 * @param category the category and everything below it
 * @param q        words in number, title or text (and reporter, for those who may see reporters)
 * @param sort     {@code opened} (newest first, the default) or {@code due} (soonest first, only cases with a deadline)
 * @param stretch  what numbers of boards narrow to
 */
record CaseFilter(String process, String stage, String area, String category, String unit, String light, String channel,
    String q, Boolean open, Instant openedFrom, Instant openedTo, String sort,
    CaseStretch stretch) {

  private static final Set<String> LIGHTS = Set.of("green", "yellow", "red", "grey", "none");
  private static final int Q_MAX = 100;
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  CaseFilter {
    if (light != null && !LIGHTS.contains(light)) {
      throw InvalidInput.at("light", "灯色只能是 green、yellow、red、grey、none 之一。",
          "light must be one of green, yellow, red, grey, none.");
    }
    if (sort != null && !Set.of("opened", "due").contains(sort)) {
      throw InvalidInput.at("sort", "排序只能是 opened 或 due。", "sort must be opened or due.");
    }
    if (q != null && q.length() > Q_MAX) {
      throw InvalidInput.at("q", "搜索词最长 " + Q_MAX + " 个字。", "q may be at most " + Q_MAX + " characters.");
    }
    within("openedFrom", openedFrom);
    within("openedTo", openedTo);
  }

  CaseFilter(String process, String stage, String area, String category, String unit, String light, String channel,
      String q, Boolean open, Instant openedFrom, Instant openedTo, String sort) {
    this(process, stage, area, category, unit, light, channel, q, open, openedFrom, openedTo, sort, CaseStretch.NONE);
  }

  /** The database's range of times is smaller than Java's. */
  static void within(String field, Instant at) {
    if (at != null && (at.isBefore(FIRST) || at.isAfter(LAST))) {
      throw InvalidInput.at(field, "请填写 1970 至 9999 年间的时间，例如 2026-03-01T09:00:00+08:00。",
          "Give a time between 1970 and 9999, for example 2026-03-01T09:00:00+08:00.");
    }
  }

  boolean byDue() {
    return "due".equals(sort);
  }

  /** Null when nothing is searched for. */
  SearchWords words() {
    return SearchWords.of(q);
  }
}

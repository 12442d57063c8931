package org.closedloop.casefile;

import java.time.Instant;
import java.util.List;

/**
 * What the numbers of boards and scorecards narrow the list of cases to, beside what people narrow it to; null members
 * do not narrow.
 *
 * @param within     false: what lies in the area itself and in none of the areas in it
 * @param placed     whether the place is known
 * @param bounds     the place lies in it
 * @param closedFrom ended at this moment or later
 * @param closedTo   ended before this moment
 * @param numbers    only these
 */
record CaseStretch(Boolean within, Boolean placed, Bounds bounds, Instant closedFrom, Instant closedTo,
    List<String> numbers) {

  static final CaseStretch NONE = new CaseStretch(null, null, null, null, null, null);

  CaseStretch {
    CaseFilter.within("closedFrom", closedFrom);
    CaseFilter.within("closedTo", closedTo);
  }
}

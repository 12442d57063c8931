package org.closedloop.dutylist;

import java.time.LocalDate;

/**
 * One row of the duty list: a unit answers for a category and everything below it, in an area and everything in it.
 *
 * @param unit   a unit's code, or {@value #TOWNSHIP} or {@value #ENFORCEMENT_TEAM}: that of the area of the matter, so
 *               that one row serves all townships
 * @param basis  法规/依据, in Chinese
 * @param since  the day since which the unit answers for it
 * @param direct 直派: goes to the unit without a dispatcher
 * @param note   null when there is none
 */
record DutyRow(int version, int rowNo, String category, String area, String unit, String basis, LocalDate since,
    boolean direct, String note) {

  static final String TOWNSHIP = "township";
  static final String ENFORCEMENT_TEAM = "enforcement-team";

  DutyRow as(int inVersion, int number) {
    return new DutyRow(inVersion, number, category, area, unit, basis, since, direct, note);
  }

  boolean namesAKind() {
    return unit.equals(TOWNSHIP) || unit.equals(ENFORCEMENT_TEAM);
  }
}

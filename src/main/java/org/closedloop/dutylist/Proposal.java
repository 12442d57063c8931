package org.closedloop.dutylist;

import java.time.LocalDate;
import org.closedloop.problem.Words;

/**
 * What the duty list says about a matter.
 *
 * @param unit    code of the unit that answers for it; null when the list does not say, then {@code why} tells what to
 *                do, and row, version, basis and since may be null
 * @param row     row of the list, {@code version} the version of the list it stands in
 * @param direct  直派: may go to the unit without a dispatcher
 * @param why     one sentence a person can act on or repeat to the reporter
 */
public record Proposal(String unit, String unitName, Integer row, Integer version, boolean direct, String basis,
    LocalDate since, Words why) {

  /** Does the list name a unit? */
  public boolean decided() {
    return unit != null;
  }
}

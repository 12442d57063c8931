package org.closedloop.casefile;

import java.util.List;
import org.closedloop.organisation.Sight;

/**
 * Port for a feature that counts cases by rules of its own (scorecards): names the cases behind one of its numbers, so
 * that the list of cases can show exactly these.
 */
public interface CaseSelection {

  /**
   * Case numbers behind a number; the list still shows only those of them that the reader may see.
   *
   * @param selector as the feature wrote it into the number's link
   * @throws org.closedloop.problem.InvalidInput when the feature wrote no such thing
   */
  List<String> numbers(String selector, Sight reader);
}

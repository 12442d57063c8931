package org.closedloop.casefile.diagram;

import java.time.Instant;
import java.util.List;

/** The clocks of a case as its diagram needs them; told by whoever keeps clocks. */
public interface ElementClocks {

  /**
   * @param instance the process instance it runs or ran in
   * @param element  the element of the model it belongs to
   * @param unit     who answers for it, null when nobody does
   * @param late     runs, and its deadline has passed
   */
  record ElementClock(String process, String instance, String element, String unit, boolean late) {}

  /** Ended ones too, in the order in which they were started. */
  List<ElementClock> of(String number, Instant now);
}

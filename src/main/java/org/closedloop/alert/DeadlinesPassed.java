package org.closedloop.alert;

import java.time.Instant;
import java.util.List;

/** Hears, in the transaction that raises the alerts, which clocks' deadlines have passed; each once for each deadline. */
public interface DeadlinesPassed {

  /** @param clocks ids of the clocks, the longest late first, some hundreds at most */
  void passed(List<Long> clocks, Instant now);
}

package org.closedloop.notice.expand;

import org.closedloop.node.NodeTime;
import org.closedloop.node.Rush;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Calls the expander as long as there is something; each batch is a transaction of its own. */
@Component
class ExpanderWorker {

  private final Expander expander;
  private final NodeTime time;
  private final Rush rush;

  ExpanderWorker(Expander expander, NodeTime time, Rush rush) {
    this.expander = expander;
    this.time = time;
    this.rush = rush;
  }

  @Scheduled(fixedDelay = 500)
  void work() {
    // quiet hours by a wrong clock would ring people at night
    while (time.trusted() && !rush.on() && expander.batch() == Expander.BATCH) {
      // on to the next
    }
  }
}

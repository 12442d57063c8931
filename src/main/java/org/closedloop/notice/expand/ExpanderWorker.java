package org.closedloop.notice.expand;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Calls the expander as long as there is something; each batch is a transaction of its own. */
@Component
class ExpanderWorker {

  private final Expander expander;

  ExpanderWorker(Expander expander) {
    this.expander = expander;
  }

  @Scheduled(fixedDelay = 500)
  void work() {
    while (expander.batch() == Expander.BATCH) {
      // on to the next
    }
  }
}

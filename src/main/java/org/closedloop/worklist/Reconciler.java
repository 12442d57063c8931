package org.closedloop.worklist;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Compares the open-item table with the engine's open tasks once an hour. They are written in one transaction, so any
 * difference is a defect or a hand in the database: it is named in the log for the operator, and nothing is mended
 * silently.
 */
@Service
public class Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int MOST = 1_000;
  private static final int NAMED = 50;

  private final WorkQueue queue;

  Reconciler(WorkQueue queue) {
    this.queue = queue;
  }

  /** What differs now; at most a thousand of each kind. */
  public WorkQueue.Difference compare() {
    return queue.difference(MOST);
  }

  @Scheduled(cron = "0 40 * * * *")
  public void check() {
    WorkQueue.Difference difference = compare();
    if (!difference.none()) {
      LOG.error("The open-item table and the engine differ: {} tasks on no list {}, {} list rows without a task {}"
          + " (at most {} of each are looked for)", difference.missing().size(),
          difference.missing().stream().limit(NAMED).toList(), difference.left().size(),
          difference.left().stream().limit(NAMED).toList(), MOST);
    }
  }
}

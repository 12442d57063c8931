package org.closedloop.worklist;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares the open-item table with the engine's open tasks once an hour. They are written in one transaction, so any
 * difference is a defect or a hand in the database: it is named in the log for the operator, and nothing is mended
 * silently.
 */
@Service
public class Reconciler {

  private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
  private static final int NAMED = 50;

  private final WorkItemMapper items;
  private final WorkQueue queue;

  Reconciler(WorkItemMapper items, WorkQueue queue) {
    this.items = items;
    this.queue = queue;
  }

  /**
   * @param missing open in the engine, not on any work list: nobody would ever see them
   * @param left    on a work list, gone in the engine: nobody could ever complete them
   */
  public record Difference(Set<String> missing, Set<String> left) {
    public boolean none() {
      return missing.isEmpty() && left.isEmpty();
    }
  }

  /** One snapshot for both sides, or work that goes on meanwhile would look like a difference. */
  @Transactional(readOnly = true, isolation = org.springframework.transaction.annotation.Isolation.REPEATABLE_READ)
  public Difference compare() {
    Set<String> listed = new TreeSet<>(items.ids());
    List<String> open = queue.openIds();
    Set<String> missing = new TreeSet<>(open);
    missing.removeAll(listed);
    listed.removeAll(Set.copyOf(open));
    return new Difference(missing, listed);
  }

  /** A transaction of its own: calling {@link #compare} from here does not go through the one declared there. */
  @Scheduled(cron = "0 40 * * * *")
  @Transactional(readOnly = true, isolation = org.springframework.transaction.annotation.Isolation.REPEATABLE_READ)
  public void check() {
    Difference difference = compare();
    if (!difference.none()) {
      LOG.error("The open-item table and the engine differ: {} tasks on no list {}, {} list rows without a task {}",
          difference.missing().size(), difference.missing().stream().limit(NAMED).toList(),
          difference.left().size(), difference.left().stream().limit(NAMED).toList());
    }
  }
}

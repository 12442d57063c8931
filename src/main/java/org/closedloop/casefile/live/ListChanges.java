package org.closedloop.casefile.live;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.closedloop.node.OwnThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells all nodes where lists have changed, after the change is committed and gathered for a moment: in the transaction
 * itself the notice would let no two of them commit at once. A node that dies in that moment has told nobody; pages ask by
 * themselves now and then.
 */
@Component
public class ListChanges extends OwnThread {

  private static final long GATHER_MILLIS = 120;
  private static final Logger log = LoggerFactory.getLogger(ListChanges.class);

  private final ListChangeMapper nodes;
  private final Set<ListPlace> waiting = new HashSet<>();
  private final Semaphore some = new Semaphore(0);

  ListChanges(ListChangeMapper nodes) {
    super("list-changes");
    this.nodes = nodes;
  }

  /** To be called in the transaction that changes them. */
  public void at(Collection<ListPlace> places) {
    if (places.isEmpty()) {
      return;
    }
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      gather(places);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        gather(places);
      }
    });
  }

  private void gather(Collection<ListPlace> places) {
    synchronized (waiting) {
      waiting.addAll(places);
    }
    if (some.availablePermits() == 0) {
      some.release();
    }
  }

  @Override
  protected void run() {
    boolean failing = false;
    while (wanted()) {
      try {
        some.acquire();
        Thread.sleep(GATHER_MILLIS);
        some.drainPermits();
        List<ListPlace> places;
        synchronized (waiting) {
          places = List.copyOf(waiting);
          waiting.clear();
        }
        if (!places.isEmpty()) {
          nodes.tell(ListChannel.NAME, ListChannel.written(places));
        }
        failing = false;
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException e) {
        if (!failing) {
          failing = true;
          log.warn("Open lists cannot be told of changes now ({}); they ask by themselves.", e.getClass().getSimpleName());
        }
      }
    }
  }
}

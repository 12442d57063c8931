package org.closedloop.alert.ladder;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.closedloop.deadline.TimeMoved;
import org.closedloop.node.NodeTime;
import org.closedloop.node.Rush;
import org.closedloop.node.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Once a second, on every node: starts the ladders that wait. Nodes share the work
 * without waiting for each other; a ladder that cannot be started now is tried again half a minute later and holds up no
 * other. A node that only serves pages ({@code closedloop.jobs=false}) leaves it to the others.
 */
@Component
class LadderWorker implements SmartLifecycle {

  private static final int MOST = 200;
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final long RETRY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(LadderWorker.class);

  private final Ladder ladder;
  private final LadderMapper ladders;
  private final Clock clock;
  private final NodeTime time;
  private final Rush rush;
  private final boolean wanted;
  private final Map<Long, Long> failed = new HashMap<>();
  private final Ticker ticker = new Ticker("ladder", TICK, this::tick);
  private boolean away;

  LadderWorker(Ladder ladder, LadderMapper ladders, Clock clock, NodeTime time, Rush rush,
      @Value("${closedloop.jobs:true}") boolean wanted) {
    this.ladder = ladder;
    this.ladders = ladders;
    this.clock = clock;
    this.time = time;
    this.rush = rush;
    this.wanted = wanted;
  }

  /** Until nothing is left that this node can do; answers how many ladders it started. */
  int work() {
    failed.values().removeIf(at -> System.nanoTime() - at > RETRY_NANOS);
    int all = 0;
    int some = MOST;
    while (some == MOST && !rush.on()) {
      List<LadderMapper.Waiting> waiting = ladders.waiting(clock.instant(), Set.copyOf(failed.keySet()), MOST);
      some = waiting.size();
      int started = 0;
      for (LadderMapper.Waiting row : waiting) {
        started += !rush.on() && start(row) ? 1 : 0;
      }
      all += started;
      if (started == 0) {
        // the rest is in the hands of another node
        break;
      }
    }
    return all;
  }

  private boolean start(LadderMapper.Waiting row) {
    try {
      return ladder.start(row.id(), row.caseNumber());
    } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      failed.put(row.id(), System.nanoTime());
      LOG.warn("Supervision {} could not be started and is tried again.", row.id(), e);
      return false;
    }
  }

  private void tick() {
    try {
      if (time.trusted()) {
        work();
      }
      away = false;
    } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
      if (!away) {
        away = true;
        LOG.warn("The database is away; supervisions are started when it is back.");
      }
    } catch (RuntimeException e) {
      LOG.warn("Supervisions could not be started and are tried again.", e);
    }
  }

  /** The demo's clock has jumped. */
  @EventListener
  void moved(TimeMoved event) {
    ticker.soon();
  }

  @Override
  public void start() {
    if (wanted) {
      ticker.start();
    }
  }

  @Override
  public void stop() {
    ticker.stop();
  }

  @Override
  public boolean isRunning() {
    return ticker.isRunning();
  }
}

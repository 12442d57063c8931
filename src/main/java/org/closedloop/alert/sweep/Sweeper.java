package org.closedloop.alert.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.closedloop.alert.DeadlinesPassed;
import org.closedloop.alert.stream.AlertChannel;
import org.closedloop.deadline.TimeMoved;
import org.closedloop.node.NodeTime;
import org.closedloop.node.Rush;
import org.closedloop.node.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Four times a second, on one node at a time: whatever fell due becomes alerts. There is no watermark to get wrong: a moment
 * is still to be raised, or it is not; so nothing is lost that commits late, is laid again, or fell due while everything
 * was down, and nothing comes twice.
 */
@Component
class Sweeper implements SmartLifecycle {

  static final long LOCK = 0x616c657274L;
  private static final int ROUNDS = 1_000;
  private static final Duration TICK = Duration.ofMillis(250);
  private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

  private final SweepMapper clocks;
  private final List<DeadlinesPassed> lateness;
  private final Clock clock;
  private final NodeTime time;
  private final Rush rush;
  private final TransactionTemplate transaction;
  private final Ticker ticker = new Ticker("sweeper", TICK, this::tick);
  private boolean failing;

  Sweeper(SweepMapper clocks, List<DeadlinesPassed> lateness, Clock clock, NodeTime time, Rush rush,
      PlatformTransactionManager transactions) {
    this.clocks = clocks;
    this.lateness = lateness;
    this.clock = clock;
    this.time = time;
    this.rush = rush;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Sweeps until nothing is left or another node leads; what falls due meanwhile is swept along. Answers how many moments
   * it raised and alerts it placed.
   */
  int sweep() {
    int all = 0;
    try {
      for (int i = 0; i < ROUNDS && clocks.anything(clock.instant()); i++) {
        Integer some = someOf();
        if (some == null || some == 0) {
          // another node leads, or what is left is being changed by somebody
          break;
        }
        rush.set(some >= SweepMapper.MOST);
        all += some;
      }
    } finally {
      rush.set(false);
    }
    return all;
  }

  /** One transaction's worth; nothing when another node leads or somebody is in the way: the next tick is soon. */
  private Integer someOf() {
    try {
      return transaction.execute(tx -> {
        if (!clocks.lead(LOCK)) {
          return 0;
        }
        clocks.waitForNobody();
        return step(clock.instant());
      });
    } catch (PessimisticLockingFailureException inTheWay) {
      log.debug("A sweep gives way to somebody who changes the same clocks", inTheWay);
      return 0;
    }
  }

  /** One transaction's worth; the caller holds the lock. */
  int step(Instant now) {
    SweepMapper.Taken swept = clocks.take(now);
    if (swept.late().length > 0) {
      lateness.forEach(l -> l.passed(List.of(swept.late()), now));
    }
    int some = swept.taken() + clocks.place();
    if (some > 0) {
      clocks.tell(AlertChannel.NAME);
    }
    return some;
  }

  private void tick() {
    try {
      if (time.trusted()) {
        sweep();
      }
      if (failing) {
        failing = false;
        log.info("Deadlines are swept again.");
      }
    } catch (DataAccessResourceFailureException | CannotCreateTransactionException away) {
      failed("the database is away", null);
    } catch (RuntimeException e) {
      failed(e.getClass().getSimpleName(), e);
    }
  }

  /** Said once, however long it lasts. */
  private void failed(String why, RuntimeException trace) {
    if (!failing) {
      failing = true;
      log.warn("Deadlines cannot be swept now and are tried again and again: {}", why, trace);
    }
  }

  /** The demo's clock has jumped: what fell due is not left to the next tick. */
  @EventListener
  void moved(TimeMoved event) {
    ticker.soon();
  }

  @Override
  public void start() {
    ticker.start();
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

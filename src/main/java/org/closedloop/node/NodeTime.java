package org.closedloop.node;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Whether this node's clock can be trusted. Nodes share deadlines and the locks of jobs, which only works while their
 * clocks agree; the database's clock is the one they all see. A node whose clock is more than two seconds off says that
 * it is not fit for requests, and beyond five seconds it runs no timers and raises no alerts: the others do. It comes
 * back by itself when its clock has been set right.
 */
@Component
public class NodeTime implements HealthIndicator {

  /** Published when the trust in this node's clock changes. */
  public record Changed(boolean trusted) {}

  static final Duration NOT_READY = Duration.ofSeconds(2);
  static final Duration NOT_TRUSTED = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(NodeTime.class);

  private final ServerTimeMapper server;
  private final LongSupplier system;
  private final ApplicationEventPublisher events;
  private volatile Duration off = Duration.ZERO;
  private volatile boolean trusted = true;

  @Autowired
  NodeTime(ServerTimeMapper server, ApplicationEventPublisher events) {
    this(server, System::currentTimeMillis, events);
  }

  /** @param system this node's clock, in milliseconds since the epoch */
  NodeTime(ServerTimeMapper server, LongSupplier system, ApplicationEventPublisher events) {
    this.server = server;
    this.system = system;
    this.events = events;
  }

  /** False while this node must leave timers and alerts to the others. */
  public boolean trusted() {
    return trusted;
  }

  /** Half a minute: a clock that is stepped by hand or after a long pause is found out before much can happen. */
  @Scheduled(fixedDelay = 30_000)
  void compare() {
    try {
      long before = system.getAsLong();
      Instant there = server.now();
      long after = system.getAsLong();
      // What the question took may lie on either side of the answer.
      long doubt = Math.max(0, (after - before) / 2);
      long difference = there.toEpochMilli() - (before + doubt);
      take(Duration.ofMillis(Math.max(0, Math.abs(difference) - doubt)));
    } catch (DataAccessException | TransactionException away) {
      // A database that does not answer says nothing about the clock; its absence is noticed elsewhere.
      LOG.debug("The database's clock could not be read", away);
    }
  }

  private void take(Duration found) {
    off = found;
    boolean now = found.compareTo(NOT_TRUSTED) <= 0;
    if (now != trusted) {
      trusted = now;
      if (now) {
        LOG.info("This node's clock is right again; it takes part again.");
      } else {
        LOG.error("This node's clock is {} s off the database's. It runs no timers and raises no alerts until the clock "
            + "is set right (NTP).", found.toSeconds());
      }
      events.publishEvent(new Changed(now));
    }
  }

  @Override
  public Health health() {
    return (off.compareTo(NOT_READY) <= 0 ? Health.up() : Health.outOfService()).build();
  }
}

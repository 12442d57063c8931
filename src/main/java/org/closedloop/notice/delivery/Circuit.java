package org.closedloop.notice.delivery;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps one dead target from eating the threads: after three failures in a row nothing is sent there for half a minute,
 * then one letter at a time is tried, with pauses that double up to ten minutes, until one goes through.
 */
final class Circuit {

  static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
  private static final int FAILURES = 3;

  private final int threads;
  private int running;
  private int failures;
  private Duration pause = FIRST_PAUSE;
  private Instant pausedUntil;

  Circuit(int threads) {
    this.threads = threads;
  }

  /** Takes a place for one thread when there is one; give it back with {@link #leave}. */
  synchronized boolean enter(Instant now) {
    int places = pausedUntil == null ? threads : now.isBefore(pausedUntil) ? 0 : 1;
    if (running >= places) {
      return false;
    }
    running++;
    return true;
  }

  synchronized void leave() {
    running--;
  }

  /** Whether the target is not trusted yet: then a single letter goes ahead. */
  synchronized boolean probing() {
    return pausedUntil != null;
  }

  /** Answers whether it was paused. */
  synchronized boolean works() {
    boolean again = pausedUntil != null;
    failures = 0;
    pausedUntil = null;
    pause = FIRST_PAUSE;
    return again;
  }

  /** Answers whether the target was working so far and is paused from now on. */
  synchronized boolean down(Instant now) {
    failures++;
    if (failures < FAILURES) {
      return false;
    }
    boolean first = pausedUntil == null;
    pausedUntil = now.plus(pause);
    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    return first;
  }
}

package org.closedloop.demo.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;

/** Real time and a distance that can change; clocks for other zones share the distance. */
class MovableClock extends Clock {

  private final Clock real;
  private final AtomicReference<Duration> ahead;

  MovableClock(ZoneId zone, Duration ahead) {
    this(Clock.system(zone), new AtomicReference<>(ahead));
  }

  private MovableClock(Clock real, AtomicReference<Duration> ahead) {
    this.real = real;
    this.ahead = ahead;
  }

  Duration ahead() {
    return ahead.get();
  }

  /** Says whether that was a change. */
  boolean setAhead(Duration distance) {
    return !ahead.getAndSet(distance).equals(distance);
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead.get());
  }

  @Override
  public long millis() {
    return real.millis() + ahead.get().toMillis();
  }

  @Override
  public ZoneId getZone() {
    return real.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new MovableClock(real.withZone(zone), ahead);
  }
}

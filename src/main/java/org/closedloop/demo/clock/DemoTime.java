package org.closedloop.demo.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.closedloop.deadline.TimeMoved;
import org.closedloop.problem.InvalidInput;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Moves the time of the whole application, on all nodes and beyond a restart. People may only move it forward; the
 * making of the demo's first cases may begin in the past.
 */
@Service
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
public class DemoTime {

  private static final Duration ONE_CALL = Duration.ofDays(400);
  private static final Duration FURTHEST = Duration.ofDays(3650);

  private final MovableClock clock;
  private final DemoClockMapper table;
  private final ApplicationEventPublisher events;

  DemoTime(MovableClock clock, DemoClockMapper table, ApplicationEventPublisher events) {
    this.clock = clock;
    this.table = table;
    this.events = events;
  }

  public OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }

  /**
   * Moves forward by more than nothing and at most 400 days, ten years in all.
   *
   * @return the time it is now
   * @throws InvalidInput at {@code advance}
   */
  public OffsetDateTime advance(Duration by) {
    if (by == null) {
      throw InvalidInput.at("advance", "请填写要前进多久，如 PT26H。", "Say how far to move, such as PT26H.");
    }
    if (by.compareTo(Duration.ofMillis(1)) < 0) {
      throw InvalidInput.at("advance", "时间只能向前走，请填写大于零的时长，如 PT26H。",
          "Time only moves forward; give a duration above zero such as PT26H.");
    }
    if (by.compareTo(ONE_CALL) > 0) {
      throw InvalidInput.at("advance", "一次最多前进 400 天（P400D）。", "Move by at most 400 days (P400D) at a time.");
    }
    if (table.advance(by.toMillis(), FURTHEST.toMillis()) == 0) {
      throw InvalidInput.at("advance", "演示时间最多比真实时间超前十年。",
          "The demo's time may be at most ten years ahead of real time.");
    }
    follow();
    return now();
  }

  /** Sets the time, back too: only for making demo cases before anybody uses them. */
  public void set(Instant time) {
    table.set(Duration.between(Instant.ofEpochMilli(System.currentTimeMillis()), time).toMillis());
    follow();
  }

  /** Back to real time: the end of making demo cases. */
  public void setToRealTime() {
    table.set(0);
    follow();
  }

  /** What another node did is seen here a second later. */
  @Scheduled(fixedDelay = 1_000)
  void follow() {
    Duration ahead = Duration.ofMillis(table.ahead());
    if (clock.setAhead(ahead)) {
      events.publishEvent(new TimeMoved(ahead));
    }
  }
}

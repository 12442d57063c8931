package org.closedloop.demo.cases;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.demo.cases.Course.Step;
import org.closedloop.demo.clock.DemoTime;
import org.closedloop.replay.Api;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Makes the demo's first cases when the demo starts on a database without any: in the background, once the server
 * answers. Meanwhile the demo's time runs through the past weeks; afterwards it is the real one.
 */
@Component
@ConditionalOnProperty(name = {"closedloop.demo", "closedloop.demo-cases"}, havingValue = "true")
class DemoCases {

  private static final Logger LOG = LoggerFactory.getLogger(DemoCases.class);
  /** Any number that nobody else uses. */
  private static final long LOCK = 0x4C4F4F50L;
  private static final int HANDS = 3;
  private static final long STOP_SECONDS = 10;

  private final DataSource database;
  private final DemoTime time;
  private final WorkingCalendar.Source calendar;
  private final Environment environment;
  private volatile boolean stopping;
  private Thread maker;

  /** @param database connections outside the pool: one is held all the while */
  DemoCases(@FlywayDataSource DataSource database, DemoTime time, WorkingCalendar.Source calendar, Environment environment) {
    this.database = database;
    this.time = time;
    this.calendar = calendar;
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  synchronized void start() {
    maker = new Thread(this::makeOnce, "demo-cases");
    maker.setDaemon(true);
    maker.start();
  }

  /** Listens before the connections are closed, so that the time is put right. */
  @EventListener(ContextClosedEvent.class)
  synchronized void stop() throws InterruptedException {
    stopping = true;
    if (maker != null) {
      maker.interrupt();
      maker.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
  }

  /** One node makes them; the lock is gone when its connection is. */
  private void makeOnce() {
    try (Connection connection = database.getConnection(); Statement sql = connection.createStatement()) {
      var locked = sql.executeQuery("select pg_try_advisory_lock(" + LOCK + ")");
      if (!locked.next() || !locked.getBoolean(1)) {
        return;
      }
      try {
        makeWhenEmpty();
      } finally {
        sql.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    } catch (SQLException | RuntimeException e) {
      if (!stopping) {
        LOG.warn("The demo's sample cases are incomplete; everything works without them.", e);
      }
    }
  }

  private void makeWhenEmpty() {
    // only an interrupted making leaves the time in the past
    if (time.now().toInstant().isBefore(Instant.now().minusSeconds(1))) {
      time.setToRealTime();
    }
    Api api = new Api("http://" + environment.getProperty("server.address", "localhost") + ":"
        + environment.getRequiredProperty("local.server.port"));
    Play play = new Play(api, () -> time.now().toLocalDate());
    if (!play.noCases()) {
      return;
    }
    long started = System.nanoTime();
    LOG.info("Making the demo's sample cases; until they are there the demo's time lies in the past.");
    int made = play(play);
    LOG.info("{} sample cases are there after {} s.", made,
        Duration.ofNanos(System.nanoTime() - started).toSeconds());
  }

  private record Turn(Matter matter, Step step) {}

  private int play(Play play) {
    List<Matter> matters = Matter.shipped();
    Set<Matter> failed = ConcurrentHashMap.newKeySet();
    Instant now = Instant.now();
    ExecutorService hands = Executors.newFixedThreadPool(HANDS);
    try {
      for (Map.Entry<Instant, List<Turn>> moment : moments(matters, now).entrySet()) {
        if (stopping) {
          break;
        }
        if (moment.getKey().equals(now)) {
          time.setToRealTime();
        } else {
          time.set(moment.getKey());
        }
        Map<Matter, List<Turn>> turns = new LinkedHashMap<>();
        moment.getValue().forEach(t -> turns.computeIfAbsent(t.matter(), m -> new ArrayList<>()).add(t));
        List<Callable<Void>> work = turns.values().stream().<Callable<Void>>map(t -> () -> {
          t.forEach(turn -> take(play, turn, failed));
          return null;
        }).toList();
        hands.invokeAll(work);
      }
    } catch (InterruptedException e) {
      // stopping; the flag stays down, or the time could not be put right any more
      stopping = true;
    } finally {
      hands.shutdownNow();
      time.setToRealTime();
    }
    return matters.size() - failed.size();
  }

  /** What happens at each moment, in order of time and then of the file. */
  private Map<Instant, List<Turn>> moments(List<Matter> matters, Instant now) {
    Course course = new Course(calendar.current(), now);
    Map<Instant, List<Turn>> moments = new TreeMap<>();
    for (Matter matter : matters) {
      for (Step step : course.of(matter)) {
        moments.computeIfAbsent(step.at(), at -> new ArrayList<>()).add(new Turn(matter, step));
      }
    }
    return moments;
  }

  /** A matter that goes wrong stays where it is; the others go on. */
  private void take(Play play, Turn turn, Set<Matter> failed) {
    if (stopping || failed.contains(turn.matter())) {
      return;
    }
    try {
      play.step(turn.matter(), turn.step());
    } catch (RuntimeException e) {
      failed.add(turn.matter());
      if (!stopping) {
        LOG.warn("Sample case {} stops before “{}”: {}", turn.matter().id(), turn.step().word(), e.getMessage());
      }
    }
  }
}

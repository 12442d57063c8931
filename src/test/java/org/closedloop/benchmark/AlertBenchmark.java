package org.closedloop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.closedloop.Caller;
import org.closedloop.ClosedLoop;
import org.closedloop.alert.stream.EventStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * P4, the product's side: deadlines of one second among many open ones, until every alert and every message that goes
 * out stands in its table; what users wait meanwhile; and P10: how long after its deadline an alert is on the stream,
 * idle and in the storm. One JVM with application and load, PostgreSQL beside it; its data folder ({@code
 * -Dbenchmark.data=}, default under target/) is kept, so that the open cases are made only once.
 * {@code mvn -B test -Dgroups=benchmark -DexcludedGroups= -Dtest=AlertBenchmark}, with {@code -Dbenchmark.open=} (default
 * 1000000), {@code -Dbenchmark.storm=} (20000), {@code -Dbenchmark.rounds=} (7) and {@code -Dbenchmark.idle=} (100).
 */
@SpringBootTest(classes = ClosedLoop.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
    "closedloop.demo=true", "closedloop.demo-cases=false", "closedloop.database.url=",
    "closedloop.data=${benchmark.data:target/benchmark-data}",
    "server.tomcat.remoteip.internal-proxies=127\\..*|0:0:0:0:0:0:0:1|::1"})
@Import(Caller.class)
@Tag("benchmark")
class AlertBenchmark {

  private static final int OPEN = Integer.getInteger("benchmark.open", 1_000_000);
  private static final int STORM = Integer.getInteger("benchmark.storm", 20_000);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
  private static final int IDLE = Integer.getInteger("benchmark.idle", 100);

  @Autowired Caller caller;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;
  @Autowired @Qualifier("migrationDataSource") DataSource database;

  private int taken;

  @Test
  void deadlinesBecomeAlerts() throws Exception {
    long begun = System.nanoTime();
    int there = OpenItemsSeed.found(database)[0];
    if (there == 0) {
      OpenItemsSeed.fill(database, OPEN, clock.instant());
      say("%,d open cases were made in %.0f s", OPEN, seconds(begun));
      there = OPEN;
    }
    taken = OpenItemsSeed.found(database)[1];
    say("%,d open clocks, the first %,d alerted already; %s; Java %s, %d processors", there, taken,
        sql.sql("select version()").query(String.class).single().replaceAll(" on .*", ""),
        System.getProperty("java.version"), Runtime.getRuntime().availableProcessors());
    idleTicks();
    idleStream();
    List<Double> storms = new ArrayList<>();
    List<Double> quiet = new ArrayList<>();
    List<Double> busy = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      storms.add(storm(round, quiet, busy));
    }
    say("P4 product: %,d deadlines in one second among %,d: median %.2f s, %.2f to %.2f s after the last of them until "
        + "every alert and every outbox row is there", STORM, OPEN, quantile(storms, 0.5), quantile(storms, 0),
        quantile(storms, 1));
    say("users (a page of the unit's work list, 4 clients): p95 %.0f ms quiet, %.0f ms in the storm, ratio %.2f",
        quantile(quiet, 0.95), quantile(busy, 0.95), quantile(busy, 0.95) / quantile(quiet, 0.95));
  }

  private void idleTicks() {
    List<Double> took = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      long start = System.nanoTime();
      sql.sql("""
          select coalesce((select min(at) from clock_moment) < now(), false)
              or exists (select 1 from alert where position is null)""").query(Boolean.class).single();
      took.add(seconds(start) * 1000);
    }
    say("a tick with nothing due: median %.2f ms, p99 %.2f ms", quantile(took, 0.5), quantile(took, 0.99));
  }

  /** One deadline at a time, at any moment of the second. */
  private void idleStream() throws Exception {
    List<Double> took = new ArrayList<>();
    try (EventStream stream = EventStream.open(caller.base(), "supervisor", null)) {
      for (int i = 0; i < IDLE; i++) {
        Instant due = clock.instant().plusMillis(700 + ThreadLocalRandom.current().nextInt(1000));
        OpenItemsSeed.storm(database, taken++, 1, due);
        assertThat(clock.instant()).as("it was written before it fell due").isBefore(due);
        int expected = i + 1;
        until(() -> stream.count() >= expected, Duration.ofSeconds(30));
        took.add(lateness(stream.events().get(i)));
      }
    }
    say("P10 idle: deadline to event on the stream, %d of them: median %.2f s, p99 %.2f s, longest %.2f s", IDLE,
        quantile(took, 0.5), quantile(took, 0.99), quantile(took, 1));
  }

  private double storm(int round, List<Double> quiet, List<Double> busy) throws Exception {
    String marks = "select count(*) from clock_moment where level = 'overdue' and at < now() + interval '2 minutes'";
    int outbox = count("outbox");
    int alerts = count("alert");
    Instant from = clock.instant().plusSeconds(25);
    assertThat(OpenItemsSeed.storm(database, taken, STORM, from)).isEqualTo(STORM);
    taken += STORM;
    AtomicBoolean storming = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(4);
    for (int i = 0; i < 4; i++) {
      Caller client = caller.as(List.of("supervisor", "dispatcher1", "ga.handler", "140929100.handler").get(i));
      Random random = new Random(i);
      clients.submit(() -> {
        while (!over.get()) {
          boolean during = storming.get();
          long start = System.nanoTime();
          client.get("/api/work-items?scope=unit&limit=20").expect(200);
          double took = seconds(start) * 1000;
          List<Double> list = during ? busy : quiet;
          synchronized (list) {
            list.add(took);
          }
          Thread.sleep(50 + random.nextInt(100));
        }
        return null;
      });
    }
    try (EventStream stream = EventStream.open(caller.base(), "supervisor", null)) {
      until(() -> clock.instant().isAfter(from), Duration.ofSeconds(60));
      storming.set(true);
      Instant last = from.plusSeconds(1);
      until(() -> clock.instant().isAfter(last), Duration.ofSeconds(5));
      until(() -> sql.sql(marks).query(Long.class).single() == 0, Duration.ofMinutes(5));
      double took = Duration.between(last, clock.instant()).toMillis() / 1000.0;
      storming.set(false);
      assertThat(count("alert") - alerts).isEqualTo(STORM);
      assertThat(count("outbox") - outbox).isEqualTo(STORM);
      until(() -> stream.count() >= STORM, Duration.ofMinutes(5));
      assertThat(stream.events()).extracting(EventStream.Event::id).doesNotHaveDuplicates().hasSize(STORM);
      List<Double> lateness = stream.events().stream().map(this::lateness).toList();
      say("round %d: all there %.2f s after the last deadline; on the stream p99 %.2f s, longest %.2f s after its own",
          round + 1, took, quantile(lateness, 0.99), quantile(lateness, 1));
      return took;
    } finally {
      over.set(true);
      clients.shutdown();
      clients.awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private int count(String table) {
    return sql.sql("select count(*) from " + table).query(Integer.class).single();
  }

  /** Seconds from the deadline named in the event until it was here. */
  private double lateness(EventStream.Event event) {
    String data = event.data();
    int at = data.indexOf("\"due\":\"") + 7;
    Instant due = java.time.OffsetDateTime.parse(data.substring(at, data.indexOf('"', at))).toInstant();
    Instant here = clock.instant().minusNanos(System.nanoTime() - event.at());
    return Duration.between(due, here).toNanos() / 1e9;
  }

  private static void until(java.util.function.BooleanSupplier state, Duration bound) throws InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited longer than " + bound).isLessThan(end);
      Thread.sleep(10);
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static double quantile(List<Double> values, double q) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
  }

  private static void say(String text, Object... values) {
    System.out.println("BENCHMARK " + String.format(Locale.ROOT, text, values));
  }
}

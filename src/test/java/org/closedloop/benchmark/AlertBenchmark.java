package org.closedloop.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.closedloop.Caller;
import org.closedloop.alert.stream.EventStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * P4: deadlines of one second among many open ones, until every alert and every message that goes out stands in its
 * table: the product's sweep and tuned timers of an engine, in turn, and once the engine as shipped with fewer, since its
 * rate hardly depends on how many there are; what users wait meanwhile. P10: how long after its deadline an alert is on
 * the product's stream, idle and in the storm. One JVM with application, engines and load, PostgreSQL beside it; open cases
 * and timers are kept for the next run.
 * {@code mvn -B test -Dgroups=benchmark -DexcludedGroups= -Dtest=AlertBenchmark}, with {@code -Dbenchmark.open=} (default
 * 1000000), {@code -Dbenchmark.storm=} (20000), {@code -Dbenchmark.rounds=} (7), {@code -Dbenchmark.stock=} (1000
 * deadlines; 0: not measured) and {@code -Dbenchmark.idle=} (100).
 */
@BenchmarkApp
class AlertBenchmark {

  private static final int OPEN = Integer.getInteger("benchmark.open", 1_000_000);
  private static final int STORM = Integer.getInteger("benchmark.storm", 20_000);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 7);
  private static final int STOCK = Integer.getInteger("benchmark.stock", 1_000);
  private static final int IDLE = Integer.getInteger("benchmark.idle", 100);

  /** Time to let deadlines be laid, and to see what users wait when it is quiet. */
  private static final Duration LEAD = Duration.ofSeconds(25);

  @Autowired Caller caller;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;
  @Autowired DataSource database;
  @Autowired PlatformTransactionManager transactions;

  /** Of one side: seconds of each storm, milliseconds that users waited. */
  private record Taken(List<Double> storms, List<Double> quiet, List<Double> busy) {
    Taken() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  @Test
  void deadlinesBecomeAlerts() throws Exception {
    Deadlines product = made(() -> new ProductDeadlines(database, transactions, OPEN, clock.instant()));
    int open = (int) product.ahead();
    say("%s; fsync %s, synchronous_commit %s, shared_buffers %s; Java %s, %d processors",
        sql.sql("select version()").query(String.class).single().replaceAll(" on .*", ""), setting("fsync"),
        setting("synchronous_commit"), setting("shared_buffers"), System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors());
    idleTicks();
    idleStream(product);
    try (EngineTimers tuned = made(() -> new EngineTimers(database, true, open))) {
      say("tuned timers: %s", tuned.settings());
      Map<Deadlines, Taken> all = new LinkedHashMap<>();
      all.put(product, new Taken());
      all.put(tuned, new Taken());
      // the first round of each only warms up
      for (Deadlines side : all.keySet()) {
        streamed(side, 0, () -> storm(side, STORM, new Taken()));
      }
      for (int round = 1; round <= ROUNDS; round++) {
        for (var side : all.entrySet()) {
          streamed(side.getKey(), round, () -> storm(side.getKey(), STORM, side.getValue()));
        }
      }
      all.forEach((side, taken) -> report(side, STORM, open, taken));
      double timers = quantile(all.get(tuned).storms(), 0.5);
      double sweep = quantile(all.get(product).storms(), 0.5);
      // a sweep that keeps up is done with the last deadline: the first ratio then says little more than that
      say("P4: tuned timers / product %.1f after the last deadline, %.1f from the first on", timers / sweep,
          (timers + 1) / (sweep + 1));
    }
    if (STOCK > 0) {
      try (EngineTimers stock = made(() -> new EngineTimers(database, false, open))) {
        say("timers as shipped: %s", stock.settings());
        Taken taken = new Taken();
        storm(stock, STOCK, taken);
        report(stock, STOCK, open, taken);
      }
    }
  }

  private static <D extends Deadlines> D made(Callable<D> maker) throws Exception {
    long begun = System.nanoTime();
    D made = maker.call();
    say("%s: %,d deadlines ahead, found or made in %.0f s", made.name(), made.ahead(), seconds(begun));
    return made;
  }

  private String setting(String name) {
    return sql.sql("select current_setting(?)").param(name).query(String.class).single();
  }

  private static void report(Deadlines side, int storm, int open, Taken taken) {
    double median = quantile(taken.storms(), 0.5);
    say("P4 %s: %,d deadlines in one second among %,d: median %.2f s, %.2f to %.2f s after the last of them until every "
        + "alert and every outbox row is there (%d rounds), %,.0f a second from the first on", side.name(), storm, open, median,
        quantile(taken.storms(), 0), quantile(taken.storms(), 1), taken.storms().size(), storm / (median + 1));
    say("users meanwhile (a page of the unit's work list, 4 clients): p95 %.0f ms quiet, %.0f ms in the storm, ratio %.2f",
        quantile(taken.quiet(), 0.95), quantile(taken.busy(), 0.95),
        quantile(taken.busy(), 0.95) / quantile(taken.quiet(), 0.95));
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
  private void idleStream(Deadlines product) throws Exception {
    List<Double> took = new ArrayList<>();
    try (EventStream stream = EventStream.open(caller.base(), "supervisor", null)) {
      for (int i = 0; i < IDLE; i++) {
        Instant due = clock.instant().plusMillis(700 + ThreadLocalRandom.current().nextInt(1000));
        assertThat(product.fallDue(1, due)).isEqualTo(1);
        assertThat(clock.instant()).as("it was written before it fell due").isBefore(due);
        int expected = i + 1;
        until(() -> stream.count() >= expected, Duration.ofSeconds(30));
        took.add(lateness(stream.events().get(i)));
      }
    }
    say("P10 idle: deadline to event on the stream, %d of them: median %.2f s, p99 %.2f s, longest %.2f s", IDLE,
        quantile(took, 0.5), quantile(took, 0.99), quantile(took, 1));
  }

  /** With a reader of the stream, where the alerts are the product's. */
  private void streamed(Deadlines side, int round, Callable<Double> storm) throws Exception {
    if (!(side instanceof ProductDeadlines)) {
      say("round %d, %s: all there %.2f s after the last deadline", round, side.name(), storm.call());
      return;
    }
    try (EventStream stream = EventStream.open(caller.base(), "supervisor", null)) {
      double took = storm.call();
      until(() -> stream.count() >= STORM, Duration.ofMinutes(5));
      assertThat(stream.events()).extracting(EventStream.Event::id).doesNotHaveDuplicates().hasSize(STORM);
      List<Double> lateness = stream.events().stream().map(this::lateness).toList();
      say("round %d, %s: all there %.2f s after the last deadline; on the stream p99 %.2f s, longest %.2f s after its own",
          round, side.name(), took, quantile(lateness, 0.99), quantile(lateness, 1));
    }
  }

  /** Seconds from the last deadline until all is there. */
  private double storm(Deadlines side, int many, Taken into) throws Exception {
    long alert = newest(side, "alert");
    long outbox = newest(side, "outbox");
    Instant from = clock.instant().plus(LEAD);
    Instant last = from.plusSeconds(1);
    side.begin();
    assertThat(side.fallDue(many, from)).isEqualTo(many);
    assertThat(clock.instant()).as("all were laid before the first fell due").isBefore(from);
    AtomicBoolean storming = new AtomicBoolean();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService clients = users(storming, over, into);
    try {
      until(() -> clock.instant().isAfter(from), LEAD.plusSeconds(5));
      storming.set(true);
      until(() -> clock.instant().isAfter(last), Duration.ofSeconds(5));
      Instant[] seen = new Instant[1];
      until(() -> {
        seen[0] = clock.instant();
        // two looks at the end of an index, so that waiting costs nothing
        return newest(side, "alert") >= alert + many && newest(side, "outbox") >= outbox + many
            && pairs(side, alert, outbox) >= many;
      }, Duration.ofMinutes(20));
      double took = Duration.between(last, seen[0]).toMillis() / 1000.0;
      storming.set(false);
      into.storms().add(took);
      assertThat(pairs(side, alert, outbox)).as("alerts of %s with their messages", side.name()).isEqualTo(many);
      assertThat(since(side, "alert where level = 'overdue' and id > ", alert)).as("alerts, no other").isEqualTo(many);
      assertThat(since(side, "outbox where topic = 'alert.overdue' and id > ", outbox)).as("messages, no other")
          .isEqualTo(many);
      return took;
    } finally {
      over.set(true);
      clients.shutdown();
      clients.awaitTermination(10, TimeUnit.SECONDS);
      side.end();
    }
  }

  /** Each reads the first page of the work list again and again. */
  private ExecutorService users(AtomicBoolean storming, AtomicBoolean over, Taken into) {
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
          List<Double> list = during ? into.busy() : into.quiet();
          synchronized (list) {
            list.add(took);
          }
          Thread.sleep(50 + random.nextInt(100));
        }
        return null;
      });
    }
    return clients;
  }

  private long newest(Deadlines side, String table) {
    return sql.sql("select coalesce(max(id), 0) from %s.%s".formatted(side.schema(), table)).query(Long.class).single();
  }

  private long since(Deadlines side, String tableAndWhat, long id) {
    return sql.sql("select count(*) from %s.%s ?".formatted(side.schema(), tableAndWhat)).param(id).query(Long.class).single();
  }

  /** Different clocks that have a new alert with a message of its own. */
  private long pairs(Deadlines side, long alert, long outbox) {
    return sql.sql("""
        select count(distinct a.clock_id) from %1$s.alert a join %1$s.outbox o on o.dedupe_key = 'alert/' || a.id
         where a.id > ? and a.level = 'overdue' and o.id > ? and o.topic = 'alert.overdue'""".formatted(side.schema()))
        .param(alert).param(outbox).query(Long.class).single();
  }

  /** Seconds from the deadline named in the event until it was here. */
  private double lateness(EventStream.Event event) {
    String data = event.data();
    int at = data.indexOf("\"due\":\"") + 7;
    Instant due = java.time.OffsetDateTime.parse(data.substring(at, data.indexOf('"', at))).toInstant();
    Instant here = clock.instant().minusNanos(System.nanoTime() - event.at());
    return Duration.between(due, here).toNanos() / 1e9;
  }

  static void until(java.util.function.BooleanSupplier state, Duration bound) throws InterruptedException {
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

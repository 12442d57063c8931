package org.closedloop.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.closedloop.database.DrillClient.Accepted;
import org.closedloop.database.DrillClient.Filed;
import org.closedloop.database.DrillClient.Ledger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The product is killed again and again while people work with it; nothing it acknowledged may be lost, nothing may
 * happen twice, and what is left must fit together. Own data folder, loopback only, ends by itself after some ten to
 * twenty minutes. Not part of a build: {@code mvn -B test -Dgroups=drill -DexcludedGroups= -Dtest=KillDrill}, with
 * {@code -Ddrill.kills=} for another number of kills than 22 and {@code -Ddrill.seed=} to repeat a run's choices.
 */
@Tag("drill")
class KillDrill {

  private static final int KILLS = Integer.getInteger("drill.kills", 22);
  private static final long SEED = Long.getLong("drill.seed", System.nanoTime() % 1_000_000);
  private static final int CALLERS = 4;
  /** At least so many new acknowledgements between two kills, or a slow machine would drill nothing but starts. */
  private static final int WORK_BETWEEN = 12;
  private static final Duration WORK_BOUND = Duration.ofSeconds(60);

  /** Each of these counts something that must not be. */
  private static final Map<String, String> INVARIANTS = new LinkedHashMap<>();

  static {
    // What runs beside a case (a supervision, a consultation) has the case's number, too.
    INVARIANTS.put("open cases without exactly one live process of their own", """
        select count(*) from case_file c where open and 1 <> (select count(*) from act_ru_execution e
          join act_re_procdef d on d.id_ = e.proc_def_id_ and d.key_ = c.process
          where e.parent_id_ is null and e.super_exec_ is null and e.business_key_ = c.number)""");
    INVARIANTS.put("late clocks without their alert, a minute after the end", """
        select count(*) from clock k where k.ended_at is null and k.paused_since is null
          and k.kind in ('stage', 'side', 'check-in') and k.due_at < now() - interval '1 minute'
          and not exists (select 1 from alert a where a.clock_id = k.id and a.level = 'overdue'
                            and a.episode = jsonb_array_length(k.extensions))""");
    INVARIANTS.put("alerts raised twice", """
        select count(*) - count(distinct (clock_id, level, episode)) from alert where clock_id is not null""");
    INVARIANTS.put("alerts without their notice", """
        select count(*) from alert a where a.level = 'overdue'
          and not exists (select 1 from outbox o where o.dedupe_key = 'alert/' || a.id)""");
    INVARIANTS.put("ended cases with a live process", """
        select count(*) from case_file c where not open and exists (select 1 from act_ru_execution e
          where e.parent_id_ is null and e.business_key_ = c.number)""");
    INVARIANTS.put("live processes without an open case", """
        select count(*) from act_ru_execution e where e.parent_id_ is null and e.super_exec_ is null
          and not exists (select 1 from case_file c where c.open and c.number = e.business_key_)""");
    INVARIANTS.put("open cases without an open item", """
        select count(*) from case_file c where open
          and not exists (select 1 from work_item w where w.case_number = c.number)""");
    INVARIANTS.put("engine tasks on no work list", """
        select count(*) from act_ru_task t where not exists (select 1 from work_item w where w.item_id = t.id_)""");
    INVARIANTS.put("work list rows without an engine task", """
        select count(*) from work_item w where not exists (select 1 from act_ru_task t where t.id_ = w.item_id)""");
    INVARIANTS.put("open items without a running clock", """
        select count(distinct item_id) from work_item w
          where not exists (select 1 from clock k where k.item_id = w.item_id and k.ended_at is null)""");
    INVARIANTS.put("running clocks of items no longer open", """
        select count(*) from clock k where k.ended_at is null and k.item_id is not null
          and not exists (select 1 from work_item w where w.item_id = k.item_id)""");
    INVARIANTS.put("running clocks of ended cases", """
        select count(*) from clock k join case_file c on c.number = k.case_number
          where k.ended_at is null and not c.open""");
    INVARIANTS.put("keys taken without an answer", "select count(*) from idempotency where answer is null");
    INVARIANTS.put("engine incidents", "select count(*) from act_ru_incident");
    for (String table : List.of("act_ru_variable", "act_hi_varinst", "act_hi_detail")) {
      INVARIANTS.put("phone numbers in " + table, "select count(*) from " + table + " where text_ like '%"
          + DrillClient.PHONES + "%' or text2_ like '%" + DrillClient.PHONES + "%'");
    }
    INVARIANTS.put("phone numbers in act_ge_bytearray",
        "select count(*) from act_ge_bytearray where position('" + DrillClient.PHONES + "'::bytea in bytes_) > 0");
  }

  private final Random random = new Random(SEED);
  private final Ledger ledger = new Ledger();
  private final List<Long> startMillis = new ArrayList<>();
  private volatile int port = 1;
  private int whileWorking;
  private int whileStarting;
  private int servers;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void nothingAcknowledgedIsLostAndNothingHappensTwice() throws Exception {
    Path folder = TestDatabaseFolder.fresh();
    Map<String, String> environment = Map.of("CLOSEDLOOP_DATA", folder.toString(), "CLOSEDLOOP_DEMO", "true",
        "CLOSEDLOOP_DEMO_CASES", "false", "CLOSEDLOOP_PUBLIC_LIMIT", "1000000");
    Instant began = Instant.now();
    List<DrillClient> callers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    Launched product = start(environment);
    try {
      for (int i = 0; i < CALLERS; i++) {
        DrillClient caller = new DrillClient(ledger, () -> port, i % 2 == 0 ? "dispatcher1" : "dispatcher2");
        callers.add(caller);
        threads.add(new Thread(caller, "drill-" + i));
      }
      threads.forEach(Thread::start);
      for (int kill = 1; kill <= KILLS; kill++) {
        letWork();
        if (kill % 4 == 0) {
          stopServerAtOnce(folder);
          pause(200, 3_000);
          servers++;
        } else {
          whileWorking++;
        }
        product.kill();
        if (kill % 7 == 0) {
          // a second blow while it is still getting up
          Launched halfway = Launched.with(environment);
          pause(1_000, 15_000);
          halfway.kill();
          whileStarting++;
        }
        product = start(environment);
        System.out.println("kill " + kill + "/" + KILLS + ": up again after " + startMillis.get(startMillis.size() - 1)
            + " ms, " + ledger.acknowledged() + " writes acknowledged so far");
      }
      letWork();
      callers.forEach(DrillClient::stop);
      for (Thread thread : threads) {
        thread.join(Duration.ofMinutes(3).toMillis());
        assertThat(thread.isAlive()).as("a caller still waits for an answer").isFalse();
      }
      Map<String, Long> findings;
      try (Connection connection = connect(folder)) {
        findings = compare(connection);
      }
      print(findings, Duration.between(began, Instant.now()));
      assertThat(findings.entrySet()).as("seed %s", SEED).allSatisfy(f -> assertThat(f.getValue()).as(f.getKey())
          .isZero());
      assertThat(ledger.unexpected).as("seed %s", SEED).isEmpty();
    } finally {
      callers.forEach(DrillClient::stop);
      threads.forEach(Thread::interrupt);
      product.close();
    }
  }

  private Launched start(Map<String, String> environment) throws Exception {
    long begin = System.nanoTime();
    Launched product = Launched.with(environment);
    port = product.port();
    product.untilUp();
    startMillis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
    return product;
  }

  /** Some work, then a moment nobody can foresee. */
  private void letWork() {
    int before = ledger.acknowledged();
    long end = System.nanoTime() + WORK_BOUND.toNanos();
    while (ledger.acknowledged() < before + WORK_BETWEEN && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    pause(0, 4_000);
  }

  private void pause(int least, int most) {
    LockSupport.parkNanos(Duration.ofMillis(least + random.nextInt(most - least)).toNanos());
  }

  /** SIGQUIT: PostgreSQL drops everything without a checkpoint, and must recover from its log. */
  private static void stopServerAtOnce(Path folder) throws Exception {
    long server = DataFolder.serverOf(folder.resolve("postgres")).orElseThrow().pid();
    assertThat(new ProcessBuilder("kill", "-QUIT", Long.toString(server)).start().waitFor()).isZero();
  }

  private Map<String, Long> compare(Connection connection) throws SQLException {
    Map<String, Long> findings = new LinkedHashMap<>();
    long lost = 0;
    for (Filed f : ledger.filed) {
      lost += count(connection, """
          select count(*) from case_file c join case_reporter r on r.case_number = c.number
           where c.number = ? and c.tracking_code = ? and c.title = ? and r.phone = ?""",
          f.number(), f.trackingCode(), f.title(), f.phone()) == 1 ? 0 : 1;
    }
    findings.put("acknowledged reports lost or changed", lost);
    findings.put("cases beyond the acknowledged reports",
        count(connection, "select count(*) from case_file") - ledger.filed.size());
    findings.put("reports filed twice",
        count(connection, "select count(*) - count(distinct title) from case_file"));
    long undone = 0;
    for (Accepted a : ledger.accepted) {
      undone += count(connection, """
          select count(*) from entry e join done_item d on d.item_id = e.item_id
           where e.case_number = ? and e.item_id = ? and e.official = ? and e.kind = 'answer' and e.key = 'accept'
             and d.outcome = 'completed'""", a.number(), a.item(), a.official()) == 1 ? 0 : 1;
    }
    findings.put("acknowledged completions lost or doubled", undone);
    findings.put("completions beyond the acknowledged ones",
        count(connection, "select count(*) from entry where kind = 'answer'") - ledger.accepted.size());
    for (Map.Entry<String, String> invariant : INVARIANTS.entrySet()) {
      findings.put(invariant.getKey(), count(connection, invariant.getValue()));
    }
    return findings;
  }

  private static long count(Connection connection, String query, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private static Connection connect(Path folder) throws Exception {
    String port = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3);
    return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/closedloop", "closedloop",
        Files.readString(folder.resolve("password")));
  }

  private void print(Map<String, Long> findings, Duration took) {
    List<Long> starts = startMillis.subList(1, startMillis.size()).stream().sorted().toList();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("seed", SEED);
    lines.put("SIGKILL of the product while working", whileWorking);
    lines.put("SIGQUIT of PostgreSQL, then SIGKILL of the product", servers);
    lines.put("SIGKILL of the product while starting", whileStarting);
    lines.put("restart until it takes work, median / longest (ms)",
        starts.get(starts.size() / 2) + " / " + starts.get(starts.size() - 1));
    lines.put("reports acknowledged", ledger.filed.size());
    lines.put("completions acknowledged", ledger.accepted.size());
    lines.put("requests sent again", ledger.sentAgain.get());
    lines.put("answers given from the record of the first", ledger.replayed.get());
    lines.put("answers no fault explains", ledger.unexpected.size());
    lines.putAll(findings);
    lines.put("duration", took.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
    StringBuilder table = new StringBuilder("\n| Kill drill | |\n|---|---:|\n");
    lines.forEach((name, value) -> table.append("| ").append(name).append(" | ").append(value).append(" |\n"));
    System.out.println(table);
    ledger.unexpected.stream().limit(10).forEach(System.out::println);
  }
}

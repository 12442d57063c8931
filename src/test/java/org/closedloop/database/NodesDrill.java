package org.closedloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What two nodes on one database must stand and a build has no time for. Loopback only, ends by itself within five
 * minutes: {@code mvn -B test -Dgroups=drill -DexcludedGroups= -Dtest=NodesDrill}.
 */
@Tag("drill")
class NodesDrill {

  /** As the engine is set: a lock is kept so long, and looked for so often. */
  private static final Duration LOCK = Duration.ofSeconds(60);
  private static final Duration SLACK = Duration.ofSeconds(5);
  private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

  @Test
  @Timeout(300)
  void aJobHeldByADeadNodeIsDoneByAnotherWhenItsLockIsOver() throws Exception {
    try (Server database = EmbeddedServer.start(TestDatabaseFolder.fresh()).server();
        Connection connection = database.connect(); Connection holder = database.connect()) {
      Map<String, String> environment = environment(database);
      String number;
      Death dead;
      try (Launched first = Launched.with(environment).untilUp()) {
        number = waitingForTheReporter(first.port());
        holder.setAutoCommit(false);
        run(holder, "select 1 from case_file where number = ? for update", number);
        // The reporter's time is over: the timer's job is taken, and stands before the row that is held.
        post(first.port(), "admin", "/api/demo/clock", "{\"advance\": \"P10D\"}", 200);
        await(() -> count(connection, "select count(*) from act_ru_job where lock_owner_ is not null") > 0);
        first.kill();
        dead = new Death(System.nanoTime());
      }
      holder.rollback();
      try (Launched second = Launched.with(environment).untilUp()) {
        await(() -> count(connection, "select count(*) from work_item where task = 'accept'") > 0);
        Duration took = dead.since();
        System.out.printf("%n| taken over after the kill | %.1f s (lock %d s) |%n", took.toMillis() / 1000.0, LOCK.toSeconds());
        assertThat(took).isLessThanOrEqualTo(LOCK.plus(SLACK));
        assertThat(second.port()).isPositive();
      }
    }
  }

  @Test
  @Timeout(300)
  void aNodeWhoseClockIsFortySecondsAheadTakesItselfOut() throws Exception {
    assumeTrue(Files.exists(FAKETIME), "libfaketime is not installed (package faketime)");
    try (Server database = EmbeddedServer.start(TestDatabaseFolder.fresh()).server();
        Connection connection = database.connect()) {
      Map<String, String> environment = environment(database);
      Map<String, String> ahead = new HashMap<>(environment);
      ahead.put("LD_PRELOAD", FAKETIME.toString());
      ahead.put("FAKETIME", "+40s");
      ahead.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      try (Launched right = Launched.with(environment).untilUp(); Launched wrong = Launched.with(ahead)) {
        await(() -> wrong.output().contains("off the database's"));
        await(() -> status(wrong.port(), "/actuator/health") == 503);
        assertThat(status(right.port(), "/actuator/health")).isEqualTo(200);
        // A timer that is due for the wrong node in ten seconds is not for the right one in fifty.
        String number = waitingForTheReporter(right.port());
        run(connection, "update act_ru_job set duedate_ = clock_timestamp() + interval '20 seconds'"
            + " where process_instance_id_ in (select proc_inst_id_ from act_ru_execution where business_key_ = ?)", number);
        long early = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (System.nanoTime() < early) {
          assertThat(count(connection, "select count(*) from work_item where task = 'accept'")).isZero();
          Thread.sleep(250);
        }
        await(() -> count(connection, "select count(*) from work_item where task = 'accept'") > 0);
      }
    }
  }

  /** The database server is thrown down amid a storm and comes back: the node goes on, and every alert is raised once. */
  @Test
  @Timeout(300)
  void aDatabaseServerThatFallsAmidAStormLosesNothing() throws Exception {
    int storm = 20_000;
    Path folder = TestDatabaseFolder.fresh();
    try (Server database = EmbeddedServer.start(folder).server()) {
      try (Launched node = Launched.with(environment(database)).untilUp()) {
        try (Connection connection = database.connect()) {
          TwoNodesTest.storm(connection, storm);
          await(() -> count(connection, "select count(*) from alert") > storm / 10);
        }
        long down = System.nanoTime();
        restart(folder);
        double back = (System.nanoTime() - down) / 1e9;
        try (Connection connection = database.connect()) {
          long before = count(connection, "select count(*) from alert");
          assertThat(before).as("it fell amid the storm").isBetween(1L, storm - 1L);
          await(() -> count(connection, "select count(*) from alert where position is not null") >= storm);
          assertThat(count(connection, "select count(distinct clock_id) from alert where level = 'overdue'")).isEqualTo(storm);
          assertThat(count(connection, "select count(*) from alert")).isEqualTo(storm);
          assertThat(count(connection, "select count(*) from outbox where topic = 'alert.overdue'")).isEqualTo(storm);
          assertThat(count(connection, "select count(*) from clock_moment where at < now()")).isZero();
          System.out.printf("%n| the server fell with %d of %d alerts raised and was back after %.1f s | all raised, once,"
              + " %.1f s after its fall |%n", before, storm, back, (System.nanoTime() - down) / 1e9);
        }
        assertThat(status(node.port(), "/actuator/health")).isEqualTo(200);
      }
    }
  }

  /** As after a crash: no goodbye to anybody, no checkpoint. */
  private static void restart(Path folder) throws Exception {
    try (var all = Files.walk(folder)) {
      Path control = all.filter(p -> p.endsWith("bin/pg_ctl")).findFirst().orElseThrow();
      List<String> command = new ArrayList<>(List.of(control.toString(), "-D", folder.resolve("postgres").toString(), "-m",
          "immediate", "-w", "-l", folder.resolve("restart.log").toString(), "restart"));
      if (System.getProperty("user.name").equals("root")) {
        // PostgreSQL refuses to run as root; the embedded one was started the same way.
        command.addAll(0, List.of("unshare", "-U"));
      }
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
  }

  private record Death(long nanos) {
    Duration since() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }

  private static Map<String, String> environment(Server database) {
    return Map.of("DATABASE_URL", database.url(), "DATABASE_USER", database.user(), "DATABASE_PASSWORD",
        database.password(), "CLOSEDLOOP_DEMO", "true", "CLOSEDLOOP_DEMO_CASES", "false");
  }

  /** A case that waits for what the reporter still has to tell, with a timer. */
  private static String waitingForTheReporter(int port) throws Exception {
    String number = word(post(port, "dispatcher1", "/api/cases", "{\"title\": \"井盖\", \"area\": \"140929101\"}", 201),
        "number");
    String item = word(get(port, "dispatcher1", "/api/work-items?scope=unit&task=accept").body(), "id");
    post(port, "dispatcher1", "/api/work-items/" + item + "/complete",
        "{\"answers\": {\"accepted\": \"ask\", \"missing\": \"请说明位置\", \"category\": \"0101\", \"area\": \"140929101\", "
            + "\"urgency\": \"ordinary\"}}", 200);
    return number;
  }

  private static String word(String json, String key) {
    int from = json.indexOf("\"" + key + "\":\"") + key.length() + 4;
    return json.substring(from, json.indexOf('"', from));
  }

  private static HttpResponse<String> get(int port, String username, String path) throws Exception {
    return HttpClient.newHttpClient().send(request(port, username, path).build(), BodyHandlers.ofString());
  }

  private static String post(int port, String username, String path, String body, int status) throws Exception {
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request(port, username, path)
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  private static HttpRequest.Builder request(int port, String username, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(30))
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
            (username + ":" + Caller.DEMO_PASSWORD).getBytes(StandardCharsets.UTF_8)));
  }

  private static int status(int port, String path) {
    try {
      return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
          .timeout(Duration.ofSeconds(5)).build(), BodyHandlers.discarding()).statusCode();
    } catch (Exception notYet) {
      return 0;
    }
  }

  /** Something that is true sooner or later. */
  private interface There {
    boolean now() throws Exception;
  }

  private static void await(There there) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
    while (!there.now()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static long count(Connection connection, String query) throws SQLException {
    try (Statement sql = connection.createStatement(); ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void run(Connection connection, String statement, String parameter) throws SQLException {
    try (PreparedStatement sql = connection.prepareStatement(statement)) {
      sql.setString(1, parameter);
      sql.execute();
    }
  }
}

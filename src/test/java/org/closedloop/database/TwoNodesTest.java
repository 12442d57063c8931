package org.closedloop.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.closedloop.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two nodes on one PostgreSQL. One is killed amid a storm of deadlines: every alert is raised once, the streams of the
 * dead node go on at the other where they stopped, and nobody has to log in again.
 */
class TwoNodesTest {

  private static final int STORM = 5_000;
  private static final String SUPERVISED = """
      select (select count(*) from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
               where d.key_ = 'supervision' and e.parent_id_ is null)""";

  @Test
  @Timeout(300)
  void aNodeKilledAmidAStormOfDeadlinesIsNotMissed() throws Exception {
    try (Server database = EmbeddedServer.start(TestDatabaseFolder.fresh()).server()) {
      Map<String, String> environment = Map.of("DATABASE_URL", database.url(), "DATABASE_USER", database.user(),
          "DATABASE_PASSWORD", database.password(), "CLOSEDLOOP_DEMO", "true", "CLOSEDLOOP_DEMO_CASES", "false");
      try (Launched first = Launched.with(environment).untilUp(); Launched second = Launched.with(environment).untilUp();
          Connection connection = database.connect()) {
        String session = logIn(first.port(), "supervisor");
        Stream onFirst = new Stream("supervisor").open(first.port());
        Stream onSecond = new Stream("countyleader").open(second.port());
        storm(connection, STORM);

        await("the storm to begin", Duration.ofSeconds(60), () -> onFirst.ids.size() > 100);
        first.kill();
        await("the stream to break", Duration.ofSeconds(20), () -> onFirst.broken);
        Stream resumed = onFirst.open(second.port());

        await("the storm to pass", Duration.ofSeconds(90), () -> resumed.ids.size() >= STORM
            && onSecond.ids.size() >= STORM);
        // Whatever would still come twice has time to come.
        await("a last sweep", Duration.ofSeconds(10), () -> count(connection,
            "select count(*) from alert where position is null") == 0);
        assertThat(count(connection, "select count(*) from alert where level = 'overdue'")).isEqualTo(STORM);
        assertThat(count(connection, "select count(distinct clock_id) from alert where level = 'overdue'"))
            .isEqualTo(STORM);
        assertThat(resumed.ids).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(onSecond.ids);
        assertThat(resumed.ids.stream().map(Long::valueOf).toList()).isSorted();
        assertThat(get(second.port(), "/api/me", "Cookie", session).statusCode()).isEqualTo(200);
        // Both have started ladders; what one had begun when it died, the other has not begun again.
        await("ladders", Duration.ofSeconds(60), () -> count(connection, SUPERVISED) > 50);
        assertThat(count(connection, "select count(*) - count(distinct clock_id) from supervision")).isZero();
        assertThat(count(connection, SUPERVISED + " - (select count(distinct instance) from supervision)")).isZero();
      }
    }
  }

  /** Deadlines that fall due within one second, eight seconds from now; cases without a process will do. */
  static void storm(Connection connection, int many) throws SQLException {
    try (Statement sql = connection.createStatement()) {
      sql.execute("""
          insert into case_file (number, process, title, description, area, area_path, urgency, channel, stage, open,
                                 tracking_code, opened_at)
          select 'storm-' || i, 'storm', 'storm', '', a.code, a.path, 'ordinary', 'patrol', 'handle', true, 'storm-' || i,
                 now()
            from generate_series(1, %d) i, (select code, path from area where parent is null) a""".formatted(many));
      sql.execute("""
          insert into clock (case_number, process, process_instance, key, kind, activity, round, started_at, amount, unit,
                             warn_fraction, warn_at, due_at, original_due_at, laid_from, laid_amount, warn_before)
          select 'storm-' || i, 'storm', 'storm-' || i, 'handle', 'stage', 'handle', 1, now() - interval '1 hour', 60,
                 'MINUTES', 0.75, now() - interval '1 minute', due, due, now() - interval '1 hour', 3600, 900
            from generate_series(1, %d) i,
                 lateral (select now() + interval '8 seconds' + i %% 1000 * interval '1 millisecond' as due) d;
          delete from clock_moment m using clock k
           where k.id = m.clock_id and k.process = 'storm' and m.level = 'warn'""".formatted(many));
    }
  }

  /** Reads the alerts one official is sent, and goes on elsewhere when a node dies. */
  private static final class Stream {

    private final String username;
    private final ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
    private volatile String last;
    private volatile boolean broken;

    Stream(String username) {
      this.username = username;
    }

    Stream open(int port) throws Exception {
      broken = false;
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/alerts/stream"))
          .header("Accept", "text/event-stream").header("Authorization", basic(username));
      if (last != null) {
        request.header("Last-Event-ID", last);
      }
      HttpResponse<java.io.InputStream> response = HttpClient.newHttpClient().send(request.build(),
          BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      Thread reader = new Thread(() -> {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
          String id = null;
          for (String line; (line = lines.readLine()) != null;) {
            if (line.startsWith("id:")) {
              id = line.substring(3).strip();
            } else if (line.isEmpty() && id != null) {
              // only a whole event counts: half of one is asked for again
              ids.add(id);
              last = id;
              id = null;
            }
          }
        } catch (Exception cut) {
          // as every browser does: note it and connect again
        }
        broken = true;
      }, "stream-" + username);
      reader.setDaemon(true);
      reader.start();
      return this;
    }
  }

  private static String basic(String username) {
    return "Basic " + Base64.getEncoder().encodeToString(
        (username + ":" + Caller.DEMO_PASSWORD).getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> get(int port, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  /** Logs in as a page does; answers the cookie of the session. */
  private static String logIn(int port, String username) throws Exception {
    Map<String, String> cookies = new HashMap<>();
    keep(get(port, "/"), cookies);
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/login"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", "XSRF-TOKEN=" + cookies.get("XSRF-TOKEN")).header("X-XSRF-TOKEN", cookies.get("XSRF-TOKEN"))
        .POST(HttpRequest.BodyPublishers.ofString("username=" + username + "&password=" + Caller.DEMO_PASSWORD)).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(204);
    keep(answer, cookies);
    return "closedloop-session=" + cookies.get("closedloop-session");
  }

  private static void keep(HttpResponse<?> answer, Map<String, String> cookies) {
    List<String> set = new ArrayList<>(answer.headers().allValues("Set-Cookie"));
    set.forEach(c -> cookies.put(c.substring(0, c.indexOf('=')), c.substring(c.indexOf('=') + 1).split(";", 2)[0]));
  }

  private static void await(String what, Duration bound, BooleanSupplier there) throws InterruptedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited %s for %s", bound, what).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static long count(Connection connection, String query) {
    try (Statement sql = connection.createStatement(); ResultSet result = sql.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.closedloop.alert.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.alert.Late;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.Clocks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * As many streams as a node takes, all open while deadlines pass: every one of them gets what its reader may see, the next
 * one is refused in words, and people's lists stay quick. Loopback only, ends by itself within ten minutes:
 * {@code mvn -B test -Dgroups=drill -DexcludedGroups= -Dtest=StreamsDrill}.
 */
@LiveApp
@Tag("drill")
class StreamsDrill {

  private static final int STORM = 200;
  private static final int CALLS = 100;
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Autowired CaseRegister register;
  @Autowired Clocks clocks;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;
  @Autowired Caller caller;
  @Autowired PlatformTransactionManager transactions;

  /** What one reader has been sent. */
  private static final class Reader implements Flow.Subscriber<List<ByteBuffer>> {

    private final String who;
    private final AtomicInteger alerts = new AtomicInteger();
    private volatile Flow.Subscription subscription;
    private char before = '\n';

    Reader(String who) {
      this.who = who;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription = to;
      to.request(Long.MAX_VALUE);
    }

    /** Every event begins its line with its id. */
    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        for (char c : StandardCharsets.UTF_8.decode(part).toString().toCharArray()) {
          if (before == '\n' && c == 'i') {
            alerts.incrementAndGet();
          }
          before = c;
        }
      }
    }

    @Override
    public void onError(Throwable cut) {
      // closed by us at the end
    }

    @Override
    public void onComplete() {
      // as above
    }
  }

  @Test
  @Timeout(600)
  void asManyStreamsAsANodeTakesGetWhatTheyMaySee() throws Exception {
    // The first three see every case, the others theirs; each as often as one person may.
    List<String> people = new ArrayList<>(List.of("supervisor", "countyleader", "dispatcher1"));
    int all = people.size();
    sql.sql("select username from official order by username").query(String.class).list().stream()
        .filter(u -> !people.contains(u)).forEach(people::add);
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    double quiet = list();
    List<Reader> readers = new ArrayList<>();
    long begun = System.nanoTime();
    while (readers.size() < Watchers.A_NODE) {
      Reader reader = new Reader(people.get(readers.size() / Watchers.A_PERSON));
      var answer = client.send(request(reader.who), BodyHandlers.ofPublisher());
      assertThat(answer.statusCode()).as(reader.who).isEqualTo(200);
      answer.body().subscribe(reader);
      readers.add(reader);
    }
    double opening = seconds(begun);
    var refused = client.send(request(people.get(people.size() - 1)), BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("too-many-streams");

    Late late = new Late(register, clocks, clock, sql);
    new TransactionTemplate(transactions).executeWithoutResult(tx -> {
      for (int i = 0; i < STORM; i++) {
        late.clock(late.newCase("140929101"), "stage", Duration.ofMinutes(-1));
      }
    });
    long stormed = System.nanoTime();
    List<Reader> seeing = readers.subList(0, all * Watchers.A_PERSON);
    await().atMost(BOUND).until(() -> seeing.stream().allMatch(r -> r.alerts.get() >= 2 * STORM));
    double took = seconds(stormed);
    double busy = list();
    List<Reader> blind = readers.stream().filter(r -> r.alerts.get() == 0).toList();
    assertThat(seeing).allMatch(r -> r.alerts.get() == 2 * STORM);
    assertThat(blind).as("departments and other townships learn nothing of a township's cases").isNotEmpty();
    System.out.printf("%n| %d streams | opened in %.1f s | %d alerts each to %d of them, and to whoever else may see them,"
        + " within %.2f s | %d see nothing | a work list's p95 %.0f ms before, %.0f ms meanwhile |%n", readers.size(),
        opening, 2 * STORM, seeing.size(), took, blind.size(), quiet, busy);
    readers.forEach(r -> r.subscription.cancel());
    // The server notices when it next writes; then others get their places.
    await().atMost(BOUND).until(() -> {
      var again = client.send(request(people.get(people.size() - 1)), BodyHandlers.ofPublisher());
      return again.statusCode() == 200;
    });
  }

  private HttpRequest request(String who) {
    return HttpRequest.newBuilder(URI.create(caller.base() + "/api/alerts/stream")).header("Accept", "text/event-stream")
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
            (who + ":" + Caller.DEMO_PASSWORD).getBytes(StandardCharsets.UTF_8))).build();
  }

  /** The 95th percentile of a page of a work list, milliseconds. */
  private double list() {
    Caller handler = caller.as("140929101.handler");
    double[] took = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      handler.get("/api/work-items?scope=unit&limit=20").expect(200);
      took[i] = seconds(start) * 1000;
    }
    Arrays.sort(took);
    return took[CALLS * 95 / 100];
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}

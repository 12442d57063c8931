package org.closedloop.alert.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.alert.Late;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.Clocks;
import org.closedloop.organisation.Organisation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The stream of alerts as its readers meet it: over HTTP, and with everything that goes wrong with long connections. */
@LiveApp
class AlertStreamTest {

  private static final Duration LATE = Duration.ofMinutes(-1);
  private static final Duration BOUND = Duration.ofSeconds(15);

  @Autowired Caller caller;
  @Autowired Watchers watchers;
  @Autowired CaseRegister register;
  @Autowired Clocks clocks;
  @Autowired Clock clock;
  @Autowired JdbcClient sql;
  @Autowired HikariDataSource pool;
  @Autowired Organisation organisation;
  @Autowired PlatformTransactionManager transactions;

  private final List<EventStream> opened = new ArrayList<>();
  private Late late;
  private String number;

  @BeforeEach
  void aCase() {
    late = new Late(register, clocks, clock, sql);
    number = late.newCase("140929101");
  }

  @AfterEach
  void everybodyLeaves() {
    opened.forEach(EventStream::close);
    until(() -> {
      // a closed page is noticed by writing to it
      watchers.beat();
      return watchers.size() == 0;
    });
  }

  private EventStream open(String username, String after) {
    EventStream stream = EventStream.open(caller.base(), username, after);
    opened.add(stream);
    return stream;
  }

  private static void until(BooleanSupplier state) {
    await().atMost(BOUND).pollInterval(Duration.ofMillis(50)).until(state::getAsBoolean);
  }

  @Test
  void aDeadlineThatPassesComesToThoseWhoWatch() throws Exception {
    EventStream supervisor = open("supervisor", null);
    assertThat(supervisor.status()).isEqualTo(200);
    assertThat(supervisor.response().headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    assertThat(supervisor.response().headers().firstValue("Cache-Control")).hasValue("no-store");
    until(() -> supervisor.comments().contains(": open"));
    late.clock(number, "stage", LATE);
    until(() -> supervisor.about(number).size() == 2);
    EventStream.Event overdue = supervisor.about(number).get(1);
    assertThat(overdue.name()).isEqualTo("alert");
    var json = new ObjectMapper();
    var listed = json.readTree(caller.as("supervisor").get("/api/alerts?limit=1&case=" + number).text())
        .at("/items/0");
    assertThat(json.readTree(overdue.data())).isEqualTo(listed);
    assertThat(overdue.id()).isEqualTo(listed.path("position").asText());
  }

  @Test
  void everybodyIsToldOfWhatTheySeeAndOfNothingElse() {
    Map<EventStream, Boolean> all = new java.util.LinkedHashMap<>();
    for (String sees : List.of("supervisor", "dispatcher1", "countyleader", "140929101.handler", "140929101.leader")) {
      all.put(open(sees, null), true);
    }
    for (String not : List.of("140929100.handler", "ga.handler", "ga.leader", "designer", "admin",
        "14092910000101.handler")) {
      all.put(open(not, null), false);
    }
    late.clock(number, "stage", LATE);
    String last = late.newCase("140929100");
    register.concerns(last, "140929-ga", "handling");
    until(() -> late.alerts(number).size() == 2);
    late.clock(last, "stage", LATE);
    all.forEach((stream, sees) -> {
      if (sees) {
        until(() -> stream.about(number).size() == 2);
      }
    });
    EventStream ga = List.copyOf(all.keySet()).get(6);
    until(() -> ga.about(last).size() == 2);
    all.forEach((stream, sees) -> assertThat(stream.about(number)).hasSize(sees ? 2 : 0));
  }

  @Test
  void whoComesBackGetsEverythingAfterTheLastEventAndNothingTwice() {
    EventStream first = open("supervisor", null);
    late.clock(number, "stage", LATE);
    until(() -> first.about(number).size() == 2);
    String last = first.about(number).get(0).id();
    first.close();
    String missed = late.newCase("140929101");
    late.clock(missed, "stage", LATE);
    until(() -> late.alerts(missed).size() == 2);
    EventStream again = open("supervisor", last);
    until(() -> again.about(missed).size() == 2);
    assertThat(again.about(number)).extracting(EventStream.Event::id).containsExactly(first.about(number).get(1).id());
    assertThat(again.events()).extracting(e -> Long.parseLong(e.id())).isSorted().doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "1.5", "0x10", "1;drop table alert", "1 or 1=1"})
  void aForgedIdIsRefused(String id) {
    EventStream forged = open("supervisor", id);
    assertThat(forged.status()).isEqualTo(422);
    assertThat(forged.body()).contains("Last-Event-ID", "urn:closedloop:invalid-input");
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999999999999", "9223372036854775807", "99999999999999999999999999999999999999"})
  void anIdThatNeverWasIsFromNowOn(String id) {
    late.clock(number, "stage", LATE);
    until(() -> late.alerts(number).size() == 2);
    EventStream stream = open("supervisor", id);
    assertThat(stream.status()).isEqualTo(200);
    String later = late.newCase("140929101");
    late.clock(later, "stage", LATE);
    until(() -> stream.about(later).size() == 2);
    assertThat(stream.about(number)).isEmpty();
  }

  @Test
  void aFourthStreamOfOnePersonIsRefusedAndAPlaceGrowsFreeWhenOneLeaves() {
    for (int i = 0; i < 3; i++) {
      assertThat(open("verifier1", null).status()).isEqualTo(200);
    }
    EventStream fourth = open("verifier1", null);
    assertThat(fourth.status()).isEqualTo(429);
    assertThat(fourth.response().headers().firstValue("Retry-After")).hasValue("2");
    assertThat(fourth.body()).contains("urn:closedloop:too-many-streams");
    assertThat(open("supervisor", null).status()).as("somebody else").isEqualTo(200);
    opened.get(0).close();
    until(() -> open("verifier1", null).status() == 200);
  }

  @Test
  void openStreamsHoldNoDatabaseConnectionAndNoThread() {
    Set<Thread> before = threads();
    List<String> people = organisation.officials().stream().map(o -> o.username()).sorted().limit(30).toList();
    people.forEach(p -> assertThat(open(p, null).status()).isEqualTo(200));
    assertThat(watchers.size()).isEqualTo(30);
    until(() -> pool.getHikariPoolMXBean().getActiveConnections() <= 1);
    assertThat(sql.sql("select count(*) from pg_stat_activity where application_name = 'closed-loop listener'")
        .query(Long.class).single()).isEqualTo(1);
    assertThat(threads()).isEqualTo(before);
    assertThat(before.stream().map(Thread::getName).distinct()).containsExactlyInAnyOrder("alert-listener", "alert-streams");
  }

  /** Those that have to do with streams; another application of these tests may have the same beside. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("alert-"))
        .collect(Collectors.toSet());
  }

  @Test
  void aReaderThatDoesNotReadHoldsUpNobody() throws Exception {
    URI base = URI.create(caller.base());
    String basic = Base64.getEncoder().encodeToString(("dispatcher1:" + Caller.DEMO_PASSWORD).getBytes());
    try (Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(4096);
      stuck.connect(new java.net.InetSocketAddress(base.getHost(), base.getPort()));
      stuck.getOutputStream().write(("GET /api/alerts/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic " + basic
          + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStream in = stuck.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      EventStream awake = open("supervisor", null);
      int all = 4_000;
      new TransactionTemplate(transactions).executeWithoutResult(tx -> {
        for (int i = 0; i < all; i++) {
          late.clock(number, "stage", LATE);
        }
      });
      await().atMost(Duration.ofSeconds(60)).until(() -> awake.about(number).size() == 2 * all);
      assertThat(awake.about(number)).extracting(EventStream.Event::id).doesNotHaveDuplicates();
      assertThat(watchers.longestQueue()).as("what waits for a reader is bounded").isBetween(1, 1_100);
    }
  }

  @Test
  void whoseAccountIsClosedIsToldNothingMore() {
    EventStream stream = open("sl.handler", null);
    assertThat(stream.status()).isEqualTo(200);
    sql.sql("update official set enabled = false where username = 'sl.handler'").update();
    sql.sql("update organisation_change set number = number + 1").update();
    try {
      until(stream::ended);
    } finally {
      sql.sql("update official set enabled = true where username = 'sl.handler'").update();
      sql.sql("update organisation_change set number = number + 1").update();
      until(() -> organisation.enabled("sl.handler"));
    }
  }

  @Test
  void aStreamThatIsOldEndsInOrderAndIsResumed() {
    EventStream old = open("supervisor", null);
    late.clock(number, "stage", LATE);
    until(() -> old.about(number).size() == 2);
    watchers.renew(Duration.ZERO);
    until(old::ended);
    late.clock(number, "stage", LATE);
    EventStream again = open("supervisor", old.about(number).get(1).id());
    until(() -> again.about(number).size() == 2);
  }

  @Test
  void aPageWithASessionWatchesToo() throws Exception {
    var cookies = new java.net.CookieManager();
    var browser = java.net.http.HttpClient.newBuilder().cookieHandler(cookies)
        .version(java.net.http.HttpClient.Version.HTTP_1_1).build();
    browser.send(java.net.http.HttpRequest.newBuilder(URI.create(caller.base() + "/login")).build(),
        java.net.http.HttpResponse.BodyHandlers.discarding());
    String token = cookies.getCookieStore().getCookies().stream().filter(c -> c.getName().equals("XSRF-TOKEN"))
        .findFirst().orElseThrow().getValue();
    var in = browser.send(java.net.http.HttpRequest.newBuilder(URI.create(caller.base() + "/login"))
        .header("X-XSRF-TOKEN", token).header("Content-Type", "application/x-www-form-urlencoded")
        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("username=supervisor&password=" + Caller.DEMO_PASSWORD))
        .build(), java.net.http.HttpResponse.BodyHandlers.discarding());
    assertThat(in.statusCode()).isEqualTo(204);
    String cookie = cookies.getCookieStore().getCookies().stream().map(c -> c.getName() + "=" + c.getValue())
        .collect(java.util.stream.Collectors.joining("; "));
    EventStream page = EventStream.open(caller.base(), Map.of("Cookie", cookie), null);
    opened.add(page);
    assertThat(page.status()).isEqualTo(200);
    late.clock(number, "stage", LATE);
    until(() -> page.about(number).size() == 2);
  }

  @Test
  void withoutALogInThereIsNoStream() {
    EventStream stream = EventStream.open(caller.base(), Map.of(), null);
    assertThat(stream.status()).isEqualTo(401);
  }

  @Test
  void aLostListenerIsMadeAgainAndMissesNothing() {
    EventStream stream = open("supervisor", null);
    sql.sql("select count(pg_terminate_backend(pid)) from pg_stat_activity "
        + "where application_name = 'closed-loop listener'").query(Long.class).single();
    late.clock(number, "stage", LATE);
    until(() -> stream.about(number).size() == 2);
    until(() -> sql.sql("select count(*) from pg_stat_activity where application_name = 'closed-loop listener'")
        .query(Long.class).single() == 1);
  }
}

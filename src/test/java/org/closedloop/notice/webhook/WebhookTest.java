package org.closedloop.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.closedloop.LiveApp;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.delivery.SendingBench;
import org.closedloop.notice.expand.TestExpander;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks against real servers on the machine itself, which only tests may call. */
@LiveApp
class WebhookTest {

  private static final Instant DAY = OffsetDateTime.parse("2035-05-15T10:00:00+08:00").toInstant();
  private static final String SECRET = "a secret of some length";
  private static final PublicAddresses.Names HERE = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};

  /** A request as it came. */
  private record Got(Map<String, List<String>> headers, byte[] body) {
    String header(String name) {
      return headers.entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(name)).findFirst().orElseThrow()
          .getValue().get(0);
    }
  }

  @Autowired private ApplicationContext beans;
  @Autowired private Outbox outbox;
  @Autowired private JdbcClient database;
  @Autowired private ObjectMapper json;

  private final String key = "webhook-test/" + UUID.randomUUID();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private SendingBench bench;
  private HttpServer server;
  private volatile int status = 200;

  @BeforeEach
  void aServerAndAnOfficialWhoChoseIt() throws IOException {
    bench = new SendingBench(beans, DAY);
    database.sql("delete from official_contact").update();
    database.sql("insert into official_contact (username, webhook) values ('wj.handler', 'oa')").update();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(work -> {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      return thread;
    }));
    server.createContext("/hook", exchange -> {
      got.add(new Got(Map.copyOf(exchange.getRequestHeaders()), exchange.getRequestBody().readAllBytes()));
      if (status == 302) {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/secret");
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.createContext("/secret", exchange -> {
      throw new AssertionError("a redirect was followed");
    });
    server.start();
    new TestExpander(beans, DAY, "webhook:oa").tell(() -> outbox.add("urged", "K9", "140929-wj", "wj.handler",
        Map.of("task", "处置", "taskEn", "handle"), key));
  }

  @AfterEach
  void closed() {
    server.stop(0);
  }

  @Test
  void aMessageIsSignedJsonWithAKeyThatStaysTheSame() throws Exception {
    status = 500;
    SendingBench.Node node = bench.node(channel(HERE));
    node.round();
    assertThat(statuses()).containsExactly("wj.handler waiting");
    assertThat(bench.error(key, "wj.handler")).isEqualTo("answers 500");
    status = 204;
    bench.machine.move(Duration.ofMinutes(1));
    node.round();
    node.round();

    assertThat(statuses()).containsExactly("wj.handler sent");
    assertThat(got).hasSize(2);
    assertThat(got).extracting(g -> g.header("Idempotency-Key")).containsOnly(key + "/wj.handler");
    Got last = got.get(1);
    JsonNode body = json.readTree(last.body());
    assertThat(body.path("recipient").path("username").asText()).isEqualTo("wj.handler");
    assertThat(body.path("events").get(0).path("case").asText()).isEqualTo("K9");
    assertThat(body.path("events").get(0).path("title").path("en").asText()).isEqualTo("K9: please hurry");
    assertThat(last.header("Content-Type")).startsWith("application/json");
    String[] signature = last.header(WebhookChannel.SIGNATURE).split("t=|,v1=");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((signature[1] + ".").getBytes(StandardCharsets.UTF_8));
    assertThat(signature[2]).isEqualTo(HexFormat.of().formatHex(mac.doFinal(last.body())));
  }

  @Test
  void aRedirectIsNotFollowedAndTheLetterIsNotTaken() throws Exception {
    status = 302;
    bench.node(channel(HERE)).round();
    assertThat(statuses()).containsExactly("wj.handler waiting");
    assertThat(bench.error(key, "wj.handler")).contains("redirects are not followed");
    assertThat(got).hasSize(1);
  }

  @Test
  void aBodyThatIsRefusedIsNotSentAgain() throws Exception {
    status = 422;
    bench.node(channel(HERE)).round();
    assertThat(statuses()).containsExactly("wj.handler dead");
  }

  /** The name is looked up once: what was checked is what is called, whatever the name means a moment later. */
  @Test
  void aNameThatChangesBetweenTheCheckAndTheCallCannotLeadElsewhere() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    PublicAddresses.Names turning = host -> new InetAddress[] {InetAddress.getByName(
        asked.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254")};
    WebhookChannel channel = channel(turning);
    status = 500;
    SendingBench.Node node = bench.node(channel);
    node.round();
    assertThat(asked).hasValue(1);
    assertThat(got).hasSize(1);

    status = 200;
    bench.machine.move(Duration.ofMinutes(1));
    node.round();
    assertThat(asked).hasValue(2);
    assertThat(got).as("each letter is checked anew").hasSize(1);
    assertThat(bench.error(key, "wj.handler")).contains("not a public address");
  }

  @Test
  void withoutTheSettingForTestsTheMachineItselfIsNotCalled() throws Exception {
    bench.node(new WebhookChannel(webhooks(false), json, HERE, bench.machine, Duration.ofSeconds(5))).round();
    assertThat(got).isEmpty();
    assertThat(statuses()).containsExactly("wj.handler waiting");
    assertThat(bench.error(key, "wj.handler")).contains("not a public address");
  }

  @Test
  void aServerThatHangsOrDripsIsLeftAfterTheTimeOut() throws Exception {
    for (boolean drips : new boolean[] {false, true}) {
      try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
        serve(door, guest -> {
          guest.getInputStream().read(new byte[8192]);
          OutputStream out = guest.getOutputStream();
          for (int i = 0; i < 400; i++) {
            if (drips) {
              out.write((i == 0 ? "HTTP/1.1 2" : "0").getBytes(StandardCharsets.UTF_8));
              out.flush();
            }
            Thread.sleep(50);
          }
        });
        long before = System.nanoTime();
        bench.node(channel(door.getLocalPort(), Duration.ofMillis(700))).round();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        assertThat(statuses()).containsExactly("wj.handler waiting");
        assertThat(bench.error(key, "wj.handler")).isNotEmpty();
        bench.machine.move(Duration.ofMinutes(10));
      }
    }
  }

  @Test
  void ofAHugeAnswerOnlyTheBeginningIsRead() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      serve(door, guest -> {
        guest.getInputStream().read(new byte[8192]);
        OutputStream out = guest.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        byte[] much = new byte[64 * 1024];
        for (int i = 0; i < 20_000; i++) {
          out.write(much);
          written.addAndGet(much.length);
        }
      });
      bench.node(channel(door.getLocalPort(), Duration.ofSeconds(5))).round();

      assertThat(statuses()).containsExactly("wj.handler sent");
      assertThat(written.get()).isLessThan(50_000_000);
    }
  }

  @Test
  void endlessHeadersAreNotReadToTheirEnd() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      serve(door, guest -> {
        guest.getInputStream().read(new byte[8192]);
        OutputStream out = guest.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 1_000_000; i++) {
          out.write(("X-" + i + ": y\r\n").getBytes(StandardCharsets.UTF_8));
        }
      });
      bench.node(channel(door.getLocalPort(), Duration.ofSeconds(5))).round();
      assertThat(statuses()).containsExactly("wj.handler waiting");
    }
  }

  @Test
  void targetsThatAreNotAllowedAreRefusedAtTheStart() {
    String[][] wrong = {
        {"oa=https://oa.example.org/hook", "other.example.org:443"},
        {"oa=https://oa.example.org:8443/hook", "oa.example.org:443"},
        {"oa=https://oa.example.org@evil.example.org/hook", "oa.example.org:443"},
        {"oa=ftp://oa.example.org/hook", "oa.example.org:443"},
        {"oa=file:///etc/passwd", "oa.example.org:443"},
        {"oa=https:oa", "oa.example.org:443"},
        {"oa=://", "oa.example.org:443"},
        {"OA=https://oa.example.org/hook", "oa.example.org:443"},
        {"https://oa.example.org/hook", "oa.example.org:443"},
        {"oa=https://oa.example.org/hook#x", "oa.example.org:443"},
        {"oa=https://oa.example.org/1;oa=https://oa.example.org/2", "oa.example.org:443"}};
    for (String[] setting : wrong) {
      assertThatThrownBy(() -> new Webhooks(setting[0], setting[1], SECRET, false)).as(setting[0])
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("CLOSEDLOOP_WEBHOOK");
    }
    assertThatThrownBy(() -> new Webhooks("oa=https://oa.example.org/hook", "oa.example.org:443", "short", false))
        .hasMessageContaining("CLOSEDLOOP_WEBHOOK_SECRET");
    Webhooks right = new Webhooks("oa=https://OA.example.org/hook; two=http://[2400:3200::1]:8080/x",
        "oa.example.org:443, [2400:3200::1]:8080", SECRET, false);
    assertThat(right.names()).containsExactly("oa", "two");
  }

  private interface Guest {
    void serve(Socket socket) throws Exception;
  }

  private static void serve(ServerSocket door, Guest how) {
    Thread thread = new Thread(() -> {
      try {
        while (true) {
          try (Socket guest = door.accept()) {
            how.serve(guest);
          }
        }
      } catch (Exception closed) {
        // the end
      }
    });
    thread.setDaemon(true);
    thread.start();
  }

  private WebhookChannel channel(PublicAddresses.Names names) {
    return new WebhookChannel(webhooks(true), json, names, bench.machine, Duration.ofSeconds(5));
  }

  private WebhookChannel channel(int port, Duration patience) {
    return new WebhookChannel(new Webhooks("oa=http://oa.example.org:" + port + "/hook", "oa.example.org:" + port,
        SECRET, true), json, HERE, bench.machine, patience);
  }

  private Webhooks webhooks(boolean loopback) {
    int port = server.getAddress().getPort();
    return new Webhooks("oa=http://oa.example.org:" + port + "/hook", "oa.example.org:" + port, SECRET, loopback);
  }

  private List<String> statuses() {
    return bench.statuses(key);
  }
}

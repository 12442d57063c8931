package org.closedloop.notice.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.closedloop.notice.delivery.Channel;
import org.closedloop.notice.delivery.Letter;
import org.closedloop.notice.delivery.Outcome;
import org.closedloop.notice.rule.NoticeRule;
import org.closedloop.problem.Words;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * One signed POST per letter to a configured target: a public address, checked in the moment of connecting; no
 * redirect, no cookie, no proxy; everything within five seconds; at most 64 KB of the answer read, and nothing of it kept.
 *
 * <p>Headers: {@code Idempotency-Key} is the letter's key, the same at every try. {@code X-Closedloop-Signature} is
 * {@code t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "<t>.<body>">} with the configured secret.
 */
@Component
class WebhookChannel implements Channel {

  static final String SIGNATURE = "X-Closedloop-Signature";
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int BATCH = 10;
  private static final int MOST_READ = 64 * 1024;
  private static final Set<Integer> ABOUT_THE_BODY = Set.of(400, 409, 410, 413, 415, 422);
  private static final String PREFIX = NoticeRule.WEBHOOK + ":";

  /** What is sent. */
  record Body(String key, Person recipient, boolean digest, long count, List<Event> events) {}

  record Person(String username, String name) {}

  record Event(String topic, @com.fasterxml.jackson.annotation.JsonProperty("case") String caseNumber, String unit,
      Instant at, Both title, Both text) {}

  record Both(String zh, String en) {
    static Both of(Words words) {
      return new Both(words.zh(), words.en());
    }
  }

  private final Webhooks webhooks;
  private final ObjectMapper json;
  private final Clock machine;
  private final Duration patience;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor alarm = new ScheduledThreadPoolExecutor(1, work -> {
    Thread thread = new Thread(work, "webhook-alarm");
    thread.setDaemon(true);
    return thread;
  });

  @Autowired
  WebhookChannel(Webhooks webhooks, ObjectMapper json) {
    this(webhooks, json, InetAddress::getAllByName, Clock.systemUTC(), PATIENCE);
  }

  /** @param patience for one letter from looking up the name to the last byte of the answer */
  WebhookChannel(Webhooks webhooks, ObjectMapper json, PublicAddresses.Names names, Clock machine,
      Duration patience) {
    this.webhooks = webhooks;
    this.json = json;
    this.machine = machine;
    this.patience = patience;
    Timeout timeout = Timeout.ofMilliseconds(patience.toMillis());
    Http1Config lines = Http1Config.custom().setMaxLineLength(8 * 1024).setMaxHeaderCount(100).build();
    this.client = HttpClients.custom()
        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new PublicAddresses(names, webhooks.loopback()))
            .setConnectionFactory(ManagedHttpClientConnectionFactory.builder().http1Config(lines).build())
            .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout)
                .build())
            .setMaxConnTotal(20).setMaxConnPerRoute(4).build())
        .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(timeout)
            .setResponseTimeout(timeout).setRedirectsEnabled(false).setContentCompressionEnabled(false)
            .setProtocolUpgradeEnabled(false).build())
        // each letter looks the name up and has it checked anew
        .setConnectionReuseStrategy((request, response, context) -> false)
        .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching()
        .disableContentCompression().disableDefaultUserAgent().build();
    alarm.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Set<String> targets() {
    return webhooks.names().stream().map(n -> PREFIX + n).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void send(String target, List<Letter> letters, Report report) {
    URI address = webhooks.address(target.substring(PREFIX.length()));
    for (Letter letter : letters) {
      Outcome outcome = letter.name() == null ? Outcome.refused("the account is closed") : post(address, letter);
      if (!report.done(letter, outcome)) {
        return;
      }
    }
  }

  @PreDestroy
  void stop() throws IOException {
    alarm.shutdownNow();
    client.close();
  }

  private Outcome post(URI address, Letter letter) {
    byte[] body = body(letter);
    HttpPost request = new HttpPost(address);
    request.setHeader("User-Agent", "closed-loop");
    request.setHeader("Idempotency-Key", letter.dedupeKey());
    request.setHeader(SIGNATURE, signature(body));
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    // the time-outs above are of each wait; a server that sends a byte a second is stopped by this
    var over = alarm.schedule(request::cancel, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      int status = response.getCode();
      readSome(response, request);
      return outcome(status);
    } catch (PublicAddresses.NotPublic e) {
      return Outcome.down("not called: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      return Outcome.down(request.isCancelled() ? "no answer within " + patience.toMillis() + " ms"
          : e.getClass().getSimpleName() + ": " + e.getMessage());
    } finally {
      over.cancel(false);
    }
  }

  /** Politely listens to what the other side says, to a limit; the rest is cut off. The status is known already. */
  private static void readSome(ClassicHttpResponse response, HttpPost request) {
    try (response) {
      if (response.getEntity() != null) {
        response.getEntity().getContent().readNBytes(MOST_READ);
      }
      // before closing, which would read on to the end
      request.cancel();
    } catch (IOException e) {
      // what it said does not matter
    }
  }

  private static Outcome outcome(int status) {
    if (status >= 200 && status < 300) {
      return Outcome.sent();
    }
    String words = "answers " + status;
    if (status >= 300 && status < 400) {
      return Outcome.down(words + "; redirects are not followed");
    }
    // the rest is the other side's state or somebody's slip in a setting: it gets its day
    return ABOUT_THE_BODY.contains(status) ? Outcome.refused(words) : Outcome.down(words);
  }

  private byte[] body(Letter letter) {
    try {
      return json.writeValueAsBytes(new Body(letter.dedupeKey(), new Person(letter.recipient(), letter.name()),
          letter.digest(), letter.count(), letter.items().stream().map(i -> new Event(i.topic(), i.caseNumber(),
          i.unit(), i.at(), Both.of(i.title()), Both.of(i.text()))).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String signature(byte[] body) {
    long seconds = machine.instant().getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(webhooks.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

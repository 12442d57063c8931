package org.closedloop.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.closedloop.Caller;

/**
 * One caller of the kill drill: reports a case, accepts it, writes down what the product acknowledged, and begins anew.
 * What got no answer is sent again with the same Idempotency-Key until it gets one.
 */
final class DrillClient implements Runnable {

  /** Begins every phone number the drill sends, and nothing else in the product. */
  static final String PHONES = "1990017";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  /** A report the product answered with 201: it must be there, once, as sent. */
  record Filed(String number, String trackingCode, String title, String phone) {}

  /** A completion the product answered with 200: it must have happened, once. */
  record Accepted(String number, String item, String official) {}

  /** What the callers know; shared by all of them. */
  static final class Ledger {
    final Queue<Filed> filed = new ConcurrentLinkedQueue<>();
    final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
    /** Answers that no fault explains: a 500, a refusal of something right. */
    final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    final AtomicInteger sentAgain = new AtomicInteger();
    final AtomicInteger replayed = new AtomicInteger();

    int acknowledged() {
      return filed.size() + accepted.size();
    }
  }

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Ledger ledger;
  private final IntSupplier port;
  private final String official;
  private volatile boolean stopped;

  /**
   * @param port     of the product, another one after each restart
   * @param official username of a dispatcher, who accepts
   */
  DrillClient(Ledger ledger, IntSupplier port, String official) {
    this.ledger = ledger;
    this.port = port;
    this.official = official;
  }

  /** Finishes what was begun, so that nothing is left in doubt, and begins nothing more. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        Filed filed = report();
        if (filed != null) {
          accept(filed);
        }
      } catch (Exception e) {
        ledger.unexpected.add(e.toString());
      }
    }
  }

  private Filed report() throws Exception {
    int n = COUNT.incrementAndGet();
    String title = "演练 " + n;
    String phone = PHONES + String.format("%04d", n % 10_000);
    HttpResponse<String> answer = untilAnswered("POST", "/api/public/reports", null, Map.of("title", title,
        "description", "断电演练", "area", "140929101", "reporter", Map.of("name", "演练人", "phone", phone)), 201);
    if (answer == null) {
      return null;
    }
    JsonNode receipt = JSON.readTree(answer.body());
    Filed filed = new Filed(receipt.get("number").asText(), receipt.get("trackingCode").asText(), title, phone);
    ledger.filed.add(filed);
    return filed;
  }

  private void accept(Filed filed) throws Exception {
    HttpResponse<String> read = untilAnswered("GET", "/api/cases/" + filed.number(), official, null, 200);
    if (read == null) {
      return;
    }
    String item = JSON.readTree(read.body()).at("/openItems/0/id").asText();
    HttpResponse<String> answer = untilAnswered("POST", "/api/work-items/" + item + "/complete", official,
        Map.of("answers", Map.of("accepted", "accept", "category", "0101", "area", "140929101", "urgency", "ordinary")),
        200);
    if (answer != null) {
      ledger.accepted.add(new Accepted(filed.number(), item, official));
    }
  }

  /** Sends until there is an answer that is final; null when that is not the one expected. */
  private HttpResponse<String> untilAnswered(String method, String path, String user, Object body, int expected)
      throws Exception {
    String key = UUID.randomUUID().toString();
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (int attempt = 0; System.nanoTime() < end; attempt++) {
      if (attempt > 0) {
        ledger.sentAgain.incrementAndGet();
        LockSupport.parkNanos(Duration.ofMillis(100 + 50L * Math.min(attempt, 8)).toNanos());
      }
      HttpResponse<String> answer;
      try {
        answer = client.send(request(method, path, user, body, key), BodyHandlers.ofString());
      } catch (IOException broken) {
        continue;
      }
      if (answer.statusCode() == expected) {
        if (answer.headers().firstValue("Idempotency-Replayed").isPresent()) {
          ledger.replayed.incrementAndGet();
        }
        return answer;
      }
      boolean later = answer.statusCode() == 503
          || answer.statusCode() == 409 && answer.body().matches("(?s).*urn:closedloop:(still-running|conflict)\".*");
      if (!later) {
        ledger.unexpected.add(method + " " + path.replaceAll("[0-9a-f-]{8,}", "…") + " → " + answer.statusCode() + " "
            + answer.body());
        if (answer.statusCode() < 500) {
          return null;
        }
      }
    }
    throw new AssertionError("no answer within " + PATIENCE + " for " + method + " " + path);
  }

  private HttpRequest request(String method, String path, String user, Object body, String key) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(
        URI.create("http://localhost:" + port.getAsInt() + path)).timeout(Duration.ofSeconds(40));
    if (user != null) {
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
          (user + ":" + Caller.DEMO_PASSWORD).getBytes(StandardCharsets.UTF_8)));
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    return request.header("Content-Type", "application/json").header("Idempotency-Key", key)
        .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body))).build();
  }
}

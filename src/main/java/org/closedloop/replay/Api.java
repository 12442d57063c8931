package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls a running server the way a program does: JSON, HTTP Basic, an idempotency key with everything that changes
 * something. A call that was not answered, or answered with 429, 502 or 503, is repeated a bounded number of times.
 */
public final class Api {

  private static final int TRIES = 8;
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long LONGEST_PAUSE_SECONDS = 30;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT)
      .version(HttpClient.Version.HTTP_1_1).build();
  private final String server;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();

  /** @param server such as {@code http://localhost:8080}, without a slash at the end */
  public Api(String server) {
    this.server = server.endsWith("/") ? server.substring(0, server.length() - 1) : server;
  }

  /** Who calls; null stands for a person without an account. */
  public record Account(String username, String password) {
    @Override
    public String toString() {
      return username;
    }
  }

  /** An answer whatever its status; {@code body} is a missing node when it was no JSON. */
  public record Answer(int status, JsonNode body) {

    public boolean ok() {
      return status / 100 == 2;
    }

    /** What the problem document says, with the fields it names. */
    public String problem() {
      StringBuilder said = new StringBuilder(status + " " + body.path("detail").asText());
      body.path("errors").forEach(e -> said.append(" [").append(e.path("field").asText()).append(": ")
          .append(e.path("message").asText(e.path("detail").asText())).append(']'));
      return said.toString();
    }
  }

  /** The server said no, or nothing at all, to a call that must succeed. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    /** HTTP status; 0 when there was no answer. */
    public int status() {
      return status;
    }
  }

  public Answer get(Account who, String path) {
    return send(who, HttpRequest.newBuilder(URI.create(server + path)).GET());
  }

  /** @param key an idempotency key, so that a repeated call is done once; null: none */
  public Answer post(Account who, String path, Object body, String key) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
        .header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(bytes(body)));
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return send(who, request);
  }

  /** @throws Refused when the status is not 2xx */
  public JsonNode mustGet(Account who, String path) {
    return must("GET " + path, get(who, path));
  }

  /** @throws Refused when the status is not 2xx */
  public JsonNode mustPost(Account who, String path, Object body, String key) {
    return must("POST " + path, post(who, path, body, key));
  }

  /** Calls made so far. */
  public long calls() {
    return calls.get();
  }

  /** Calls among them that had to be repeated. */
  public long repeated() {
    return repeated.get();
  }

  static String inUrl(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode must(String call, Answer answer) {
    if (!answer.ok()) {
      throw new Refused(answer.status(), call + " was answered " + answer.problem());
    }
    return answer.body();
  }

  private Answer send(Account who, HttpRequest.Builder request) {
    request.timeout(ANSWER).header("Accept", "application/json, application/problem+json");
    if (who != null) {
      byte[] pair = (who.username() + ":" + who.password()).getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    HttpRequest call = request.build();
    IOException last = null;
    for (int i = 1; i <= TRIES; i++) {
      long pause = 1L << Math.min(i, 4);
      try {
        calls.incrementAndGet();
        HttpResponse<byte[]> answer = client.send(call, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 429 && answer.statusCode() != 502 && answer.statusCode() != 503 || i == TRIES) {
          return new Answer(answer.statusCode(), read(answer.body()));
        }
        pause = answer.headers().firstValueAsLong("Retry-After").orElse(pause);
      } catch (IOException e) {
        last = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Refused(0, "interrupted");
      }
      repeated.incrementAndGet();
      sleep(Math.min(pause, LONGEST_PAUSE_SECONDS));
    }
    throw new Refused(0, call.method() + " " + call.uri() + " got no answer: " + last);
  }

  private static void sleep(long seconds) {
    try {
      Thread.sleep(seconds * 1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(0, "interrupted");
    }
  }

  private static byte[] bytes(Object body) {
    try {
      return JSON.writeValueAsBytes(body == null ? Map.of() : body);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode node = body.length == 0 ? null : JSON.readTree(body);
      return node == null ? JSON.missingNode() : node;
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}

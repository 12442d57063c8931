package org.closedloop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/**
 * Talks HTTP to the started application the way a program does: JSON in and out, Basic authentication.
 * {@code caller.as("dispatcher1").post("/api/cases", Map.of("title", "…")).json()}.
 */
@TestComponent
public class Caller {

  /** The one password of all demo accounts. */
  public static final String DEMO_PASSWORD = "closed-loop-demo";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Environment environment;
  private final Map<String, String> headers;

  @Autowired
  Caller(Environment environment) {
    this(environment, Map.of("Accept", "application/json, application/problem+json"));
  }

  private Caller(Environment environment, Map<String, String> headers) {
    this.environment = environment;
    this.headers = headers;
  }

  /**
   * A caller who logs in as this demo account with every request, from a place of its own: wrong passwords are counted
   * by address, and what one test tries wrongly must not shut out the next.
   */
  public Caller as(String username) {
    return as(username, DEMO_PASSWORD);
  }

  public Caller as(String username, String password) {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    Caller who = with("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    int hash = (username + ":" + password).hashCode();
    return headers.containsKey("X-Forwarded-For") ? who : who.with("X-Forwarded-For",
        "10." + (hash >>> 16 & 0xff) + "." + (hash >>> 8 & 0xff) + "." + (hash & 0xff));
  }

  /** A caller who sends this header with every request. */
  public Caller with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Caller(environment, more);
  }

  public Answer get(String path) {
    return send("GET", path, BodyPublishers.noBody(), null);
  }

  /** Body: a string is sent as it is, anything else as JSON, null as no body. */
  public Answer post(String path, Object body) {
    return send("POST", path, body(body), body == null ? null : "application/json");
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, body(body), body == null ? null : "application/json");
  }

  public Answer delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), null);
  }

  /** Any request; {@code contentType} null for none. */
  public Answer send(String method, String path, BodyPublisher body, String contentType) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path))
        .timeout(Duration.ofSeconds(60)).method(method, body);
    headers.forEach(request::header);
    if (contentType != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", contentType);
    }
    try {
      return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** {@code http://localhost:<port>}. */
  public String base() {
    return "http://localhost:" + environment.getRequiredProperty("local.server.port");
  }

  private static BodyPublisher body(Object body) {
    try {
      return body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(
          body instanceof String s ? s : new ObjectMapper().findAndRegisterModules().writeValueAsString(body));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
      return response.body();
    }

    /** First value of the header, empty when there is none. */
    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(response.body());
      } catch (IOException e) {
        throw new AssertionError("no JSON, status " + status() + ": " + text(), e);
      }
    }

    /** This answer, when it has this status; fails with what came instead. */
    public Answer expect(int status) {
      if (status() != status) {
        throw new AssertionError("status " + status() + " instead of " + status + ": " + text());
      }
      return this;
    }
  }
}

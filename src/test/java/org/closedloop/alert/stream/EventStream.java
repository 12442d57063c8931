package org.closedloop.alert.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.closedloop.Caller;

/** A reader of server-sent events, as a browser is one; remembers what came. */
public final class EventStream implements AutoCloseable {

  /** One event as it came; {@code at} nanoseconds of this machine. */
  public record Event(String id, String name, String data, long at) {}

  private final HttpResponse<InputStream> response;
  private final List<Event> events = new ArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  private EventStream(HttpResponse<InputStream> response) {
    this.response = response;
  }

  /** Opens the stream as a demo account; {@code after} null for none. Returns when it is open or refused. */
  public static EventStream open(String base, String username, String after) {
    String pair = username + ":" + Caller.DEMO_PASSWORD;
    Map<String, String> basic = Map.of("Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    return open(base, basic, after);
  }

  public static EventStream open(String base, Map<String, String> headers, String after) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/api/alerts/stream"))
        .header("Accept", "text/event-stream");
    headers.forEach(request::header);
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    try {
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      EventStream stream = new EventStream(client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
      if (stream.status() == 200) {
        Thread reader = new Thread(stream::read, "event-stream-reader");
        reader.setDaemon(true);
        reader.start();
      }
      return stream;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = null;
      String name = null;
      String data = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.isEmpty() && data != null) {
          synchronized (events) {
            events.add(new Event(id, name, data, System.nanoTime()));
          }
          data = null;
        }
      }
    } catch (IOException e) {
      // cut off
    } finally {
      ended = true;
    }
  }

  public int status() {
    return response.statusCode();
  }

  public HttpResponse<InputStream> response() {
    return response;
  }

  public String body() {
    try {
      return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As many as have come by now, in their order. */
  public List<Event> events() {
    synchronized (events) {
      return List.copyOf(events);
    }
  }

  public int count() {
    synchronized (events) {
      return events.size();
    }
  }

  /** Those whose data names this. */
  public List<Event> about(String word) {
    return events().stream().filter(e -> e.data().contains(word)).toList();
  }

  public List<String> comments() {
    return comments;
  }

  public boolean ended() {
    return ended;
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      // closed already
    }
  }
}

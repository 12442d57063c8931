package org.closedloop.database;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.closedloop.Caller;
import org.closedloop.ClosedLoop;

/** The product in a process of its own, as somebody starts it: what it prints, how it ends, what it leaves behind. */
public final class Launched implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(3);

  private final Process process;
  private final Path output;
  private final int port;

  private Launched(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.port = port;
  }

  /** Starts the built classes with these environment variables, and none of the database's that happen to be set here. */
  public static Launched with(Map<String, String> environment) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    // The test classes stay out: this is the product.
    classPath = Arrays.stream(classPath.split(File.pathSeparator)).filter(p -> !p.contains("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, ClosedLoop.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(k -> k.startsWith("DATABASE_") || k.startsWith("CLOSEDLOOP_"));
    builder.environment().put("SERVER_PORT", Integer.toString(port));
    // making sample cases takes as long as the start; who wants to see them says so
    builder.environment().put("CLOSEDLOOP_DEMO_CASES", "false");
    builder.environment().putAll(environment);
    Files.createDirectories(Path.of("target", "launched"));
    Path output = Files.createTempFile(Path.of("target", "launched"), "out-", ".log");
    return new Launched(builder.redirectOutput(output.toFile()).start(), output, port);
  }

  public int port() {
    return port;
  }

  /** Waits until the health check says UP; fails when the process ends before. */
  public Launched untilUp() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest health = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
        .timeout(Duration.ofSeconds(10)).build();
    long end = System.nanoTime() + BOUND.toNanos();
    while (System.nanoTime() < end) {
      if (!process.isAlive()) {
        throw new AssertionError("ended with " + process.exitValue() + ":\n" + output());
      }
      try {
        int status = client.send(health, BodyHandlers.discarding()).statusCode();
        if (status == 200) {
          return this;
        }
      } catch (IOException notYet) {
        // The port is not open yet.
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not up after " + BOUND + ":\n" + output());
  }

  /** Reads as an administrator of the demo. */
  public HttpResponse<String> get(String path) throws Exception {
    byte[] pair = ("admin:" + Caller.DEMO_PASSWORD).getBytes(StandardCharsets.UTF_8);
    return send(HttpRequest.newBuilder().header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)),
        path);
  }

  /** Reads without a log-in. */
  public HttpResponse<String> getAsAnybody(String path) throws Exception {
    return send(HttpRequest.newBuilder(), path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    return HttpClient.newHttpClient().send(request.uri(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }

  /** Waits for the end by itself. */
  public int exitCode() throws Exception {
    if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + BOUND + ":\n" + output());
    }
    return process.exitValue();
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  /** SIGTERM, as a supervisor stops it. */
  public void terminate() throws Exception {
    process.destroy();
    exitCode();
  }

  /** SIGKILL, as a power cut stops it. */
  public void kill() throws Exception {
    process.destroyForcibly();
    exitCode();
  }

  @Override
  public void close() throws Exception {
    if (process.isAlive()) {
      terminate();
    }
  }
}

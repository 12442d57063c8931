package org.closedloop.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends a CSV of messages to a running server and plays everybody until all cases have ended. First all reports are
 * sent, then every open case is taken a step further in turn, so that repeats meet the case they repeat.
 */
public final class Replay {

  /** More than the longest way the rules allow. */
  private static final int STEPS_PER_CASE = 80;
  private static final long PROGRESS_SECONDS = 10;

  private final Options options;
  private final PrintStream out;
  private final Api api;
  private final List<Message> messages;
  private final StateFile state;
  private final Townspeople people;
  private final Desk desk;
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final AtomicInteger reported = new AtomicInteger();
  private final AtomicLong steps = new AtomicLong();

  /**
   * @param file     the messages, see {@link Message#read}
   * @param server   address of the server
   * @param limit    at most so many messages
   * @param accounts CSV of the accounts to be played; null: those a demo server offers
   * @param state    what has been done is kept here, so that a broken run can be taken up
   * @param parallel how many calls run at once
   * @param summary  the summary is written here too; may be null
   */
  public record Options(Path file, String server, int limit, Path accounts, Path state, int parallel, Path summary) {

    static Options of(String[] args) {
      Given given = Given.of(args);
      Path file = given.path("file");
      Path state = Path.of(given.take("state", "data/replay/" + file.getFileName() + ".state"));
      Options options = new Options(file, given.server(), number(given.take("limit", null), Integer.MAX_VALUE),
          given.path("accounts"), state, number(given.take("parallel", null), 4), given.path("summary"));
      given.nothingElse();
      return options;
    }

    private static int number(String text, int otherwise) {
      int number = text == null ? otherwise : Integer.parseInt(text);
      if (number < 1) {
        throw new IllegalArgumentException("a number from 1 is needed, not " + text);
      }
      return number;
    }
  }

  /** @throws Api.Refused when the server does not answer or offers no accounts */
  public Replay(Options options, PrintStream out) throws IOException {
    this.options = options;
    this.out = out;
    this.messages = Message.read(options.file(), options.limit());
    this.state = new StateFile(options.state());
    this.api = new Api(options.server());
    Rules rules = new Rules();
    Officials officials = options.accounts() == null ? Officials.ofDemo(api) : Officials.ofFile(options.accounts());
    this.people = new Townspeople(api, rules);
    Map<String, Message> byId = new HashMap<>();
    messages.forEach(m -> byId.put(m.id(), m));
    this.desk = new Desk(api, rules, officials, people, state::filed, byId::get);
  }

  /** The command {@code replay}. Ends with 0 when every case has ended, 1 when some have not, 2 on wrong options. */
  public static void main(String[] args) throws Exception {
    Command.run(args, "replay --file=<csv> [--server=http://localhost:8080] [--limit=<messages>] [--parallel=4]"
        + " [--state=<file>] [--accounts=<csv: username,password,unit,posts>] [--summary=<file>]", Options::of, options -> {
          Summary summary = new Replay(options, System.out).run();
          return new Command.Told(summary.text(), options.summary(), summary.complete());
        });
  }

  public Summary run() throws InterruptedException {
    long start = System.nanoTime();
    sendReports();
    long sent = System.nanoTime();
    workUntilAllEnded();
    long done = System.nanoTime();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Message m : messages) {
      if (state.ended(m.id()) != null) {
        outcomes.put(m.id(), state.ended(m.id()));
      }
    }
    return new Summary(messages.size(), outcomes, new LinkedHashMap<>(failures), Duration.ofNanos(sent - start),
        Duration.ofNanos(done - sent), reported.get(), steps.get(), api.calls(), api.repeated());
  }

  /** A sender's messages one after the other, so that a repeat never is the older case. */
  private void sendReports() throws InterruptedException {
    List<ConcurrentLinkedQueue<Message>> lanes = new ArrayList<>();
    for (int i = 0; i < options.parallel(); i++) {
      lanes.add(new ConcurrentLinkedQueue<>());
    }
    for (Message m : messages) {
      if (state.filed(m.id()) == null) {
        lanes.get(Math.floorMod(m.sender().hashCode(), lanes.size())).add(m);
      }
    }
    long all = lanes.stream().mapToLong(ConcurrentLinkedQueue::size).sum();
    together(number -> {
      for (Message m = lanes.get(number).poll(); m != null; m = lanes.get(number).poll()) {
        try {
          state.filed(m.id(), people.report(m));
          reported.incrementAndGet();
        } catch (Api.Refused e) {
          failures.put(m.id(), "report: " + e.getMessage());
        }
      }
    }, () -> "reported " + reported.get() + " of " + all);
  }

  private record Turn(Message message, int steps) {}

  private void workUntilAllEnded() throws InterruptedException {
    ConcurrentLinkedQueue<Turn> queue = new ConcurrentLinkedQueue<>();
    for (Message m : messages) {
      if (state.filed(m.id()) != null && state.ended(m.id()) == null) {
        queue.add(new Turn(m, 0));
      }
    }
    AtomicInteger open = new AtomicInteger(queue.size());
    together(number -> {
      for (Turn turn = queue.poll(); turn != null; turn = queue.poll()) {
        if (takeTurn(turn)) {
          open.decrementAndGet();
        } else {
          queue.add(new Turn(turn.message(), turn.steps() + 1));
        }
      }
    }, () -> open.get() + " cases open, " + steps.get() + " steps taken");
  }

  /** Whether the case needs no further turn: it has ended, or something is wrong. */
  private boolean takeTurn(Turn turn) {
    Message m = turn.message();
    try {
      Optional<Outcome> end = desk.step(m, state.filed(m.id()));
      steps.incrementAndGet();
      if (end.isPresent()) {
        state.ended(m.id(), end.get());
      } else if (turn.steps() >= STEPS_PER_CASE) {
        failures.put(m.id(), "not at its end after " + STEPS_PER_CASE + " steps");
      }
    } catch (Api.Refused | IllegalStateException e) {
      failures.put(m.id(), e.getMessage());
    }
    return state.ended(m.id()) != null || failures.containsKey(m.id());
  }

  private interface Lane {
    void run(int number);
  }

  private interface Progress {
    String text();
  }

  /** Runs one lane per parallel call and says now and then how far it is. */
  private void together(Lane lane, Progress progress) throws InterruptedException {
    ExecutorService lanes = Executors.newFixedThreadPool(options.parallel());
    CountDownLatch running = new CountDownLatch(options.parallel());
    for (int i = 0; i < options.parallel(); i++) {
      int number = i;
      lanes.submit(() -> {
        try {
          lane.run(number);
        } catch (RuntimeException e) {
          out.println("a lane broke off: " + e);
        } finally {
          running.countDown();
        }
      });
    }
    lanes.shutdown();
    while (!running.await(PROGRESS_SECONDS, TimeUnit.SECONDS)) {
      out.println(progress.text());
    }
    out.println(progress.text());
  }
}

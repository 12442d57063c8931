package org.closedloop.alert.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.closedloop.alert.Alert;
import org.closedloop.casefile.live.ListPlace;
import org.closedloop.node.OwnThread;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.problem.Conflict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * All streams of this node, served by one thread. Whenever there may be something new it reads the alerts after what each
 * has, once for all who see the same and stand at the same place, and only for those who have taken what they were given:
 * a storm waits in the table, not in memory. Access is looked up anew every time.
 */
@Component
class Watchers extends OwnThread {

  static final int A_PERSON = 3;
  static final int A_NODE = 500;
  /** A reader has to take what waits before it is given more. */
  private static final int ROOM = 500;
  private static final int PAGE = 500;
  /** Positions looked at in one statement, so that a sight that shows few of them costs no long statement. */
  private static final long WINDOW = 10_000;
  private static final long LOOK_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long BEAT_NANOS = Duration.ofSeconds(20).toNanos();
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final long STALL_NANOS = Duration.ofSeconds(30).toNanos();
  /** Says at once that the stream is open, and how soon (in milliseconds) to come back when it ends. */
  private static final List<byte[]> WELCOME = List.of(": open\nretry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
  private static final List<byte[]> BEAT = List.of(": beat\n\n".getBytes(StandardCharsets.UTF_8));
  /** Has no id: it is no place in the stream, and says nothing but that lists are to be read anew. */
  private static final List<byte[]> LISTS_CHANGED = List.of("event: work-item\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
  /** Nobody is told of lists more often, and the longer the more people would read theirs at once. */
  private static final long LISTS_NANOS = Duration.ofMillis(700).toNanos();
  private static final long LISTS_EACH_NANOS = Duration.ofMillis(10).toNanos();
  private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();
  private static final Logger log = LoggerFactory.getLogger(Watchers.class);

  private final StreamMapper alerts;
  private final Organisation organisation;
  private final ObjectMapper json;
  private final Clock clock;
  private final Set<Watcher> open = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final Queue<List<ListPlace>> changed = new ConcurrentLinkedQueue<>();
  private boolean listsWait;
  private long beatAt = System.nanoTime();
  private boolean failing;

  Watchers(StreamMapper alerts, Organisation organisation, ObjectMapper json, Clock clock) {
    super("alert-streams");
    this.alerts = alerts;
    this.organisation = organisation;
    this.json = json;
    this.clock = clock;
  }

  private record Standing(Sight sight, long position) {}

  /**
   * Lets one more in: from now on it is told everything after its position. {@code begun} is asked for it only when there
   * is room.
   *
   * @throws TooManyStreams when this person, or all together, have as many as may be
   */
  synchronized void admit(String username, String window, Supplier<Watcher> begun) {
    if (!isRunning()) {
      throw new Conflict("stopping", "服务正在停止，请稍后重连。", "This node is stopping; connect again.");
    }
    open.stream().filter(w -> window != null && window.equals(w.window()) && w.username().equals(username)).toList()
        .forEach(Watcher::drop);
    if (open.size() >= A_NODE) {
      throw TooManyStreams.ofAll();
    }
    List<Watcher> own = open.stream().filter(w -> w.username().equals(username)).toList();
    if (own.size() >= A_PERSON) {
      // a page that was closed is noticed only by writing to it
      own.forEach(w -> w.send(BEAT));
      throw TooManyStreams.ofOne(A_PERSON);
    }
    Watcher watcher = begun.get();
    open.add(watcher);
    watcher.begin();
    watcher.send(WELCOME);
    wake();
  }

  void remove(Watcher watcher) {
    open.remove(watcher);
  }

  int size() {
    return open.size();
  }

  /** Of the reader who is furthest behind, how many events wait in memory. */
  int longestQueue() {
    return open.stream().mapToInt(Watcher::waiting).max().orElse(0);
  }

  /** Writes to everybody: the only way in which it is noticed that somebody has left. */
  void beat() {
    open.forEach(w -> w.send(BEAT));
  }

  /** There may be something new, or somebody has room again. */
  void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** @param places where; empty: anywhere */
  void listsChanged(List<ListPlace> places) {
    changed.add(places);
  }

  /** Tells those whose lists may have changed, each of them once for many changes. */
  private void tellOfLists() {
    for (List<ListPlace> places = changed.poll(); places != null; places = changed.poll()) {
      List<ListPlace> some = places;
      open.stream().filter(w -> some.isEmpty() || some.stream().anyMatch(p -> p.concerns(w.sight())))
          .forEach(Watcher::listsAreOld);
    }
    List<Watcher> old = open.stream().filter(Watcher::hasOldLists).toList();
    long pause = Math.max(LISTS_NANOS, old.size() * LISTS_EACH_NANOS);
    listsWait = false;
    for (Watcher watcher : old) {
      if (!watcher.toldOfLists(pause, LISTS_CHANGED)) {
        listsWait = true;
      }
    }
  }

  /** The place of somebody who has just come: everything so far is behind. */
  long top() {
    return alerts.top();
  }

  @Override
  protected void run() {
    while (wanted()) {
      try {
        wake.tryAcquire(listsWait ? SOON_NANOS : LOOK_NANOS, TimeUnit.NANOSECONDS);
        wake.drainPermits();
        tellOfLists();
        do {
          tend();
        } while (distribute());
        if (failing) {
          failing = false;
          log.info("Alert streams are served again.");
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!failing) {
          failing = true;
          log.warn("Alert streams cannot be served now and are tried again every two seconds: {}",
              e.getClass().getSimpleName());
        }
      }
    }
  }

  /** Heart-beats, and the end of streams that are old, stuck, or whose reader may no longer work here. */
  private void tend() {
    long now = System.nanoTime();
    if (now - beatAt >= BEAT_NANOS) {
      beatAt = now;
      beat();
    }
    renew(LIFE);
    for (Watcher watcher : open) {
      if (!organisation.enabled(watcher.username())) {
        watcher.drop();
      } else if (watcher.stalledNanos() > STALL_NANOS) {
        watcher.drop();
      } else {
        organisation.official(watcher.username())
            .ifPresent(o -> watcher.sees(organisation.sightOf(o).withoutReporters()));
      }
    }
  }

  /** Ends the streams that are older than this; their readers come back and resume, perhaps on another node. */
  void renew(Duration life) {
    open.stream().filter(w -> w.ageNanos() > life.toNanos()).forEach(Watcher::close);
  }

  /**
   * Gives everybody who is behind the next of what they see. Answers whether that was anything: who resumes from far back
   * takes many rounds, and in each of them those who watch live are served too.
   */
  private boolean distribute() {
    if (open.isEmpty()) {
      return false;
    }
    long top = alerts.top();
    Map<Standing, List<Watcher>> behind = behind(top);
    Instant now = clock.instant();
    Map<Long, byte[]> events = new HashMap<>();
    behind.forEach((standing, watchers) -> {
      long to = Math.min(top, standing.position() + WINDOW);
      List<Alert> some = alerts.after(standing.sight(), standing.position(), to, now, PAGE);
      long reached = some.size() < PAGE ? to : some.get(some.size() - 1).position();
      List<byte[]> told = some.stream().map(a -> events.computeIfAbsent(a.position(), p -> event(a))).toList();
      for (Watcher watcher : watchers) {
        watcher.send(told);
        watcher.reached(reached);
      }
    });
    return !behind.isEmpty();
  }

  private Map<Standing, List<Watcher>> behind(long top) {
    Map<Standing, List<Watcher>> behind = new LinkedHashMap<>();
    for (Watcher watcher : open) {
      if (watcher.position() < top && watcher.waiting() < ROOM) {
        behind.computeIfAbsent(new Standing(watcher.sight(), watcher.position()), s -> new ArrayList<>()).add(watcher);
      }
    }
    return behind;
  }

  private byte[] event(Alert alert) {
    try {
      return ("id: " + alert.position() + "\nevent: alert\ndata: " + json.writeValueAsString(alert) + "\n\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    super.stop();
    open.forEach(Watcher::drop);
  }

  /** Stopped before the web server, which would otherwise wait for streams that never end. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}

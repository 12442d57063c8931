package org.closedloop.notice.delivery;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.closedloop.node.NodeTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Carries letters out, on every node: claims some, sends them outside any transaction, writes down what became of each.
 * A node that dies between sending and writing leaves a lease that ends; the letter is then sent again with the same
 * key (mail: the same Message-ID). A few threads of its own, at most two of them for one target.
 */
@Component
class Sender {

  private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
  private static final int THREADS = 4;
  private static final int THREADS_PER_TARGET = 2;

  private final Deliveries deliveries;
  private final Map<String, Channel> channels = new HashMap<>();
  private final Map<String, Circuit> circuits = new HashMap<>();
  private final Clock machine;
  private final BooleanSupplier trusted;
  private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES,
      new ArrayBlockingQueue<>(THREADS), work -> {
        Thread thread = new Thread(work, "notice-sender");
        thread.setDaemon(true);
        return thread;
      });

  @Autowired
  Sender(Deliveries deliveries, List<Channel> channels, NodeTime time) {
    this(deliveries, channels, Clock.systemUTC(), time::trusted);
  }

  /**
   * @param machine time of tries and leases, not the official one
   * @param trusted whether that time agrees with the other nodes': one that is ahead would take what they still send
   */
  Sender(Deliveries deliveries, List<Channel> channels, Clock machine, BooleanSupplier trusted) {
    this.deliveries = deliveries;
    this.machine = machine;
    this.trusted = trusted;
    for (Channel channel : channels) {
      for (String target : channel.targets()) {
        this.channels.put(target, channel);
        this.circuits.put(target, new Circuit(THREADS_PER_TARGET));
      }
    }
    threads.allowCoreThreadTimeOut(true);
  }

  /** Looks for work and hands it to the threads; never waits for another system. */
  @Scheduled(fixedDelay = 1_000)
  void tick() {
    if (!trusted.getAsBoolean()) {
      return;
    }
    deliveries.open(machine.instant());
    for (String target : targets()) {
      Circuit circuit = circuits.get(target);
      while (circuit.enter(machine.instant())) {
        try {
          threads.execute(() -> work(target, circuit));
        } catch (RejectedExecutionException full) {
          circuit.leave();
          return;
        }
        if (circuit.probing()) {
          break;
        }
      }
    }
  }

  /** One look at everything, in the caller's thread; answers how many letters were tried. */
  int round() {
    deliveries.open(machine.instant());
    int tried = 0;
    for (String target : targets()) {
      Circuit circuit = circuits.get(target);
      if (circuit.enter(machine.instant())) {
        tried += work(target, circuit);
      }
    }
    return tried;
  }

  @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
  void giveUp() {
    if (trusted.getAsBoolean()) {
      deliveries.giveUpAllBut(Set.copyOf(channels.keySet()), machine.instant());
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
      threads.shutdownNow();
    }
  }

  private Set<String> targets() {
    return new TreeSet<>(channels.keySet());
  }

  private int work(String target, Circuit circuit) {
    int tried = 0;
    try {
      Channel channel = channels.get(target);
      List<Letter> letters;
      boolean on;
      do {
        int most = circuit.probing() ? 1 : channel.batch();
        letters = deliveries.claim(target, most, machine.instant());
        tried += letters.size();
        on = letters.isEmpty() || send(target, channel, circuit, letters);
      } while (on && !letters.isEmpty());
    } catch (RuntimeException e) {
      // The database, most likely: the leases end by themselves.
      LOG.warn("Sending to {} broke off: {}", target, e.toString());
    } finally {
      circuit.leave();
    }
    return tried;
  }

  /** Answers whether the target works. */
  private boolean send(String target, Channel channel, Circuit circuit, List<Letter> letters) {
    Instant latest = machine.instant().plus(Deliveries.LEASE.dividedBy(2));
    List<Letter> left = new ArrayList<>(letters);
    boolean[] down = {false};
    channel.send(target, letters, (letter, outcome) -> {
      Instant now = machine.instant();
      left.remove(letter);
      deliveries.settle(letter, outcome, now);
      if (outcome.kind() == Outcome.Kind.DOWN) {
        down[0] = true;
        if (circuit.down(now)) {
          LOG.warn("{} does not work and is left alone for a while: {}", target, outcome.reason());
        }
        deliveries.targetDown(target, outcome.reason(), now);
        return false;
      }
      // a refusal says nothing: it may have come without the other side being asked
      if (outcome.kind() == Outcome.Kind.SENT && circuit.works()) {
        LOG.info("{} works again.", target);
      }
      return now.isBefore(latest);
    });
    deliveries.release(left, machine.instant().plus(down[0] ? Duration.ofSeconds(1) : Duration.ZERO));
    return !down[0];
  }
}

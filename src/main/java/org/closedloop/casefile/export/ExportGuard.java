package org.closedloop.casefile.export;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps exports from taking the node away from those who work: two at once, one of a person, and a person's not more often
 * than somebody needs them who reads what comes out.
 */
@Component
class ExportGuard {

  static final int AT_ONCE = 2;
  static final int A_WHILE = 20;
  private static final int A_WHILE_IN_THE_DEMO = 10_000;
  private static final long WHILE_NANOS = Duration.ofMinutes(10).toNanos();
  /** So long a place is waited for: an export that ends just now, or a button pressed twice, is no reason to refuse. */
  private static final long PATIENCE_MILLIS = 2_000;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final Set<String> running = new HashSet<>();
  private final Map<String, ArrayDeque<Long>> begun = new HashMap<>();
  private final int aWhile;

  ExportGuard(@Value("${closedloop.demo}") boolean demo) {
    this.aWhile = demo ? A_WHILE_IN_THE_DEMO : A_WHILE;
  }

  /** A place that is given back when closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** @throws TooManyExports when there is no place */
  synchronized Place admit(String username) {
    long now = System.nanoTime();
    begun.values().forEach(times -> {
      while (!times.isEmpty() && now - times.peek() > WHILE_NANOS) {
        times.poll();
      }
    });
    begun.values().removeIf(ArrayDeque::isEmpty);
    await(username);
    if (running.contains(username)) {
      throw new TooManyExports(SOON, "您有一个导出正在进行，请等它完成后再导出。",
          "One of your exports is still running; wait until it is done.");
    }
    ArrayDeque<Long> own = begun.getOrDefault(username, new ArrayDeque<>());
    if (own.size() >= aWhile) {
      Duration wait = Duration.ofNanos(WHILE_NANOS - (now - own.peek())).plusSeconds(1);
      throw new TooManyExports(wait, "导出太频繁：每 10 分钟最多 " + aWhile + " 次，请稍后再试。",
          "Too many exports: at most " + aWhile + " in ten minutes; try again later.");
    }
    if (running.size() >= AT_ONCE) {
      throw new TooManyExports(SOON, "正在进行的导出较多，请稍后再试。", "Others are exporting just now; try again in a moment.");
    }
    running.add(username);
    own.add(now);
    begun.put(username, own);
    return () -> leave(username);
  }

  private void await(String username) {
    long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    try {
      while (running.contains(username) || running.size() >= AT_ONCE) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return;
        }
        wait(left);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void leave(String username) {
    running.remove(username);
    notifyAll();
  }
}

package org.closedloop.node;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One thread that does the same work again and again, a fixed time after the last end, and at once when asked to. For
 * background work that must not wait behind other people's in a shared pool. The work itself must let nothing escape.
 */
public final class Ticker {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final Duration every;
  private final Runnable work;
  private volatile ScheduledExecutorService thread;

  /** @param name of the thread */
  public Ticker(String name, Duration every, Runnable work) {
    this.name = name;
    this.every = every;
    this.work = work;
  }

  public void start() {
    ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(r -> {
      Thread t = new Thread(r, name);
      t.setDaemon(true);
      return t;
    });
    fresh.scheduleWithFixedDelay(work, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    thread = fresh;
  }

  /** Once more as soon as what runs now is done; nothing while stopped. */
  public void soon() {
    ScheduledExecutorService running = thread;
    if (running != null) {
      try {
        running.execute(work);
      } catch (RejectedExecutionException stopping) {
        // the next start sees it
      }
    }
  }

  /** Waits a while for what runs now. */
  public void stop() {
    ScheduledExecutorService running = thread;
    thread = null;
    if (running != null) {
      running.shutdown();
      try {
        running.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public boolean isRunning() {
    return thread != null;
  }
}

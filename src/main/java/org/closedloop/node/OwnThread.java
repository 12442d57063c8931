package org.closedloop.node;

import org.springframework.context.SmartLifecycle;

/** A component that works on one thread of its own, from the start of the application to its stop. */
public abstract class OwnThread implements SmartLifecycle {

  private final String name;
  private volatile Thread thread;

  /** @param name of the thread */
  protected OwnThread(String name) {
    this.name = name;
  }

  /** Works until it is interrupted or no longer {@link #wanted()}. */
  protected abstract void run();

  /** Whether whoever asks is the thread that should be working; another start begins another one. */
  protected final boolean wanted() {
    return thread == Thread.currentThread();
  }

  @Override
  public void start() {
    Thread fresh = new Thread(this::run, name);
    fresh.setDaemon(true);
    thread = fresh;
    fresh.start();
  }

  /** Interrupts, and waits for nothing. */
  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}

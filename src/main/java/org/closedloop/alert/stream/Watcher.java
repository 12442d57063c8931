package org.closedloop.alert.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.closedloop.organisation.Sight;

/**
 * One open stream: a short queue and a connection that takes what it can without anybody waiting for it. No thread and no
 * database connection belongs to it; a reader that stops reading holds up nobody and is let go.
 */
final class Watcher implements WriteListener, AsyncListener {

  private final String username;
  private final String window;
  private final AsyncContext request;
  private final ServletOutputStream out;
  private final Consumer<Watcher> drained;
  private final Consumer<Watcher> gone;
  private final long openedAt = System.nanoTime();
  private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
  private boolean unflushed;
  private boolean closing;
  private boolean closed;
  private long movedAt = openedAt;

  /** Everything up to here was considered; read and written by the one thread that distributes. */
  private long position;
  private Sight sight;
  private boolean oldLists;
  private long listsToldAt = System.nanoTime() - Long.MAX_VALUE / 2;

  Watcher(String username, String window, Sight sight, long position, AsyncContext request, ServletOutputStream out,
      Consumer<Watcher> drained, Consumer<Watcher> gone) {
    this.username = username;
    this.window = window;
    this.sight = sight;
    this.position = position;
    this.request = request;
    this.out = out;
    this.drained = drained;
    this.gone = gone;
  }

  /** From here on the container says when the connection takes more. */
  void begin() {
    request.addListener(this);
    out.setWriteListener(this);
  }

  String username() {
    return username;
  }

  /** Which window of the browser it is for; null when that was not said. */
  String window() {
    return window;
  }

  Sight sight() {
    return sight;
  }

  void sees(Sight now) {
    this.sight = now;
  }

  void listsAreOld() {
    oldLists = true;
  }

  boolean hasOldLists() {
    return oldLists;
  }

  /** Says so, unless it was said shortly before. Answers whether it was. */
  boolean toldOfLists(long pauseNanos, List<byte[]> event) {
    long now = System.nanoTime();
    if (now - listsToldAt < pauseNanos) {
      return false;
    }
    listsToldAt = now;
    oldLists = false;
    send(event);
    return true;
  }

  long position() {
    return position;
  }

  void reached(long further) {
    position = further;
  }

  long ageNanos() {
    return System.nanoTime() - openedAt;
  }

  /** Queues events and writes what the connection takes now. */
  void send(List<byte[]> events) {
    synchronized (this) {
      if (closed || closing) {
        return;
      }
      if (queue.isEmpty()) {
        movedAt = System.nanoTime();
      }
      queue.addAll(events);
    }
    pump();
  }

  synchronized int waiting() {
    return queue.size();
  }

  /** How long nothing of a full queue has gone out; 0 when nothing waits. */
  synchronized long stalledNanos() {
    return queue.isEmpty() && !unflushed ? 0 : System.nanoTime() - movedAt;
  }

  /** Ends the stream after what is queued; the reader comes back and resumes. */
  void close() {
    synchronized (this) {
      closing = true;
    }
    pump();
  }

  /** Ends the stream at once. */
  void drop() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      queue.clear();
    }
    gone.accept(this);
    try {
      request.complete();
    } catch (IllegalStateException e) {
      // the container has ended it already
    }
  }

  @Override
  public void onWritePossible() {
    pump();
  }

  @Override
  public void onError(Throwable lost) {
    drop();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    drop();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    drop();
  }

  @Override
  public void onError(AsyncEvent event) {
    drop();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // never started again
  }

  private void pump() {
    boolean empty;
    boolean end = false;
    try {
      synchronized (this) {
        while (!closed && out.isReady()) {
          byte[] next = queue.poll();
          if (next != null) {
            out.write(next);
            unflushed = true;
          } else if (unflushed) {
            out.flush();
            unflushed = false;
          } else {
            end = closing;
            break;
          }
          movedAt = System.nanoTime();
        }
        empty = !closed && queue.isEmpty();
      }
    } catch (IOException | IllegalStateException lost) {
      drop();
      return;
    }
    if (end) {
      drop();
    } else if (empty) {
      drained.accept(this);
    }
  }
}

package org.closedloop.notice.delivery;

import java.util.List;
import java.util.Set;

/** A way out: mail, webhooks. Called outside every transaction, by at most two threads per target. */
public interface Channel {

  /** Takes the outcome of one letter at once, so that little is sent twice after a crash; false: send no more. */
  @FunctionalInterface
  interface Report {
    boolean done(Letter letter, Outcome outcome);
  }

  /** The targets that are configured: {@code mail}, {@code webhook:<name>}; none when the channel is off. */
  Set<String> targets();

  /** How many letters are sent over one connection. */
  int batch();

  /** Sends, reporting each; letters not reported are sent another time. Throws nothing it can report. */
  void send(String target, List<Letter> letters, Report report);
}

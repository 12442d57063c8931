package org.closedloop.benchmark;

import java.sql.SQLException;
import java.time.Instant;

/** A way from deadlines to alerts and messages that go out: the product's sweep, or timers of an engine. */
interface Deadlines {

  String name();

  /** Where its tables {@code alert} and {@code outbox} are. */
  String schema();

  /** How many are ahead. */
  long ahead();

  /** Lets others of them than before fall due, spread over one second; answers how many. */
  int fallDue(int many, Instant from) throws SQLException;

  /** Before deadlines fall due. */
  void begin();

  /** All alerts are there: nothing of this way may still be at work when another one is measured. */
  void end() throws Exception;
}

package org.closedloop.csv;

import java.io.Closeable;

/** A table that is written row by row, so that exports of any size stream. */
public interface TableWriter extends Closeable {

  /** One row; null becomes an empty cell, a {@link java.time.LocalDateTime} a date, everything else its text. */
  void row(Object... cells);

  /** Ends the table; the stream it was written to is left open. */
  @Override
  void close();
}

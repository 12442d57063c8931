package org.closedloop.casefile.export;

import java.util.List;
import java.util.function.Consumer;
import org.closedloop.problem.Words;

/**
 * A list that can go out as a file.
 *
 * @param kind    what it is called in the register of exports
 * @param name    of the file and its sheet
 * @param columns in order
 * @param counted how many rows there are, counted up to the given number
 * @param rows    hands over one row after the other, in one transaction
 */
public record ExportTable(String kind, Words name, List<Column> columns, Counted counted, Rows rows) {

  /** @param width in characters */
  public record Column(Words heading, int width) {

    public static Column of(String zh, String en, int width) {
      return new Column(Words.of(zh, en), width);
    }
  }

  /** Counts no further than that. */
  public interface Counted {
    int upTo(int most);
  }

  /** Reads by a cursor: nothing but the row at hand is in memory. */
  public interface Rows {
    void each(Consumer<Object[]> row);
  }
}

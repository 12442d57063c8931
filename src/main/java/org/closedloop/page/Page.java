package org.closedloop.page;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list: {@code items} and the cursor of the next page, null on the last.
 */
public record Page<T>(List<T> items, String next) {

  /**
   * Cuts a result that was read one row longer than asked: the extra row only says that there is more.
   *
   * @param rows   at most {@code limit + 1} rows, in order
   * @param cursor what the keyset continues from, taken from the last row shown
   */
  public static <T> Page<T> cut(List<T> rows, int limit, Function<T, Cursor> cursor) {
    if (rows.size() <= limit) {
      return new Page<>(rows, null);
    }
    List<T> shown = List.copyOf(rows.subList(0, limit));
    return new Page<>(shown, cursor.apply(shown.get(limit - 1)).text());
  }

  public <R> Page<R> map(Function<T, R> f) {
    return new Page<>(items.stream().map(f).toList(), next);
  }
}

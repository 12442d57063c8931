package org.closedloop.organisation.upkeep;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.closedloop.problem.InvalidInput;

/** One page of a list in memory that is ordered by its key; {@code next} is the key to go on after, null at the end. */
record Page<T>(List<T> items, String next) {

  static final int DEFAULT = 50;
  static final int MOST = 200;

  static <T> Page<T> of(Stream<T> ordered, Function<T, String> key, String after, Integer limit) {
    int size = limit == null ? DEFAULT : limit;
    if (size < 1 || size > MOST) {
      throw InvalidInput.at("limit", "每页条数应为 1–" + MOST + "。", "The limit is 1 to " + MOST + ".");
    }
    var found = ordered.filter(t -> after == null || key.apply(t).compareTo(after) > 0).limit(size + 1L).toList();
    var items = found.subList(0, Math.min(size, found.size()));
    return new Page<>(List.copyOf(items), found.size() > size ? key.apply(items.get(size - 1)) : null);
  }
}

package org.closedloop.worklist;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.closedloop.organisation.Sight;
import org.closedloop.worklist.WorkItemMapper.Counts;
import org.closedloop.worklist.WorkItemMapper.Scope;
import org.springframework.stereotype.Component;

/**
 * How many items of a list show which light. Lists of a thousand and fewer are counted each time; a longer one at most
 * once in two seconds on each node, for everybody who is shown the same list: who asks meanwhile waits for the same count.
 */
@Component
class ListCounts {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final long COUNTED_EACH_TIME = 1_000;

  /** Which list it is; what does not tell one list from another is null. */
  private record Which(Scope scope, ItemFilter filter, Sight sight, String areaPath) {}

  private final WorkItemMapper items;
  private final Cache<Which, Boolean> lengthy = Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(2_000).build();
  private final Cache<Which, Counts> counted = Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(2_000).build();

  ListCounts(WorkItemMapper items) {
    this.items = items;
  }

  Counts of(Scope s, ItemFilter filter, Sight sight, String areaPath, Instant now) {
    Which which = new Which(switch (s.scope()) {
      case "mine" -> new Scope("mine", s.official(), null, s.posts(), s.absent());
      case "unit" -> new Scope("unit", null, s.unit(), s.posts(), List.of());
      default -> new Scope(s.scope(), null, null, null, List.of());
    }, filter.uncut(), "all".equals(s.scope()) ? sight.withoutReporters() : null, areaPath);
    if (lengthy.getIfPresent(which) != null) {
      Counts shared = counted.get(which, w -> items.counts(s, filter, sight, areaPath, now));
      if (shared.all() <= COUNTED_EACH_TIME) {
        lengthy.invalidate(which);
        counted.invalidate(which);
      }
      return shared;
    }
    Counts counts = items.counts(s, filter, sight, areaPath, now);
    if (counts.all() > COUNTED_EACH_TIME) {
      lengthy.put(which, true);
      counted.put(which, counts);
    }
    return counts;
  }
}

package org.closedloop.casefile.nearby;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.closedloop.casefile.category.Categories;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;

/**
 * What was reported of late and where, for everybody: how many of which kind in squares of half a kilometre, and how many
 * of them are still open. Few reports are never shown by themselves: a square with less than {@value #FEWEST} is added to
 * the larger one around it, and left out where that is no more. Made anew at most every ten minutes, so that nobody sees
 * a single report arrive.
 */
@Service
class PublicMap {

  static final int FEWEST = 3;
  /** Squares a degree: about half a kilometre, and about two. */
  private static final int SMALL = 200;
  private static final int LARGE = 50;
  private static final Duration LATELY = Duration.ofDays(90);
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** @param category of the first level */
  record Kind(String category, String name, String nameEn, int cases) {}

  /**
   * @param lng  middle of the square
   * @param side its side in degrees
   * @param kinds the most frequent first
   */
  record Square(double lng, double lat, double side, int cases, int open, List<Kind> kinds) {}

  /** @param days how far it looks back */
  record Shown(OffsetDateTime at, int days, List<Square> squares) {}

  private record Spot(int perDegree, long x, long y) {}

  private final NearbyMapper cases;
  private final Categories categories;
  private final Clock clock;
  private final Cache<Boolean, Shown> made = Caffeine.newBuilder().expireAfterWrite(KEPT).build();

  PublicMap(NearbyMapper cases, Categories categories, Clock clock) {
    this.cases = cases;
    this.categories = categories;
    this.clock = clock;
  }

  Shown now() {
    return made.get(true, k -> make(clock.instant()));
  }

  Shown make(Instant now) {
    Map<Spot, List<NearbyMapper.Counted>> small = new TreeMap<>(PublicMap::order);
    cases.counted(now.minus(LATELY), SMALL)
        .forEach(c -> small.computeIfAbsent(new Spot(SMALL, c.x(), c.y()), s -> new ArrayList<>()).add(c));
    Map<Spot, List<NearbyMapper.Counted>> shown = new TreeMap<>(PublicMap::order);
    small.forEach((spot, found) -> {
      int ratio = SMALL / LARGE;
      Spot at = sum(found) >= FEWEST ? spot
          : new Spot(LARGE, Math.floorDiv(spot.x(), ratio), Math.floorDiv(spot.y(), ratio));
      shown.computeIfAbsent(at, s -> new ArrayList<>()).addAll(found);
    });
    List<Square> squares = shown.entrySet().stream().filter(e -> sum(e.getValue()) >= FEWEST)
        .map(e -> square(e.getKey(), e.getValue())).toList();
    return new Shown(now.truncatedTo(ChronoUnit.MINUTES).atZone(clock.getZone()).toOffsetDateTime(),
        (int) LATELY.toDays(), squares);
  }

  private Square square(Spot at, List<NearbyMapper.Counted> found) {
    Map<String, Integer> kinds = new TreeMap<>();
    found.forEach(c -> kinds.merge(c.kind(), c.cases(), Integer::sum));
    double side = 1.0 / at.perDegree();
    return new Square((at.x() + 0.5) * side, (at.y() + 0.5) * side, side, sum(found),
        found.stream().mapToInt(NearbyMapper.Counted::open).sum(),
        kinds.entrySet().stream().map(k -> kind(k.getKey(), k.getValue()))
            .sorted((a, b) -> Integer.compare(b.cases(), a.cases())).toList());
  }

  private Kind kind(String code, int count) {
    Words name = categories.category(code).map(c -> Words.of(c.name(), c.nameEn())).orElseGet(() -> Words.of(code, code));
    return new Kind(code, name.zh(), name.en(), count);
  }

  private static int sum(List<NearbyMapper.Counted> found) {
    return found.stream().mapToInt(NearbyMapper.Counted::cases).sum();
  }

  private static int order(Spot a, Spot b) {
    int first = Integer.compare(a.perDegree(), b.perDegree());
    int second = first != 0 ? first : Long.compare(a.y(), b.y());
    return second != 0 ? second : Long.compare(a.x(), b.x());
  }
}

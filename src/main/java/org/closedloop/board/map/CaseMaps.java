package org.closedloop.board.map;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.closedloop.board.Lights;
import org.closedloop.board.Links;
import org.closedloop.board.Named;
import org.closedloop.casefile.Bounds;
import org.closedloop.board.OneMoment;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.problem.InvalidInput;
import org.springframework.stereotype.Service;

/**
 * Makes points and clusters: the ground is cut into squares whose size follows the zoom, cases in one square stand
 * together. The same stretch seen by the same sight is counted once in two seconds on each node.
 */
@Service
class CaseMaps {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int ZOOM_MOST = 22;
  /** At zoom 0 the world is one tile of 256 pixels; a square is then 64 degrees, about 45 pixels, wide. */
  private static final int CELL_AT_ZOOM_0 = 6;
  /** Squares across a stretch at most: a wide stretch at a deep zoom is still one answer of bounded size. */
  private static final int SQUARES_ACROSS = 64;

  private final MapMapper places;
  private final Organisation organisation;
  private final Clock clock;
  private final OneMoment oneMoment;
  private final Cache<Asked, CaseMap> made = Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(500).build();

  private record Asked(Sight sight, Bounds bounds, Integer zoom) {}

  private record Cell(long x, long y) {}

  CaseMaps(MapMapper places, Organisation organisation, Clock clock, OneMoment oneMoment) {
    this.places = places;
    this.organisation = organisation;
    this.clock = clock;
    this.oneMoment = oneMoment;
  }

  /**
   * @param zoom of the map shown, 0 (the world) to 22; null: what shows the stretch on about a thousand pixels
   * @throws InvalidInput when the zoom is none
   */
  CaseMap of(Sight sight, Bounds bounds, Integer zoom) {
    if (zoom != null && (zoom < 0 || zoom > ZOOM_MOST)) {
      throw InvalidInput.at("zoom", "缩放级别应为 0 到 " + ZOOM_MOST + "。", "zoom must be between 0 and " + ZOOM_MOST + ".");
    }
    return made.get(new Asked(sight.withoutReporters(), bounds, zoom), this::make);
  }

  private CaseMap make(Asked asked) {
    return oneMoment.read(() -> make(asked.sight(), asked.bounds(), asked.zoom(), clock.instant()));
  }

  private CaseMap make(Sight sight, Bounds bounds, Integer asked, Instant now) {
    double wide = Math.max(bounds.east() - bounds.west(), bounds.north() - bounds.south());
    int zoom = asked != null ? asked
        : (int) Math.max(0, Math.min(ZOOM_MOST, Math.floor(Math.log(4 * 360 / wide) / Math.log(2))));
    double cell = Math.scalb(1.0, CELL_AT_ZOOM_0 - zoom);
    while (wide / cell > SQUARES_ACROSS) {
      cell *= 2;
    }
    Map<Cell, List<MapMapper.Square>> squares = new TreeMap<>(Comparator.comparing(Cell::y).thenComparing(Cell::x));
    places.squares(sight, bounds, cell, now)
        .forEach(s -> squares.computeIfAbsent(new Cell(s.x(), s.y()), c -> new ArrayList<>()).add(s));
    List<String> alone = new ArrayList<>();
    List<CaseMap.Cluster> clusters = new ArrayList<>();
    for (var square : squares.entrySet()) {
      if (square.getValue().size() == 1 && square.getValue().get(0).cases() == 1) {
        alone.add(square.getValue().get(0).number());
      } else {
        clusters.add(cluster(square.getKey(), square.getValue(), cell, bounds));
      }
    }
    List<CaseMap.Point> points = alone.isEmpty() ? List.of() : places.alone(alone, sight, now).stream()
        .map(p -> new CaseMap.Point(p.number(), p.title(), p.lng(), p.lat(), p.light(), p.process(), p.stage()))
        .toList();
    return new CaseMap(now.atZone(clock.getZone()).toOffsetDateTime(), zoom, points, clusters, unplaced(sight, now));
  }

  private static CaseMap.Cluster cluster(Cell at, List<MapMapper.Square> lights, double cell, Bounds asked) {
    Lights sum = Lights.ZERO;
    double lng = 0;
    double lat = 0;
    for (MapMapper.Square s : lights) {
      sum = sum.plus(s.light(), s.cases());
      lng += s.lng() * s.cases();
      lat += s.lat() * s.cases();
    }
    String bbox = new Bounds(at.x() * cell, at.y() * cell, (at.x() + 1) * cell, (at.y() + 1) * cell).within(asked)
        .text();
    return new CaseMap.Cluster(lng / sum.total(), lat / sum.total(), sum.worst(), sum, bbox,
        Links.open("&bbox=" + bbox));
  }

  private List<CaseMap.Unplaced> unplaced(Sight sight, Instant now) {
    Map<String, Lights> areas = new TreeMap<>();
    places.unplaced(sight, now)
        .forEach(a -> areas.merge(a.area(), Lights.ZERO.plus(a.light(), a.cases()), Lights::plus));
    return areas.entrySet().stream().map(a -> new CaseMap.Unplaced(Named.area(organisation, a.getKey()), a.getValue(),
        Links.open("&placed=false&within=false&area=" + a.getKey()))).toList();
  }
}

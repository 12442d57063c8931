package org.closedloop.board.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.closedloop.board.Lights;
import org.closedloop.board.Links;
import org.closedloop.board.Named;
import org.closedloop.casefile.Light;
import org.closedloop.board.OneMoment;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.springframework.stereotype.Service;

/**
 * Counts for boards. However many screens look, the same sight is counted once in two seconds on each node; everybody
 * who sees the same shares the numbers.
 */
@Service
class Boards {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int LONGEST_OVERDUE = 10;
  private static final int MOST_CALLS = 50;

  private final BoardMapper cases;
  private final Organisation organisation;
  private final Clock clock;
  private final OneMoment oneMoment;
  private final Cache<Sight, Board> counted = Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(500).build();

  Boards(BoardMapper cases, Organisation organisation, Clock clock, OneMoment oneMoment) {
    this.cases = cases;
    this.organisation = organisation;
    this.clock = clock;
    this.oneMoment = oneMoment;
  }

  /** The numbers of what this sight covers, at most two seconds old. */
  Board now(Sight sight) {
    // whether reporters may be seen changes no number
    return counted.get(sight.withoutReporters(), this::count);
  }

  Board count(Sight sight) {
    return oneMoment.read(() -> count(sight, clock.instant()));
  }

  private Board count(Sight sight, Instant now) {
    Lights all = Lights.ZERO;
    long whistles = 0;
    Map<String, Board.OfStage> stages = new TreeMap<>();
    Map<String, Lights> units = new TreeMap<>();
    Map<Ground, Lights> areas = new HashMap<>();
    for (BoardMapper.Row row : cases.open(sight, now)) {
      Lights counted = row.lights();
      switch (row.facet()) {
        case "stage" -> {
          all = all.plus(counted);
          whistles += row.process().equals("whistle") ? counted.total() : 0;
          stages.put(row.process() + " " + row.stage(), stage(row, counted));
        }
        case "unit" -> units.merge(row.unit() == null ? "" : row.unit(), counted, Lights::plus);
        default -> areas.merge(below(sight, row.area()), counted, Lights::plus);
      }
    }
    return new Board(local(now), all, Links.open(""), List.copyOf(stages.values()),
        rows(units, Comparator.naturalOrder(), this::unit), rows(areas, Ground.ORDER, this::area), today(sight, now),
        new Board.Whistles(whistles, "/api/cases?open=true&process=whistle",
            cases.calls(sight, MOST_CALLS).stream().map(call -> called(call, now)).toList()),
        new Board.Overdue("/api/cases?open=true&light=red&sort=due",
            cases.overdue(sight, now, LONGEST_OVERDUE).stream().map(this::late).toList()));
  }

  /** Worst first. */
  private static <K, T> List<T> rows(Map<K, Lights> counts, Comparator<K> order, BiFunction<K, Lights, T> row) {
    return counts.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<K, Lights> e) -> -e.getValue().red())
            .thenComparing(e -> -e.getValue().total()).thenComparing(Map.Entry::getKey, order))
        .map(e -> row.apply(e.getKey(), e.getValue())).toList();
  }

  private static Board.OfStage stage(BoardMapper.Row row, Lights lights) {
    return new Board.OfStage(row.process(), row.stage(), lights,
        Links.open("&process=" + row.process() + "&stage=" + row.stage()));
  }

  private Board.OfUnit unit(String code, Lights lights) {
    return new Board.OfUnit(Named.unit(organisation, code), lights,
        Links.open("&unit=" + (code.isEmpty() ? "none" : code)));
  }

  private Board.OfArea area(Ground ground, Lights lights) {
    return new Board.OfArea(Named.area(organisation, ground.area()), ground.itself(), lights,
        Links.open("&area=" + ground.area() + (ground.itself() ? "&within=false" : "")));
  }

  /** A row of the areas: what lies in the area, or only what lies in the area itself and in none of those in it. */
  private record Ground(String area, boolean itself) {

    static final Comparator<Ground> ORDER = Comparator.comparing(Ground::area).thenComparing(Ground::itself);
  }

  /** The area next below the sight's own in which this one lies: the township in a county. */
  private Ground below(Sight sight, String code) {
    String path = organisation.area(code).map(Area::path).orElse("");
    boolean inside = !sight.county() && sight.areaPath() != null && path.startsWith(sight.areaPath());
    String[] codes = path.split("/");
    int level = inside ? sight.areaPath().split("/").length : 1;
    return codes.length > level ? new Ground(codes[level], false) : new Ground(code, true);
  }

  private Board.Today today(Sight sight, Instant now) {
    Instant midnight = LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
    BoardMapper.Today today = cases.today(sight, midnight, now);
    String closed = "/api/cases?open=false&closedFrom=" + midnight;
    return new Board.Today(today.opened(), today.closed(), today.ended(), new Board.TodayLinks(
        "/api/cases?openedFrom=" + midnight, closed + "&stage=closed", closed));
  }

  private Board.Called called(BoardMapper.Call call, Instant now) {
    return new Board.Called(call.number(), call.title(), Named.area(organisation, call.area()),
        Named.unit(organisation, call.unit()), local(call.startedAt()), local(call.dueAt()), local(call.checkedInAt()),
        call.late(), local(call.releasedAt()), call.checkedInAt() != null || call.releasedAt() != null ? Light.NONE
            : Light.of(now, call.warnAt(), call.dueAt(), call.pausedSince()));
  }

  private Board.Late late(BoardMapper.Late late) {
    return new Board.Late(late.number(), late.title(), late.process(), late.stage(),
        Named.unit(organisation, late.unit()), Named.area(organisation, late.area()), local(late.dueAt()));
  }

  private OffsetDateTime local(Instant at) {
    return at == null ? null : at.atZone(clock.getZone()).toOffsetDateTime();
  }
}

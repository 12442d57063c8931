package org.closedloop.board;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.closedloop.board.Board.Lights;
import org.closedloop.board.Board.Named;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.organisation.Unit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts for boards. However many screens look, the same sight is counted once in two seconds on each node; everybody
 * who sees the same shares the numbers.
 */
@Service
class Boards {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final int LONGEST_OVERDUE = 10;
  private static final String NOBODY = "尚未派遣";
  private static final String ELSEWHERE = "未细分区域";

  private final BoardMapper cases;
  private final Organisation organisation;
  private final Clock clock;
  private final TransactionTemplate oneMoment;
  private final Cache<Sight, Board> counted = Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(500).build();

  Boards(BoardMapper cases, Organisation organisation, Clock clock, PlatformTransactionManager transactions) {
    this.cases = cases;
    this.organisation = organisation;
    this.clock = clock;
    // one snapshot, so that the sums of a board agree with each other
    this.oneMoment = new TransactionTemplate(transactions);
    this.oneMoment.setReadOnly(true);
    this.oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.oneMoment.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** The numbers of what this sight covers, at most two seconds old. */
  Board now(Sight sight) {
    // whether reporters may be seen changes no number
    return counted.get(new Sight(sight.county(), sight.areaPath(), sight.units(), false), this::count);
  }

  Board count(Sight sight) {
    return oneMoment.execute(tx -> count(sight, clock.instant()));
  }

  private Board count(Sight sight, Instant now) {
    Lights all = Lights.ZERO;
    long whistles = 0;
    Map<String, Board.OfStage> stages = new TreeMap<>();
    Map<String, Lights> units = new TreeMap<>();
    Map<String, Lights> areas = new TreeMap<>();
    for (BoardMapper.Row row : cases.open(sight, now)) {
      switch (row.facet()) {
        case "stage" -> {
          all = all.plus(row.light(), row.cases());
          whistles += row.process().equals("whistle") ? row.cases() : 0;
          stages.merge(row.process() + " " + row.stage(),
              new Board.OfStage(row.process(), row.stage(), Lights.ZERO.plus(row.light(), row.cases())),
              (a, b) -> new Board.OfStage(a.process(), a.stage(), a.lights().plus(row.light(), row.cases())));
        }
        case "unit" -> add(units, row.unit(), row);
        default -> add(areas, below(sight, row.area()), row);
      }
    }
    Instant midnight = LocalDate.now(clock).atStartOfDay(clock.getZone()).toInstant();
    BoardMapper.Today today = cases.today(sight, midnight, now);
    return new Board(now.atZone(clock.getZone()).toOffsetDateTime(), all, List.copyOf(stages.values()),
        rows(units, this::unit, Board.OfUnit::new), rows(areas, this::area, Board.OfArea::new),
        new Board.Today(today.opened(), today.closed(), today.ended()), whistles,
        cases.overdue(sight, now, LONGEST_OVERDUE).stream().map(late -> new Board.Overdue(late.number(), late.title(),
            late.process(), late.stage(), unit(late.unit()), area(late.area()),
            late.dueAt().atZone(clock.getZone()).toOffsetDateTime())).toList());
  }

  private static void add(Map<String, Lights> counts, String code, BoardMapper.Row row) {
    counts.merge(code == null ? "" : code, Lights.ZERO.plus(row.light(), row.cases()),
        (a, b) -> a.plus(row.light(), row.cases()));
  }

  private static <T> List<T> rows(Map<String, Lights> counts, Function<String, Named> name,
      BiFunction<Named, Lights, T> row) {
    return counts.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Lights> e) -> -e.getValue().red())
            .thenComparing(e -> -e.getValue().total()).thenComparing(Map.Entry::getKey))
        .map(e -> row.apply(name.apply(e.getKey()), e.getValue())).toList();
  }

  /** The area next below the sight's own in which this one lies: the township in a county; null when there is none. */
  private String below(Sight sight, String code) {
    String path = organisation.area(code).map(Area::path).orElse("");
    boolean inside = !sight.county() && sight.areaPath() != null && path.startsWith(sight.areaPath());
    String[] codes = path.split("/");
    int level = inside ? sight.areaPath().split("/").length : 1;
    return codes.length > level ? codes[level] : null;
  }

  private Named unit(String code) {
    return code == null || code.isEmpty() ? new Named(null, NOBODY)
        : new Named(code, organisation.unit(code).map(Unit::name).orElse(code));
  }

  private Named area(String code) {
    return code == null || code.isEmpty() ? new Named(null, ELSEWHERE)
        : new Named(code, organisation.area(code).map(Area::name).orElse(code));
  }
}

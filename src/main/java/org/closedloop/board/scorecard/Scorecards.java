package org.closedloop.board.scorecard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.closedloop.board.Named;
import org.closedloop.board.scorecard.LineMapper.Counted;
import org.closedloop.board.scorecard.Scorecard.Row;
import org.closedloop.casefile.CaseSelection;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.springframework.stereotype.Service;

/**
 * Counts scorecards. Who sees the county is shown all rows; everybody else only what their own units answer for, and
 * which place these have.
 */
@Service
class Scorecards implements CaseSelection {

  static final List<String> BY = List.of("unit", "area", "category");
  private static final String TOTAL = "all";

  private final LineMapper lines;
  private final MonthMapper months;
  private final Weights weights;
  private final Organisation organisation;
  private final Categories categories;
  private final ObjectMapper json;
  private final Clock clock;

  Scorecards(LineMapper lines, MonthMapper months, Weights weights, Organisation organisation, Categories categories,
      ObjectMapper json, Clock clock) {
    this.lines = lines;
    this.months = months;
    this.weights = weights;
    this.organisation = organisation;
    this.categories = categories;
    this.json = json;
    this.clock = clock;
  }

  /** @param by one of {@link #BY} */
  Scorecard of(YearMonth month, String by, Sight reader) {
    MonthMapper.Frozen frozen = months.find(month.atDay(1));
    Scorecard county = frozen == null ? count(month, by, scope(month, null, null), weights.now(), null)
        : frozen(month, by);
    if (reader.county()) {
      return county;
    }
    Scorecard own = count(month, by, scope(month, frozen, reader.units()), county.weights(), null);
    Map<String, Integer> places = new HashMap<>();
    if (by.equals("unit")) {
      county.items().stream().filter(r -> r.rank() != null).forEach(r -> places.put(r.key(), r.rank()));
    }
    return new Scorecard(county.month(), by, county.frozenAt(), county.hash(), county.weights(), county.ranked(),
        own.total(), own.items().stream().map(r -> new Row(r.key(), r.name(), r.rates(), r.suspended(), r.cards(),
            r.marks(), r.score(), places.get(r.key()))).toList());
  }

  @Override
  public List<String> numbers(String selector, Sight reader) {
    Behind behind = Behind.of(selector);
    LineMapper.Scope scope = scope(behind.month(), months.find(behind.month().atDay(1)),
        reader.county() ? null : reader.units());
    return lines.numbers(scope, behind.by(), behind.key(), behind.rate().key(), behind.met());
  }

  /** The county's scorecard as the lines of a month say it that has just been frozen. */
  Scorecard toFreeze(YearMonth month, String by, MonthMapper.Frozen frozen) {
    return count(month, by, scope(month, frozen, null), weights.now(), local(frozen.frozenAt()));
  }

  /** From local midnight to local midnight, as the records say it now. */
  LineMapper.Scope scope(YearMonth month, MonthMapper.Frozen frozen, List<String> units) {
    return new LineMapper.Scope(frozen == null ? null : frozen.month(), midnight(month.atDay(1)),
        midnight(month.plusMonths(1).atDay(1)), clock.instant(), units);
  }

  private Instant midnight(LocalDate day) {
    return day.atStartOfDay(clock.getZone()).toInstant();
  }

  private Scorecard frozen(YearMonth month, String by) {
    MonthMapper.Snapshot kept = months.snapshot(month.atDay(1), by);
    try {
      Scorecard card = json.readValue(kept.body(), Scorecard.class);
      return new Scorecard(card.month(), card.by(), local(card.frozenAt().toInstant()), kept.hash(), card.weights(),
          card.ranked(), card.total(), card.items());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the frozen scorecard of " + month + " by " + by + " cannot be read", e);
    }
  }

  private Scorecard count(YearMonth month, String by, LineMapper.Scope scope, Map<String, Integer> weighed,
      OffsetDateTime frozenAt) {
    Map<String, Map<Rate, Counted>> rows = new TreeMap<>();
    Map<Rate, Counted> total = new HashMap<>();
    for (Counted c : lines.count(scope, by)) {
      (c.facet().equals(TOTAL) ? total : rows.computeIfAbsent(c.key(), k -> new HashMap<>())).put(Rate.of(c.rate()), c);
    }
    List<Row> items = ranked(rows.entrySet().stream()
        .map(r -> row(month, by, r.getKey(), name(by, r.getKey()), r.getValue(), weighed)).toList());
    return new Scorecard(month.toString(), by, frozenAt, null, weighed,
        (int) items.stream().filter(r -> r.rank() != null).count(),
        row(month, TOTAL, TOTAL, "合计", total, weighed), items);
  }

  /** Best first; equal scores share a place, and the rows without one come last. */
  private static List<Row> ranked(List<Row> rows) {
    List<Row> sorted = rows.stream().sorted(Comparator
        .comparing(Row::score, Comparator.nullsLast(Comparator.reverseOrder())).thenComparing(Row::key)).toList();
    Map<Double, Integer> places = new HashMap<>();
    for (int i = 0; i < sorted.size(); i++) {
      places.putIfAbsent(sorted.get(i).score(), i + 1);
    }
    return sorted.stream().map(r -> new Row(r.key(), r.name(), r.rates(), r.suspended(), r.cards(), r.marks(),
        r.score(), r.score() == null ? null : places.get(r.score()))).toList();
  }

  private String name(String by, String key) {
    if (key.equals("none")) {
      return by.equals("unit") ? Named.unit(organisation, null).name() : "未填写";
    }
    return switch (by) {
      case "unit" -> Named.unit(organisation, key).name();
      case "area" -> Named.area(organisation, key).name();
      default -> categories.category(key).map(Category::name).orElse(key);
    };
  }

  private static Row row(YearMonth month, String by, String key, String name, Map<Rate, Counted> counted,
      Map<String, Integer> weighed) {
    Map<String, Scorecard.Share> rates = new LinkedHashMap<>();
    for (Rate rate : Rate.RATES) {
      Counted c = counted.get(rate);
      long met = c == null ? 0 : c.met();
      long due = c == null ? 0 : c.cases();
      rates.put(rate.key(), new Scorecard.Share(met, due, due == 0 ? null : Math.round(1e4 * met / due) / 1e4,
          new Scorecard.ShareLinks(new Behind(month, by, key, rate, true).link(),
              new Behind(month, by, key, rate, false).link())));
    }
    Counted marks = counted.get(Rate.MARKS);
    return new Row(key, name, rates, cases(month, by, key, Rate.SUSPENDED, counted),
        new Scorecard.Cards(cases(month, by, key, Rate.YELLOW_CARD, counted),
            cases(month, by, key, Rate.RED_CARD, counted)),
        new Scorecard.Marks(marks == null ? 0 : marks.marks(), marks == null ? null : two(marks.arrival()),
            marks == null ? null : two(marks.effort()), marks == null ? null : two(marks.result()),
            cases(month, by, key, Rate.MARKS, counted)),
        score(rates, weighed), null);
  }

  private static Scorecard.Count cases(YearMonth month, String by, String key, Rate rate, Map<Rate, Counted> counted) {
    Counted c = counted.get(rate);
    return new Scorecard.Count(c == null ? 0 : c.cases(), new Behind(month, by, key, rate, false).link());
  }

  private static Double two(Double mean) {
    return mean == null ? null : Math.round(100 * mean) / 100.0;
  }

  private static Double score(Map<String, Scorecard.Share> rates, Map<String, Integer> weighed) {
    Map<String, Integer> telling = weighed.entrySet().stream()
        .filter(w -> w.getValue() > 0 && rates.get(w.getKey()).denominator() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    int together = telling.values().stream().mapToInt(w -> w).sum();
    if (together == 0) {
      return null;
    }
    double sum = telling.entrySet().stream().mapToDouble(w -> w.getValue()
        * (double) rates.get(w.getKey()).numerator() / rates.get(w.getKey()).denominator()).sum();
    return Math.round(1e4 * sum / together) / 100.0;
  }

  private OffsetDateTime local(Instant at) {
    return at.atZone(clock.getZone()).toOffsetDateTime();
  }
}

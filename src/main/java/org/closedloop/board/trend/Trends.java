package org.closedloop.board.trend;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.closedloop.board.OneMoment;
import org.closedloop.organisation.Sight;
import org.closedloop.problem.InvalidInput;
import org.springframework.stereotype.Service;

/** Counts trends. The same stretch of the same sight is counted once in half a minute on each node. */
@Service
class Trends {

  static final int MOST_DAYS = 92;
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final TrendMapper cases;
  private final Clock clock;
  private final OneMoment oneMoment;
  private final Cache<Asked, Trend> counted = Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(500).build();

  /** The day is part of what is asked: a moved clock is not answered with yesterday. */
  private record Asked(Sight sight, LocalDate today, int days) {}

  Trends(TrendMapper cases, Clock clock, OneMoment oneMoment) {
    this.cases = cases;
    this.clock = clock;
    this.oneMoment = oneMoment;
  }

  /** @throws InvalidInput unless it is 1 to {@link #MOST_DAYS} days */
  Trend of(Sight sight, int days) {
    if (days < 1 || days > MOST_DAYS) {
      throw InvalidInput.at("days", "天数应为 1 到 " + MOST_DAYS + "。", "days must be between 1 and " + MOST_DAYS + ".");
    }
    return counted.get(new Asked(sight.withoutReporters(), LocalDate.now(clock), days), this::count);
  }

  Trend count(Sight sight, int days) {
    return count(new Asked(sight, LocalDate.now(clock), days));
  }

  private Trend count(Asked asked) {
    Instant now = clock.instant();
    LocalDate first = asked.today().minusDays(asked.days() - 1L);
    Map<LocalDate, TrendMapper.Day> happened = oneMoment
        .read(() -> cases.days(asked.sight(), midnight(first), now, clock.getZone().getId()))
        .stream().collect(Collectors.toMap(TrendMapper.Day::date, Function.identity()));
    List<Trend.Day> days = first.datesUntil(asked.today().plusDays(1)).map(date -> day(date, happened.get(date))).toList();
    return new Trend(now.atZone(clock.getZone()).toOffsetDateTime(), days);
  }

  private Trend.Day day(LocalDate date, TrendMapper.Day happened) {
    Instant from = midnight(date);
    Instant to = midnight(date.plusDays(1));
    String ended = "/api/cases?open=false&closedFrom=" + from + "&closedTo=" + to;
    return new Trend.Day(date, happened == null ? 0 : happened.opened(), happened == null ? 0 : happened.closed(),
        happened == null ? 0 : happened.ended(),
        new Trend.DayLinks("/api/cases?openedFrom=" + from + "&openedTo=" + to, ended + "&stage=closed", ended));
  }

  private Instant midnight(LocalDate day) {
    return day.atStartOfDay(clock.getZone()).toInstant();
  }
}

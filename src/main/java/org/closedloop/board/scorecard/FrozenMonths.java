package org.closedloop.board.scorecard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Forbidden;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Freezes months that are over: what each number counted is kept, and the county's cards as they were. Nothing that
 * happens to the cases afterwards changes it, and a frozen month is not frozen again.
 */
@Service
class FrozenMonths {

  private final MonthMapper months;
  private final LineMapper lines;
  private final Scorecards scorecards;
  private final ObjectMapper json;
  private final Me me;
  private final Clock clock;

  FrozenMonths(MonthMapper months, LineMapper lines, Scorecards scorecards, ObjectMapper json, Me me, Clock clock) {
    this.months = months;
    this.lines = lines;
    this.scorecards = scorecards;
    this.json = json;
    this.me = me;
    this.clock = clock;
  }

  /** {@code hash} by kind of card. */
  record Freeze(String month, OffsetDateTime frozenAt, String frozenBy, List<Print> hashes) {}

  record Print(String by, String hash) {}

  /**
   * @throws Forbidden for everybody but the supervisors of the command centre
   * @throws Conflict  {@code month-running}: it is not over; {@code month-frozen}: it was frozen before
   */
  @Transactional
  Freeze freeze(YearMonth month) {
    Official by = me.current();
    if (!by.holds(Post.SUPERVISOR) || by.unit().kind() != UnitKind.COMMAND_CENTRE) {
      throw new Forbidden("只有指挥中心督办人员可以封存考评月份。", "Only supervisors of the command centre may freeze a month.");
    }
    if (!month.isBefore(YearMonth.now(clock))) {
      throw new Conflict("month-running", "该月尚未结束，下月一日起可以封存。", "The month is not over; it can be frozen from the first of the next.");
    }
    if (!keep(month, by.username())) {
      OffsetDateTime at = local(months.find(month.atDay(1)).frozenAt());
      throw new Conflict("month-frozen", "该月已于 " + at.toLocalDate() + " 封存，不能再次封存。",
          "The month was frozen on " + at.toLocalDate() + " and cannot be frozen again.");
    }
    MonthMapper.Frozen frozen = months.find(month.atDay(1));
    return new Freeze(month.toString(), local(frozen.frozenAt()), frozen.frozenBy(), Scorecards.BY.stream()
        .map(kind -> new Print(kind, months.snapshot(month.atDay(1), kind).hash())).toList());
  }

  /**
   * The months that are to be frozen by now: those that are over, from the rule's day of the next month on.
   *
   * @return oldest first
   */
  List<YearMonth> due() {
    LocalDate first = months.firstCase();
    if (first == null) {
      return List.of();
    }
    MonthMapper.Rule rule = months.rule();
    LocalDate today = LocalDate.now(clock);
    YearMonth last = YearMonth.from(today).minusMonths(today.getDayOfMonth() >= rule.freezeDay() ? 1 : 2);
    YearMonth month = last.minusMonths(rule.monthsBack() - 1L);
    month = month.isBefore(YearMonth.from(first)) ? YearMonth.from(first) : month;
    List<YearMonth> due = new ArrayList<>();
    for (; !month.isAfter(last); month = month.plusMonths(1)) {
      if (months.find(month.atDay(1)) == null) {
        due.add(month);
      }
    }
    return due;
  }

  /** By itself; false when another node was faster. */
  @Transactional
  boolean freezeDue(YearMonth month) {
    return keep(month, null);
  }

  private boolean keep(YearMonth month, String by) {
    Instant now = clock.instant();
    // first the row of the month: a second node waits here, and then finds it done
    if (months.add(month.atDay(1), now, by) == 0) {
      return false;
    }
    lines.freeze(month.atDay(1), scorecards.scope(month, null, null));
    MonthMapper.Frozen frozen = months.find(month.atDay(1));
    try {
      for (String kind : Scorecards.BY) {
        months.keep(month.atDay(1), kind, json.writeValueAsString(scorecards.toFreeze(month, kind, frozen)));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a scorecard is not JSON", e);
    }
    return true;
  }

  private OffsetDateTime local(Instant at) {
    return at.atZone(clock.getZone()).toOffsetDateTime();
  }
}

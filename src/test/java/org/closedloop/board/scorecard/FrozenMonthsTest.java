package org.closedloop.board.scorecard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.closedloop.LiveApp;
import org.closedloop.casefile.category.Categories;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** When a month is over, and when it freezes by itself: by local days, whatever the hour in Greenwich. */
@LiveApp
@Transactional
class FrozenMonthsTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Sight COUNTY = new Sight(true, null, List.of(), false);

  @Autowired MonthMapper months;
  @Autowired LineMapper lines;
  @Autowired Weights weights;
  @Autowired Organisation organisation;
  @Autowired Categories categories;
  @Autowired ObjectMapper json;
  @Autowired Me me;
  @Autowired JdbcClient sql;

  private Scorecards scorecards;

  private FrozenMonths at(String local) {
    return at(LocalDateTime.parse(local).atZone(ZONE).toInstant());
  }

  private FrozenMonths at(Instant now) {
    Clock clock = Clock.fixed(now, ZONE);
    scorecards = new Scorecards(lines, months, weights, organisation, categories, json, clock);
    return new FrozenMonths(months, lines, scorecards, json, me, clock);
  }

  private void firstCase(YearMonth month) {
    new Records(sql, month).open("first");
  }

  @ParameterizedTest
  @CsvSource({"1993-04-04T23:59:59,1993-02", "1993-04-05T00:00:00,1993-03", "1993-04-30T12:00:00,1993-03",
      "1993-05-01T00:00:00,1993-03", "1993-05-05T07:59:00,1993-04"})
  void theMonthBeforeFreezesOnTheFifthLocalDay(String now, YearMonth last) {
    firstCase(YearMonth.of(1992, 12));
    List<YearMonth> due = at(now).due();
    assertThat(due).startsWith(YearMonth.of(1992, 12)).endsWith(last).isSorted();
  }

  @Test
  void theDayIsDataAndLongAgoStaysOpen() {
    firstCase(YearMonth.of(1990, 1));
    assertThat(at("1993-04-05T00:00:00").due()).hasSize(12).startsWith(YearMonth.of(1992, 4));
    sql.sql("update scorecard_rule set freeze_day = 10, months_back = 2").update();
    assertThat(at("1993-04-09T23:59:00").due()).containsExactly(YearMonth.of(1993, 1), YearMonth.of(1993, 2));
    assertThat(at("1993-04-10T00:00:00").due()).containsExactly(YearMonth.of(1993, 2), YearMonth.of(1993, 3));
  }

  @Test
  void aMonthFreezesOnceWhicheverNodeIsFaster() {
    YearMonth march = YearMonth.of(1993, 3);
    firstCase(march);
    FrozenMonths one = at("1993-04-05T00:00:00");
    FrozenMonths other = at("1993-04-05T00:00:01");
    assertThat(one.freezeDue(march)).isTrue();
    assertThat(other.freezeDue(march)).isFalse();
    assertThat(other.due()).isEmpty();
    assertThat(scorecards.of(march, "unit", COUNTY).frozenAt()).hasToString("1993-04-05T00:00+08:00");
    assertThat(months.find(march.atDay(1)).frozenBy()).isNull();
  }

  @Test
  void aDeadlineBelongsToTheLocalMonthAndCountsOnceItIsDecided() {
    YearMonth march = YearMonth.of(1993, 3);
    Records records = new Records(sql, march);
    // the last second of the month here is still the afternoon before in Greenwich
    records.open("last").stage("accept", "140929-cc", 31.99999, 30).running("handle", "140929-ga", 40);
    records.open("next").stage("accept", "140929-cc", 32, 30).running("handle", "140929-ga", 41);
    records.open("open").running("accept", "140929-cc", 20);
    at("1993-03-19T12:00:00");
    assertThat(response(march)).isEqualTo("1/1");
    at("1993-03-20T00:00:00");
    assertThat(response(march)).isEqualTo("1/2");
    assertThat(response(YearMonth.of(1993, 4))).isEqualTo("1/1");
  }

  @Test
  void aClockStoppedWithinTheMonthIsNotDueAndOneStoppedAfterItIs() {
    YearMonth march = YearMonth.of(1993, 3);
    Records records = new Records(sql, march);
    records.open("stopped").stopped("handle", "140929-ga", 20, 31.9);
    records.open("stopped later").stopped("handle", "140929-ga", 20, 33);
    at("1993-04-04T12:00:00");
    Scorecard card = scorecards.of(march, "unit", COUNTY);
    assertThat(card.total().suspended().cases()).isEqualTo(1);
    assertThat(card.total().rates().get("on-time").denominator()).isEqualTo(1);
    assertThat(card.total().rates().get("on-time").numerator()).isZero();
  }

  private String response(YearMonth month) {
    Scorecard.Share share = scorecards.of(month, "unit", COUNTY).total().rates().get("response");
    return share.numerator() + "/" + share.denominator();
  }
}

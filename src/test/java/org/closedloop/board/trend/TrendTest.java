package org.closedloop.board.trend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.board.DrillDown;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trend counts by the county's days what one may see, and every number opens the cases it counted. */
@LiveApp
class TrendTest {

  @Autowired Trends trends;
  @Autowired CaseRegister register;
  @Autowired JdbcClient sql;
  @Autowired Clock clock;
  @Autowired Caller caller;

  /** A unit of this test alone: its sight sees only the cases made here. */
  private final String unit = "test-" + UUID.randomUUID();

  private void open(Instant openedAt, Instant closedAt, String stage) {
    String number = register.open(new NewCase("case-handling", "citizen-page", "趋势中的案件", "说明", null, "140929100", null,
        null, "ordinary", new Reporter(null, null, true), null), null, Map.of()).number();
    register.concerns(number, unit, "lead");
    sql.sql("update case_file set opened_at = ?, closed_at = ?, open = ?, stage = ? where number = ?")
        .params(openedAt.atOffset(ZoneOffset.UTC), closedAt == null ? null : closedAt.atOffset(ZoneOffset.UTC),
            closedAt == null, stage, number).update();
  }

  @Test
  void casesAreCountedOnTheLocalDayOnWhichTheyCameAndWent() {
    LocalDate today = LocalDate.now(clock);
    Instant midnight = today.atStartOfDay(clock.getZone()).toInstant();
    open(midnight, null, "accept");
    open(midnight.minusMillis(1), midnight, "closed");
    open(midnight.minus(Duration.ofDays(1)), midnight.minusMillis(1), "refused");
    open(midnight.minus(Duration.ofDays(3)), null, "handle");

    Trend trend = trends.count(new Sight(false, null, List.of(unit), false), 3);
    assertThat(trend.days()).extracting(Trend.Day::date)
        .containsExactly(today.minusDays(2), today.minusDays(1), today);
    assertThat(trend.days()).extracting(Trend.Day::opened).containsExactly(0L, 2L, 1L);
    assertThat(trend.days()).extracting(Trend.Day::closed).containsExactly(0L, 0L, 1L);
    assertThat(trend.days()).extracting(Trend.Day::ended).containsExactly(0L, 1L, 1L);
  }

  @Test
  void everyNumberOpensToTheCasesItCounted() {
    open(clock.instant().minus(Duration.ofDays(40)), clock.instant().minus(Duration.ofDays(39)), "closed");
    Caller reader = caller.as("countyleader");
    JsonNode days = reader.get("/api/board/trend?days=60").expect(200).json().path("days");
    assertThat(days).hasSize(60);
    int opened = 0;
    for (JsonNode day : days) {
      for (String what : List.of("opened", "closed", "ended")) {
        // days that are over change no more; others open cases while this test looks
        if (day.path(what).asInt() > 0 && day.path("date").asText().compareTo(LocalDate.now(clock).minusDays(30).toString()) < 0) {
          assertThat(DrillDown.open(reader, day.path("links").path(what).asText())).hasSize(day.path(what).asInt());
          opened++;
        }
      }
    }
    assertThat(opened).isGreaterThanOrEqualTo(3);
  }

  @Test
  void asManyDaysAsFitAreAnswered() {
    assertThat(caller.as("supervisor").get("/api/board/trend").expect(200).json().path("days")).hasSize(30);
    caller.as("supervisor").get("/api/board/trend?days=0").expect(422);
    caller.as("supervisor").get("/api/board/trend?days=93").expect(422);
    caller.get("/api/board/trend").expect(401);
  }
}

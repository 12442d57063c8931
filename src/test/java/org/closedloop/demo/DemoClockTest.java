package org.closedloop.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@LiveApp
class DemoClockTest {

  @Autowired Caller caller;
  @Autowired Clock clock;
  @Autowired DataSource dataSource;

  @Test
  void anAdministratorMovesTheTimeOfApplicationAndEngine() {
    Instant before = clock.instant();
    OffsetDateTime now = OffsetDateTime.parse(caller.as("admin").post("/api/demo/clock", Map.of("advance", "PT3S"))
        .expect(200).json().path("now").asText());
    assertThat(now.toInstant()).isBetween(before.plusSeconds(3), before.plusSeconds(60));
    assertThat(now.getOffset().getId()).isEqualTo("+08:00");
    assertThat(clock.instant()).isAfterOrEqualTo(now.toInstant());
    assertThat(ClockUtil.getCurrentTime().toInstant()).isCloseTo(clock.instant(), within(5, ChronoUnit.SECONDS));
    assertThat(clock.withZone(java.time.ZoneOffset.UTC).instant()).isCloseTo(clock.instant(), within(1, ChronoUnit.SECONDS));
  }

  @Test
  void whatAnotherNodeDidIsFollowedWithinSeconds() {
    Instant before = clock.instant();
    new JdbcTemplate(dataSource).update("update demo_clock set ahead_ms = ahead_ms + 600000");
    await().atMost(Duration.ofSeconds(10)).until(() -> clock.instant().isAfter(before.plusSeconds(599)));
    assertThat(ClockUtil.getCurrentTime().toInstant()).isCloseTo(clock.instant(), within(5, ChronoUnit.SECONDS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-PT1H", "PT0S", "P401D", "tomorrow", "", "P1M", "PT999999999999H"})
  void timeNeverGoesBackNorTooFar(String advance) {
    long before = new JdbcTemplate(dataSource).queryForObject("select ahead_ms from demo_clock", Long.class);
    assertThat(caller.as("admin").post("/api/demo/clock", Map.of("advance", advance)).expect(422).json()
        .path("errors").path(0).path("field").asText()).isEqualTo("advance");
    caller.as("admin").post("/api/demo/clock", "{}").expect(422);
    assertThat(new JdbcTemplate(dataSource).queryForObject("select ahead_ms from demo_clock", Long.class))
        .isEqualTo(before);
  }

  @Test
  void nobodyElseMovesIt() {
    caller.as("dispatcher1").post("/api/demo/clock", Map.of("advance", "PT1S")).expect(403);
    // without a log-in, the missing CSRF token is noticed first
    assertThat(caller.post("/api/demo/clock", Map.of("advance", "PT1S")).status()).isIn(401, 403);
  }
}

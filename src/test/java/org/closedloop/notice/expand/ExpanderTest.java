package org.closedloop.notice.expand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.closedloop.LiveApp;
import org.closedloop.notice.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@LiveApp
class ExpanderTest {

  /** A Tuesday in a year without holiday notices, years away from what the application's own worker looks at. */
  private static final Instant DAY = OffsetDateTime.parse("2035-05-15T10:00:00+08:00").toInstant();
  private static final Instant NIGHT = OffsetDateTime.parse("2035-05-15T23:00:00+08:00").toInstant();
  private static final Instant MORNING = OffsetDateTime.parse("2035-05-16T07:00:00+08:00").toInstant();

  @Autowired private ApplicationContext beans;
  @Autowired private Outbox outbox;
  @Autowired private JdbcClient database;

  private final String key = "test/" + UUID.randomUUID();

  @BeforeEach
  void nobodyHasAnAddress() {
    database.sql("delete from official_contact").update();
  }

  @Test
  void whoHoldsTheItemIsTold() {
    tell(DAY, "urged", "140929-ga", "ga.handler2", Map.of());
    assertThat(told()).containsExactly("ga.handler2");
  }

  @Test
  void whileNobodyHoldsItAllWhoMayTakeItAre() {
    tell(DAY, "urged", "140929-ga", null, Map.of());
    assertThat(told()).containsExactly("ga.handler", "ga.handler2");
  }

  @Test
  void theWorkersOfACommandCentreAreItsDispatchersUnlessThePostIsNamed() {
    tell(DAY, "urged", "140929-cc", null, Map.of());
    assertThat(told()).contains("dispatcher1").doesNotContain("verifier1", "admin");
  }

  @Test
  void thePostThatHasToActIsTold() {
    tell(DAY, "urged", "140929-cc", null, Map.of("post", "verifier"));
    assertThat(told()).contains("verifier1").doesNotContain("dispatcher1");
  }

  @Test
  void aRedCardReachesTheLeadersOfTheUnitAndOfTheCounty() {
    tell(DAY, "alert.red-card", "140929-ga", "ga.handler", Map.of());
    assertThat(told()).contains("ga.leader", "countyleader", "supervisor").doesNotContain("ga.handler");
  }

  @Test
  void aUnitWithoutALeaderHasThatOfTheUnitAbove() {
    tell(DAY, "whistle.no-show", "14092910000101", null, Map.of());
    assertThat(told()).contains("140929100.leader");
  }

  @Test
  void nothingIsToldToNobody() {
    tell(DAY, "alert.overdue", "999999-gone", "no.such.person", Map.of());
    assertThat(told()).contains("dutyleader", "supervisor");
  }

  @Test
  void anEventWithAnUnknownTopicIsStillTold() {
    tell(DAY, "nobody-wrote-words-for-this", "140929-ga", null, Map.of());
    assertThat(told()).contains("dutyleader", "supervisor");
  }

  @Test
  void mailIsPlannedOnlyForThoseWithAnAddress() {
    address("ga.handler", "ga.handler@example.org");
    tell(DAY, "urged", "140929-ga", null, Map.of());
    assertThat(told()).containsExactly("ga.handler", "ga.handler2");
    assertThat(planned()).containsExactly("ga.handler mail waiting " + DAY);
  }

  @Test
  void atNightAReminderWaitsForTheMorning() {
    address("ga.handler", "ga.handler@example.org");
    tell(NIGHT, "urged", "140929-ga", "ga.handler", Map.of());
    assertThat(planned()).containsExactly("ga.handler mail deferred " + MORNING);
  }

  @Test
  void aNoShowReachesTheLeaderAtNight() {
    address("ga.leader", "ga.leader@example.org");
    tell(NIGHT, "whistle.no-show", "140929-ga", null, Map.of());
    assertThat(planned()).containsExactly("ga.leader mail waiting " + NIGHT);
  }

  @Test
  void whatALeaderMaySleepOverIsCollected() {
    address("ga.leader", "ga.leader@example.org");
    tell(NIGHT, "alert.overdue", "140929-ga", "ga.handler2", Map.of());
    assertThat(planned()).containsExactly("ga.leader mail collected " + MORNING);
  }

  @Test
  void bySunlightTheSameGoesAtOnceButASupervisorsCopyIsAlwaysCollected() {
    address("ga.leader", "ga.leader@example.org");
    address("supervisor", "supervisor@example.org");
    tell(DAY, "alert.overdue", "140929-ga", "ga.handler2", Map.of());
    assertThat(planned()).containsExactlyInAnyOrder("ga.leader mail waiting " + DAY,
        "supervisor mail collected " + MORNING);
  }

  @Test
  void ownQuietHoursHoldExceptForWhatIsAlwaysSent() {
    address("zrzy.leader", "zrzy.leader@example.org");
    database.sql("update official_contact set quiet_from = '09:00', quiet_to = '11:00' where username = 'zrzy.leader'")
        .update();
    tell(DAY, "whistle.called", "140929-zrzy", null, Map.of());
    assertThat(planned()).containsExactly("zrzy.leader mail deferred " + DAY.plusSeconds(3600));
  }

  private void tell(Instant at, String topic, String unit, String official, Map<String, ?> data) {
    new TestExpander(beans, at, "mail").tell(() -> outbox.add(topic, "K1", unit, official, data, key));
  }

  private void address(String username, String email) {
    database.sql("""
        insert into official_contact (username, email) values (?, ?)
        on conflict (username) do update set email = excluded.email
        """).params(username, email).update();
  }

  private Set<String> told() {
    return new TreeSet<>(database.sql("""
        select n.recipient from notice n join outbox o on o.id = n.outbox_id where o.dedupe_key = ?
        """).param(key).query(String.class).list());
  }

  private Set<String> planned() {
    return new TreeSet<>(database.sql("""
        select d.recipient, d.target, d.status, d.open_at from delivery d join outbox o on o.id = d.outbox_id
        where o.dedupe_key = ?
        """).param(key).query((rs, n) -> rs.getString(1) + " " + rs.getString(2) + " " + rs.getString(3) + " "
        + rs.getObject(4, OffsetDateTime.class).toInstant()).list());
  }
}

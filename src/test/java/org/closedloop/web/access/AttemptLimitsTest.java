package org.closedloop.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Attempts are counted for all nodes together, per address and per account. */
@LiveApp
class AttemptLimitsTest {

  @Autowired private DataSource dataSource;
  @Autowired private JdbcClient database;

  private AttemptLimits node1;
  private AttemptLimits node2;
  private final String address = "2001:db8:" + hex() + ":" + hex() + "::";
  private final String username = UUID.randomUUID().toString();

  @BeforeEach
  void twoNodesOnOneDatabase() {
    node1 = new AttemptLimits(dataSource, 3, false);
    node2 = new AttemptLimits(dataSource, 3, false);
  }

  @Test
  void aReporterIsStoppedWhicheverNodeAnswers() {
    node1.countReporter(address + "1");
    node2.countReporter(address + "1");
    node1.countReporter(address + "1");
    assertThatThrownBy(() -> node2.countReporter(address + "1")).isInstanceOfSatisfying(TooManyAttempts.class,
        t -> assertThat(t.retryAfter().orElseThrow().toSeconds()).isBetween(1L, 60L));
  }

  @Test
  void aHouseholdOfManyIpv6AddressesCountsAsOneAndItsNeighbourDoesNot() {
    IntStream.range(0, 3).forEach(i -> node1.countReporter(address + i));
    assertThatThrownBy(() -> node1.countReporter(address + "99")).isInstanceOf(TooManyAttempts.class);
    node1.countReporter("2001:db8:" + hex() + ":1::1");
  }

  @Test
  void failuresOfAnAccountAreCountedOnBothNodesAndSuccessesOnNeither() {
    for (int i = 0; i < 20; i++) {
      var attempt = (i % 2 == 0 ? node1 : node2).logIn(username, address);
      attempt.begin();
      attempt.succeeded();
    }
    for (int i = 0; i < 5; i++) {
      (i % 2 == 0 ? node1 : node2).logIn(username, address).begin();
    }
    assertThatThrownBy(() -> node1.logIn(username, address).begin()).isInstanceOfSatisfying(TooManyAttempts.class,
        t -> assertThat(t.retryAfter().orElseThrow().toMinutes()).isLessThanOrEqualTo(15));
    node2.logIn(username, "192.0.2." + ThreadLocalRandom.current().nextInt(256)).begin();
    node2.logIn("somebody else", address).begin();
  }

  @Test
  void theTableTellsNobodyWhoTriedFromWhere() {
    node1.logIn(username, address).begin();
    assertThat(database.sql("select id from attempt_bucket").query(String.class).list()).isNotEmpty()
        .allMatch(id -> id.matches("[0-9a-f]{32}"));
  }

  private static String hex() {
    return Integer.toHexString(ThreadLocalRandom.current().nextInt(1, 0x10000));
  }
}

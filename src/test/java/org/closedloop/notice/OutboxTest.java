package org.closedloop.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@LiveApp
class OutboxTest {

  @Autowired private Outbox outbox;
  @Autowired private JdbcClient database;
  @Autowired private TransactionTemplate transaction;

  private final String key = "test/" + UUID.randomUUID();

  @Test
  void anEventIsToldOnceHoweverOftenItIsWritten() {
    for (int i = 0; i < 3; i++) {
      transaction.executeWithoutResult(tx -> outbox.add("urged", "K1", "140929-ga", null, Map.of("note", "快"), key));
    }

    assertThat(written()).isEqualTo(1);
  }

  @Test
  void whatIsRolledBackIsNotTold() {
    transaction.executeWithoutResult(tx -> {
      outbox.add("urged", "K1", "140929-ga", null, null, key);
      tx.setRollbackOnly();
    });

    assertThat(written()).isZero();
  }

  @Test
  void withoutATransactionNothingCanBeTold() {
    assertThatThrownBy(() -> outbox.add("urged", "K1", "140929-ga", null, null, key))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void aKeyThatCannotTravelInAHeaderIsRefused() {
    assertThatThrownBy(() -> transaction.executeWithoutResult(
        tx -> outbox.add("urged", null, null, null, null, "two\r\nlines")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private int written() {
    return database.sql("select count(*) from outbox where dedupe_key = ?").param(key).query(Integer.class).single();
  }
}

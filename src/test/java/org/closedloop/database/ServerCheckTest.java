package org.closedloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Servers the product must refuse, each with words that say what to do. */
class ServerCheckTest {

  static EmbeddedServer embedded;

  @BeforeAll
  static void start() throws Exception {
    embedded = EmbeddedServer.start(TestDatabaseFolder.fresh());
    try (Connection connection = DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + embedded.port() + "/postgres", "postgres", embedded.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database c_locale template template0 locale_provider libc locale 'C' "
          + "encoding 'UTF8' owner closedloop");
      statement.execute("create database ascii template template0 locale_provider libc locale 'C' "
          + "encoding 'SQL_ASCII' owner closedloop");
      statement.execute("create database foreign_owner");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    embedded.close();
  }

  @Test
  void theEmbeddedServerIsFit() {
    assertThatCode(() -> ServerCheck.check(embedded.server())).doesNotThrowAnyException();
  }

  @Test
  void aLocaleThatDoesNotKnowChineseIsRefusedNamingTheOptionsOfInitdb() {
    DatabaseUnusable refusal = refusal("c_locale");
    assertThat(refusal.fact().zh()).contains("pg_trgm");
    assertThat(refusal.cure().en()).contains("--locale-provider=icu --icu-locale=zh-CN --locale=C.UTF-8 --encoding=UTF8");
  }

  @Test
  void anEncodingOtherThanUtf8IsRefused() {
    DatabaseUnusable refusal = refusal("ascii");
    assertThat(refusal.fact().en()).contains("SQL_ASCII", "UTF8");
    assertThat(refusal.cure().zh()).contains("--encoding=UTF8");
  }

  @Test
  void aDatabaseWhereWeMayNotMakeTablesIsRefused() {
    assertThat(refusal("foreign_owner").fact().en()).contains("may not make tables");
  }

  @Test
  void aMissingDatabaseIsNamed() {
    assertThat(refusal("no_such").fact().en()).contains("no_such", "does not exist");
  }

  @Test
  void oldServersAreRefused() {
    assertThatThrownBy(() -> ServerCheck.version(13, "13.22")).isInstanceOf(DatabaseUnusable.class)
        .hasMessageContaining("13.22");
    assertThatCode(() -> ServerCheck.version(14, "14.1")).doesNotThrowAnyException();
  }

  private static DatabaseUnusable refusal(String database) {
    Server server = ServerAddress.parse("jdbc:postgresql://localhost:" + embedded.port() + "/" + database,
        "closedloop", embedded.password());
    return catchThrowableOfType(DatabaseUnusable.class, () -> ServerCheck.check(server));
  }
}

package org.closedloop.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @Test
  void aDriversAddressGetsTheParametersItLacks() {
    Server server = ServerAddress.parse("jdbc:postgresql://db:5433/loop?sslmode=require&socketTimeout=60", "u", "p");
    assertThat(server.url()).isEqualTo("jdbc:postgresql://db:5433/loop?sslmode=require&socketTimeout=60"
        + "&targetServerType=primary&connectTimeout=3&tcpKeepAlive=true");
    assertThat(server.user()).isEqualTo("u");
    assertThat(server.password()).isEqualTo("p");
    assertThat(server.place()).isEqualTo("db:5433/loop");
  }

  @Test
  void anAddressOfAHostingServiceCarriesUserAndPassword() {
    Server server = ServerAddress.parse("postgres://us%40er:p%2Fa+ss@db/loop", "", "");
    assertThat(server.user()).isEqualTo("us@er");
    assertThat(server.password()).isEqualTo("p/a+ss");
    assertThat(server.url()).startsWith("jdbc:postgresql://db/loop?").doesNotContain("p/a");
    assertThat(server.toString()).isEqualTo("db/loop");
  }

  @Test
  void severalHostsAreLeftToTheDriver() {
    assertThat(ServerAddress.parse("jdbc:postgresql://a:1,b:2/loop", "u", "p").place()).isEqualTo("a:1,b:2/loop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"db:5432/loop", "jdbc:mysql://db/loop", "jdbc:postgresql://db", "postgres://", "secret"})
  void anythingElseIsRefusedWithoutRepeatingIt(String address) {
    assertThatThrownBy(() -> ServerAddress.parse(address, "u", "p")).isInstanceOf(DatabaseUnusable.class)
        .hasMessageNotContaining(address);
  }
}

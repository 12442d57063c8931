package org.closedloop.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Starting and stopping, from outside: exit codes, messages, what survives and what is left running. */
class StartTest {

  @Test
  void dataOutlivesAKilledApplicationAndNoServerIsLeftBehind() throws Exception {
    Path folder = TestDatabaseFolder.fresh();
    Map<String, String> environment = Map.of("CLOSEDLOOP_DATA", folder.toString());
    ProcessHandle orphan;
    try (Launched first = Launched.with(environment).untilUp()) {
      try (Launched second = Launched.with(environment)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.output()).contains("正被另一个正在运行的程序使用", "in use by another running application")
            .doesNotContain("\tat ");
      }
      try (Connection connection = connect(folder); Statement statement = connection.createStatement()) {
        assertThat(text(statement, "show fsync")).isEqualTo("on");
        assertThat(text(statement, "show synchronous_commit")).isEqualTo("on");
        statement.execute("create table proof(word text)");
        statement.execute("insert into proof values ('供暖')");
      }
      orphan = DataFolder.serverOf(folder.resolve("postgres")).orElseThrow();
      first.kill();
    }
    assertThat(orphan.isAlive()).as("a killed application leaves its server running").isTrue();
    try (Launched again = Launched.with(environment).untilUp()) {
      assertThat(orphan.isAlive()).as("the server left over was stopped").isFalse();
      try (Connection connection = connect(folder); Statement statement = connection.createStatement()) {
        assertThat(text(statement, "select word from proof")).isEqualTo("供暖");
      }
      ProcessHandle server = DataFolder.serverOf(folder.resolve("postgres")).orElseThrow();
      again.terminate();
      assertThat(server.isAlive()).as("SIGTERM stops the server with the application").isFalse();
      assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }
  }

  @Test
  void anUnreachableServerEndsTheStartWithAMessage() throws Exception {
    try (Launched launched = Launched.with(Map.of("DATABASE_URL", "jdbc:postgresql://localhost:1/nowhere",
        "DATABASE_USER", "u", "DATABASE_PASSWORD", "never-printed"))) {
      assertThat(launched.exitCode()).isEqualTo(1);
      assertThat(launched.output()).contains("无法连接数据库 localhost:1/nowhere", "cannot be reached", "DATABASE_URL")
          .doesNotContain("\tat ").doesNotContain("never-printed");
    }
  }

  @Test
  void theProductRunsOnAServerOfOnesOwnWithoutTheDemo() throws Exception {
    try (EmbeddedServer own = EmbeddedServer.start(TestDatabaseFolder.fresh())) {
      String url = "postgres://closedloop:" + own.password() + "@localhost:" + own.port() + "/closedloop";
      try (Launched launched = Launched.with(Map.of("DATABASE_URL", url)).untilUp()) {
        assertThat(launched.output()).doesNotContain(own.password());
        assertThat(launched.getAsAnybody("/api/public/demo-accounts").statusCode()).isEqualTo(404);
        assertThat(launched.get("/api/demo/clock").statusCode()).as("no demo accounts").isEqualTo(401);
        launched.terminate();
        assertThat(launched.output()).doesNotContain("\tat ");
      }
      try (Launched launched = Launched.with(Map.of("DATABASE_URL", url, "DATABASE_PASSWORD", "wrong-one"))) {
        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output()).contains("拒绝登录", "refuses the log-in")
            .doesNotContain("\tat ").doesNotContain("wrong-one");
      }
    }
  }

  @Test
  void whileTheDatabaseIsAwayCallersAreToldToComeBackAndAfterwardsAllIsWell() throws Exception {
    Path folder = TestDatabaseFolder.fresh();
    EmbeddedServer own = EmbeddedServer.start(folder);
    int port = own.port();
    try (Launched launched = Launched.with(Map.of("CLOSEDLOOP_DEMO", "true",
        "DATABASE_URL", "jdbc:postgresql://localhost:" + port + "/closedloop",
        "DATABASE_USER", "closedloop", "DATABASE_PASSWORD", own.password())).untilUp()) {
      assertThat(launched.get("/api/demo/clock").statusCode()).isEqualTo(200);
      own.close();
      HttpResponse<String> answer = launched.get("/api/demo/clock");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json;charset=UTF-8");
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(launched.get("/actuator/health").statusCode()).isEqualTo(503);
      own = EmbeddedServer.start(folder, port);
      launched.untilUp();
      assertThat(launched.get("/api/demo/clock").statusCode()).isEqualTo(200);
    } finally {
      own.close();
    }
  }

  private static Connection connect(Path folder) throws Exception {
    String port = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3);
    return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/closedloop", "closedloop",
        Files.readString(folder.resolve("password")));
  }

  private static String text(Statement statement, String query) throws Exception {
    try (ResultSet result = statement.executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }
}

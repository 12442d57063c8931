package org.closedloop.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application's pool of connections, connections without time limits for the migrations, and those on which a node
 * waits to be told something.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  private static final String TIME_LIMITS = "set statement_timeout = '20s'; set lock_timeout = '5s'; "
      + "set idle_in_transaction_session_timeout = '20s'";

  /** The server of DATABASE_URL, or the embedded one; checked. */
  @Bean(destroyMethod = "close")
  Server databaseServer(
      @Value("${closedloop.data}") Path data,
      @Value("${closedloop.database.url}") String url,
      @Value("${closedloop.database.user}") String user,
      @Value("${closedloop.database.password}") String password) throws Exception {
    Server server = url.isBlank() ? EmbeddedServer.start(data).server() : ServerAddress.parse(url, user, password);
    try {
      ServerCheck.check(server);
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(Server server) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("app");
    config.setJdbcUrl(server.url());
    config.setUsername(server.user());
    config.setPassword(server.password());
    config.setMaximumPoolSize(20);
    config.setConnectionTimeout(3_000);
    config.setKeepaliveTime(60_000);
    config.setMaxLifetime(1_200_000);
    config.setLeakDetectionThreshold(20_000);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(TIME_LIMITS);
    config.addDataSourceProperty("ApplicationName", "closed-loop");
    // Details of a broken rule carry the values, and so perhaps a name or a phone number, into the log.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return new HikariDataSource(config);
  }

  @FlywayDataSource
  @Bean(defaultCandidate = false)
  DataSource migrationDataSource(Server server) {
    return outsideThePool(server, "closed-loop migrations");
  }

  /** For {@code LISTEN}: held for as long as the node lives, which no pool would allow. */
  @Bean(defaultCandidate = false)
  DataSource listenDataSource(Server server) {
    return outsideThePool(server, "closed-loop listener");
  }

  private static PGSimpleDataSource outsideThePool(Server server, String name) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.url());
    if (server.user() != null) {
      source.setUser(server.user());
    }
    if (server.password() != null) {
      source.setPassword(server.password());
    }
    source.setSocketTimeout(0);
    source.setTcpKeepAlive(true);
    source.setApplicationName(name);
    return source;
  }
}

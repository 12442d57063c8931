package org.closedloop.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application's pool of connections, and one connection without time limits for the migrations. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

  @Bean(destroyMethod = "close")
  Server databaseServer(@Value("${closedloop.data}") Path data) {
    return new Server(EmbeddedServer.start(data));
  }

  /** Where the database is and who we are there; owns the embedded server. */
  record Server(EmbeddedServer embedded) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      embedded.close();
    }
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(Server server) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("app");
    config.setJdbcUrl(server.embedded().url());
    config.setUsername(EmbeddedServer.NAME);
    config.setPassword(server.embedded().password());
    config.setMaximumPoolSize(20);
    config.setConnectionTimeout(3_000);
    config.setKeepaliveTime(60_000);
    config.setMaxLifetime(1_200_000);
    config.setLeakDetectionThreshold(20_000);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    Properties driver = new Properties();
    driver.setProperty("ApplicationName", "closed-loop");
    driver.setProperty("connectTimeout", "3");
    driver.setProperty("socketTimeout", "30");
    driver.setProperty("tcpKeepAlive", "true");
    // Details of a broken rule carry the values, and so perhaps a name or a phone number, into the log.
    driver.setProperty("logServerErrorDetail", "false");
    driver.setProperty("options", "-c statement_timeout=20s -c idle_in_transaction_session_timeout=20s -c lock_timeout=5s");
    config.setDataSourceProperties(driver);
    return new HikariDataSource(config);
  }

  @FlywayDataSource
  @Bean(defaultCandidate = false)
  DataSource migrationDataSource(Server server) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.embedded().url());
    source.setUser(EmbeddedServer.NAME);
    source.setPassword(server.embedded().password());
    source.setConnectTimeout(3);
    return source;
  }
}

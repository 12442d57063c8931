package org.closedloop.demo.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application's clock while the demo is on: where it stood when the application was last stopped. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoClockConfiguration {

  /** @param start where time begins on a database without cases; ISO 8601 with offset, empty: now */
  @Bean
  @DependsOnDatabaseInitialization
  MovableClock clock(DemoClockMapper table, @Value("${closedloop.demo-clock:}") String start) {
    if (!start.isBlank()) {
      table.begin(Duration.between(Instant.ofEpochMilli(System.currentTimeMillis()),
          OffsetDateTime.parse(start).toInstant()).toMillis());
    }
    return new MovableClock(ZoneId.of("Asia/Shanghai"), Duration.ofMillis(table.ahead()));
  }
}

package org.closedloop.demo.clock;

import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application's clock while the demo is on: where it stood when the application was last stopped. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoClockConfiguration {

  @Bean
  @DependsOnDatabaseInitialization
  MovableClock clock(DemoClockMapper table) {
    return new MovableClock(ZoneId.of("Asia/Shanghai"), Duration.ofMillis(table.ahead()));
  }
}

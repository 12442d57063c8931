package org.closedloop;

import java.time.Clock;
import java.time.ZoneId;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The clock of everything that has a deadline. Nothing in the product asks the system for the time by itself. With the
 * demo on, {@code demo.clock} has a movable one in its place.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "false", matchIfMissing = true)
class OfficialTime {

  @Bean
  Clock clock() {
    return Clock.system(ZoneId.of("Asia/Shanghai"));
  }
}

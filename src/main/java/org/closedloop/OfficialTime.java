package org.closedloop;

import java.time.Clock;
import java.time.ZoneId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock of everything that has a deadline. Nothing in the product asks the system for the time by itself. */
@Configuration(proxyBeanMethods = false)
class OfficialTime {

  @Bean
  Clock clock() {
    return Clock.system(ZoneId.of("Asia/Shanghai"));
  }
}

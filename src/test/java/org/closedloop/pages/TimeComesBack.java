package org.closedloop.pages;

import java.time.Duration;
import java.time.Instant;
import org.closedloop.demo.clock.DemoTime;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** After a story that lets time pass, the application is where it was before: its other tests live in the present. */
final class TimeComesBack implements BeforeEachCallback, AfterEachCallback {

  private Duration ahead;

  @Override
  public void beforeEach(ExtensionContext test) {
    ahead = Duration.between(Instant.now(), time(test).now());
  }

  @Override
  public void afterEach(ExtensionContext test) {
    time(test).set(Instant.now().plus(ahead));
  }

  private static DemoTime time(ExtensionContext test) {
    return SpringExtension.getApplicationContext(test).getBean(DemoTime.class);
  }
}

package org.closedloop.engine;

import java.time.Clock;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.closedloop.deadline.TimeMoved;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps the engine's own clock on the application's: from before the engine starts, and whenever the demo moves it. */
@Component
class EngineClock extends AbstractProcessEnginePlugin {

  private final Clock clock;

  EngineClock(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    long ahead = clock.millis() - Clock.systemUTC().millis();
    // Both are the same clock outside of the demo; the difference is then the moment between the two readings.
    if (Math.abs(ahead) > 1_000) {
      ClockUtil.offset(ahead);
    } else {
      ClockUtil.resetClock();
    }
  }

  @EventListener
  void follow(TimeMoved move) {
    ClockUtil.offset(move.ahead().toMillis());
  }
}

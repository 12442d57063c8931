package org.closedloop.engine;

import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.closedloop.deadline.TimeMoved;
import org.closedloop.node.NodeTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Starts the engine's timers and asynchronous steps when everything else is up, and stops them before it goes down.
 * A node that only serves pages has {@code closedloop.jobs=false}.
 */
@Component
class JobExecution {

  private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);

  private final ProcessEngineConfigurationImpl engine;
  private final NodeTime time;
  private final boolean wanted;

  JobExecution(ProcessEngineConfigurationImpl engine, NodeTime time, @Value("${closedloop.jobs:true}") boolean wanted) {
    this.engine = engine;
    this.time = time;
    this.wanted = wanted;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    if (!time.trusted()) {
      return;
    }
    if (wanted) {
      engine.getJobExecutor().start();
    } else {
      LOG.info("This node runs no timers and no asynchronous steps (closedloop.jobs=false).");
    }
  }

  /** A job's lock is a time: a node whose clock is wrong would take what others still work on. */
  @EventListener
  void clockChanged(NodeTime.Changed clock) {
    if (!clock.trusted()) {
      stop();
    } else if (wanted && !engine.getJobExecutor().isActive()) {
      engine.getJobExecutor().start();
    }
  }

  /** Timers that have just fallen due by the jump are not left until the executor looks again by itself. */
  @EventListener
  void look(TimeMoved move) {
    engine.getJobExecutor().jobWasAdded();
  }

  @EventListener(ContextClosedEvent.class)
  void stop() {
    if (engine.getJobExecutor().isActive()) {
      engine.getJobExecutor().shutdown();
    }
  }
}

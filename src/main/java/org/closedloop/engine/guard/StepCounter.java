package org.closedloop.engine.guard;

import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;

/**
 * Ends a transaction that has taken too many steps. A circle that the graph rules could not see (through a called
 * process, an error, a signal) would otherwise take the whole node down with it.
 */
final class StepCounter implements Session {

  static final int MOST_STEPS = 2_000;

  private int steps;

  private StepCounter() {}

  /** One counter for each command, kept where the engine keeps what belongs to a command. */
  static SessionFactory sessions() {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return StepCounter.class;
      }

      @Override
      public Session openSession() {
        return new StepCounter();
      }
    };
  }

  /** Counts the start of every activity. */
  static DelegateListener<BaseDelegateExecution> listener() {
    return execution -> Context.getCommandContext().getSession(StepCounter.class).step();
  }

  private void step() {
    if (++steps > MOST_STEPS) {
      throw new ProcessEngineException("more than " + MOST_STEPS + " steps without a place to wait");
    }
  }

  @Override
  public void flush() {
    // Keeps nothing.
  }

  @Override
  public void close() {
    // Holds nothing.
  }
}

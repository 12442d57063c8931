package org.closedloop.engine.vocabulary;

import java.util.function.Supplier;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * The execution for which an expression is being evaluated, so that a static function knows which case asks. The
 * expression's own scope is remembered around its evaluation, because what the engine keeps in its context is the
 * execution of the surrounding step, which is not always the one that owns the expression.
 */
public final class CurrentExecution {

  /** An expression manager that has a vocabulary; implemented by the hardened one. */
  public interface Speaker {
    Vocabulary vocabulary();
  }

  private static final ThreadLocal<VariableScope> SCOPE = new ThreadLocal<>();

  private CurrentExecution() {}

  /**
   * The execution that asks; works in input and output parameters, candidate groups, due dates, conditions and timers.
   *
   * @throws IllegalStateException where no execution exists, e.g. in the timer of a start event
   */
  public static DelegateExecution get() {
    VariableScope scope = SCOPE.get();
    if (scope instanceof DelegateExecution execution) {
      return execution;
    }
    if (scope instanceof DelegateTask task && task.getExecution() != null) {
      return task.getExecution();
    }
    // A decision table has a context of its own; the step that evaluates it is the one that asks.
    if (Context.getCommandContext() != null && Context.getBpmnExecutionContext() != null) {
      return Context.getBpmnExecutionContext().getExecution();
    }
    throw new IllegalStateException("no case is running where this expression is evaluated");
  }

  /** The function or delegate bean of that type in the engine that asks. */
  public static <T> T word(Class<T> type) {
    if (Context.getProcessEngineConfiguration() != null
        && Context.getProcessEngineConfiguration().getExpressionManager() instanceof Speaker speaker) {
      return speaker.vocabulary().word(type);
    }
    throw new IllegalStateException("no engine is at work on this thread");
  }

  /** Evaluates an expression on behalf of a scope; for the expression manager only. */
  public static <T> T during(VariableScope scope, Supplier<T> evaluation) {
    VariableScope before = SCOPE.get();
    SCOPE.set(scope);
    try {
      return evaluation.get();
    } finally {
      if (before == null) {
        SCOPE.remove();
      } else {
        SCOPE.set(before);
      }
    }
  }
}

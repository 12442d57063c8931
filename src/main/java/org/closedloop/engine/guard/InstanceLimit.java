package org.closedloop.engine.guard;

import java.util.Collection;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;

/** Looks how many instances an activity is about to make, before it makes the first. */
final class InstanceLimit implements ExecutionListener {

  static final int MOST_INSTANCES = 200;

  private final MultiInstanceActivityBehavior behavior;

  InstanceLimit(MultiInstanceActivityBehavior behavior) {
    this.behavior = behavior;
  }

  @Override
  public void notify(DelegateExecution execution) {
    long instances = instances(execution);
    if (instances > MOST_INSTANCES) {
      throw new ProcessEngineException(execution.getCurrentActivityId() + " would make " + instances
          + " instances, at most " + MOST_INSTANCES + " are allowed");
    }
  }

  private long instances(DelegateExecution execution) {
    Object many = null;
    if (behavior.getLoopCardinalityExpression() != null) {
      many = behavior.getLoopCardinalityExpression().getValue(execution);
    } else if (behavior.getCollectionExpression() != null) {
      many = behavior.getCollectionExpression().getValue(execution);
    } else if (behavior.getCollectionVariable() != null) {
      many = execution.getVariable(behavior.getCollectionVariable());
    }
    if (many instanceof Collection<?> collection) {
      return collection.size();
    }
    if (many instanceof Number number) {
      return number.longValue();
    }
    // Anything else is refused by the engine in its own words.
    return many instanceof String text && text.matches("\\d{1,18}") ? Long.parseLong(text)
        : many instanceof String longer && longer.matches("\\d{19,}") ? Long.MAX_VALUE : 0;
  }
}

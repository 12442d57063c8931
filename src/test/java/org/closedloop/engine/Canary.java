package org.closedloop.engine;

import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidator;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidatorContext;

/** Counts how often a model got Java to run; every way of getting there ends in {@link #strike()}. */
public class Canary implements JavaDelegate, ExecutionListener, TaskListener, FormFieldValidator {

  private static final AtomicInteger STRUCK = new AtomicInteger();

  public static int strike() {
    return STRUCK.incrementAndGet();
  }

  public static int struck() {
    return STRUCK.get();
  }

  public static void reset() {
    STRUCK.set(0);
  }

  public Canary() {
    strike();
  }

  /** A property whose reading runs code. */
  public String getFeather() {
    strike();
    return "feather";
  }

  @Override
  public String toString() {
    return "canary";
  }

  @Override
  public void execute(DelegateExecution execution) {
    strike();
  }

  @Override
  public void notify(DelegateExecution execution) {
    strike();
  }

  @Override
  public void notify(DelegateTask task) {
    strike();
  }

  @Override
  public boolean validate(Object value, FormFieldValidatorContext context) {
    strike();
    return true;
  }

  /** Strikes when it is merely loaded. */
  public static class OnLoad {
    static {
      strike();
    }

    private OnLoad() {}
  }
}

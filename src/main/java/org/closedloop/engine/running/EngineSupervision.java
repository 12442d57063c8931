package org.closedloop.engine.running;

import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.closedloop.alert.ladder.SupervisionProcess;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link SupervisionProcess} on the engine: the model {@code supervision}, beside the case under its number. */
@Component
class EngineSupervision implements SupervisionProcess {

  private static final String MODEL = "supervision";
  private static final String SETTLED = MODEL + ".settled";

  private final ObjectProvider<RuntimeService> runtime;

  EngineSupervision(ObjectProvider<RuntimeService> runtime) {
    this.runtime = runtime;
  }

  @Override
  public String start(String caseNumber, Map<String, Object> variables) {
    return EngineFaults.translated(() -> runtime.getObject().createProcessInstanceByKey(MODEL).businessKey(caseNumber)
        .setVariables(variables).execute().getId());
  }

  @Override
  public void settle(String instance) {
    EngineFaults.translated(() -> {
      // Wherever the ladder stands it waits for this; when it has ended already there is nothing to do.
      runtime.getObject().createExecutionQuery().processInstanceId(instance).messageEventSubscriptionName(SETTLED).list()
          .forEach(e -> runtime.getObject().messageEventReceived(SETTLED, e.getId()));
      return null;
    });
  }
}

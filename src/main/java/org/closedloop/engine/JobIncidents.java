package org.closedloop.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.runtime.Incident;
import org.closedloop.notice.Outbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Tells administrators, in the same transaction, of a job that has used up its retries: nothing tries it any more, and no
 * deadline turns red for it. The exception's text stays out of the notice, it may hold anything.
 */
@Component
class JobIncidents extends AbstractProcessEnginePlugin {

  private final ObjectProvider<Outbox> outbox;

  JobIncidents(ObjectProvider<Outbox> outbox) {
    this.outbox = outbox;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    engine.setCustomIncidentHandlers(List.of(new DefaultIncidentHandler(Incident.FAILED_JOB_HANDLER_TYPE) {
      @Override
      public Incident handleIncident(IncidentContext context, String message) {
        Incident incident = super.handleIncident(context, message);
        tell(incident, context);
        return incident;
      }
    }));
  }

  private void tell(Incident incident, IncidentContext context) {
    String where = context.getProcessDefinitionId() == null ? "job " + context.getConfiguration()
        : context.getProcessDefinitionId() + " " + context.getActivityId();
    outbox.getObject().add("incident", null, null, null, Map.of("note", where), "incident/" + incident.getId());
  }
}

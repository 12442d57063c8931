package org.closedloop.engine;

import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.context.ApplicationContext;

/** Fires a drawn timer by the id of its element, without waiting for its time. For tests and scenarios. */
public final class FiredTimers {

  private FiredTimers() {}

  /** @throws AssertionError when the case has no such timer */
  public static void fire(ApplicationContext application, String caseNumber, String element) {
    ManagementService management = application.getBean(ManagementService.class);
    RuntimeService runtime = application.getBean(RuntimeService.class);
    List<Job> jobs = runtime.createProcessInstanceQuery().processInstanceBusinessKey(caseNumber).list().stream()
        .flatMap(i -> management.createJobQuery().processInstanceId(i.getId()).activityId(element).list().stream())
        .toList();
    if (jobs.size() != 1) {
      throw new AssertionError(caseNumber + " has " + jobs.size() + " timers " + element);
    }
    management.executeJob(jobs.get(0).getId());
  }
}

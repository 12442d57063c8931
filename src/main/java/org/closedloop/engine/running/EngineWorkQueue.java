package org.closedloop.engine.running;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.problem.Conflict;
import org.closedloop.worklist.WorkItemGone;
import org.closedloop.worklist.WorkQueue;
import org.springframework.stereotype.Component;

/** {@link WorkQueue} on the engine's tasks. */
@Component
class EngineWorkQueue implements WorkQueue {

  private final TaskService tasks;
  private final RuntimeService runtime;
  private final IdentityService identity;
  private final ManagementService management;
  private final Models models;
  private final OpenTaskMapper open;
  private final Clock clock;
  private final Organisation organisation;

  EngineWorkQueue(ProcessEngine engine, Models models, OpenTaskMapper open, Clock clock, Organisation organisation) {
    this.open = open;
    this.management = engine.getManagementService();
    this.clock = clock;
    this.tasks = engine.getTaskService();
    this.runtime = engine.getRuntimeService();
    this.identity = engine.getIdentityService();
    this.models = models;
    this.organisation = organisation;
  }

  @Override
  public void assign(String itemId, String official) {
    EngineFaults.translated(() -> {
      tasks.setAssignee(itemId, official);
      return null;
    });
  }

  @Override
  public void complete(String itemId, String official, Map<String, Object> variables) {
    Task task = tasks.createTaskQuery().taskId(itemId).singleResult();
    if (task != null) {
      mustNotBeHeld(task);
      mustBeInTime(task);
    }
    EngineFaults.translated(() -> {
      identity.setAuthenticatedUserId(official);
      try {
        tasks.complete(itemId, variables);
      } finally {
        identity.clearAuthentication();
      }
      return null;
    });
  }

  /** A task that waits for what runs beside it: an event sub-process or call with the property {@code holds} names it. */
  private void mustNotBeHeld(Task task) {
    Model model = models.of(task.getProcessDefinitionId());
    List<String> scopes = model.held().getOrDefault(task.getTaskDefinitionKey(), List.of());
    if (scopes.isEmpty()) {
      return;
    }
    Set<String> active = EngineCaseProcess.activeScopes(runtime.getActivityInstance(task.getProcessInstanceId()));
    scopes.stream().filter(active::contains).findFirst().ifPresent(scope -> {
      String units = calledUnits(task.getProcessInstanceId());
      throw new Conflict("held", "“" + model.name(scope).zh() + "”还没有结束" + (units.isEmpty() ? "" : "（" + units + "）")
          + "，结束后才能办结这一环节。", "Not yet: this waits until “" + model.name(scope).en() + "” has ended"
          + (units.isEmpty() ? "" : " (" + units + ")") + ".");
    });
  }

  /** Names of the units whose calls are still running below an instance. */
  private String calledUnits(String instance) {
    return runtime.createProcessInstanceQuery().superProcessInstanceId(instance).list().stream().map(called -> {
      String variable = models.of(called.getProcessDefinitionId()).unitVariable();
      Object unit = variable == null ? null : runtime.getVariable(called.getId(), variable);
      return unit == null ? "" : organisation.unit(unit.toString()).map(Unit::name).orElse(unit.toString());
    }).filter(name -> !name.isEmpty()).sorted().collect(Collectors.joining("、"));
  }

  /** What an interrupting timer takes away at its time is over at that time, also when the timer itself is late. */
  private void mustBeInTime(Task task) {
    Model model = models.of(task.getProcessDefinitionId());
    String timer = model.timers().get(task.getTaskDefinitionKey());
    if (timer != null && management.createJobQuery().processInstanceId(task.getProcessInstanceId()).activityId(timer)
        .duedateLowerThan(Date.from(clock.instant())).count() > 0) {
      throw new Conflict("too-late", "“" + model.name(task.getTaskDefinitionKey()).zh() + "”的时限已过，不能再提交。",
          "Too late: the time for this is over: " + model.name(task.getTaskDefinitionKey()).en() + ".");
    }
  }

  @Override
  public Asked asked(String itemId) {
    Task task = tasks.createTaskQuery().taskId(itemId).singleResult();
    if (task == null) {
      throw WorkItemGone.justNow();
    }
    Model model = models.of(task.getProcessDefinitionId());
    Map<String, Object> known = new TreeMap<>();
    tasks.getVariables(itemId).forEach((name, value) -> {
      if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
        known.put(name, value);
      }
    });
    return new Asked(model.key(), model.definition(), model.form(task.getTaskDefinitionKey()),
        model.requests().get(task.getTaskDefinitionKey()), known, place(task.getProcessInstanceId()));
  }

  private Journal.Place place(String instance) {
    ProcessInstance caller = runtime.createProcessInstanceQuery().subProcessInstanceId(instance).singleResult();
    return new Journal.Place(instance, caller == null ? null : caller.getId());
  }

  @Override
  public Difference difference(int most) {
    Map<Boolean, List<String>> odd = open.odd(most).stream().collect(Collectors.partitioningBy(
        OpenTaskMapper.Odd::missing, Collectors.mapping(OpenTaskMapper.Odd::id, Collectors.toList())));
    return new Difference(odd.get(true), odd.get(false));
  }
}

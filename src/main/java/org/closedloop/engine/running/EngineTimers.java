package org.closedloop.engine.running;

import java.time.OffsetDateTime;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.closedloop.deadline.RunningTimers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** {@link RunningTimers} on the engine: a task's due date and the timers drawn beside it follow the clock. */
@Component
class EngineTimers implements RunningTimers {

  private final ObjectProvider<RuntimeService> runtime;
  private final ObjectProvider<RepositoryService> repository;
  private final ObjectProvider<TaskService> tasks;
  private final ObjectProvider<ManagementService> management;

  EngineTimers(ObjectProvider<RuntimeService> runtime, ObjectProvider<RepositoryService> repository,
      ObjectProvider<TaskService> tasks, ObjectProvider<ManagementService> management) {
    this.runtime = runtime;
    this.repository = repository;
    this.tasks = tasks;
    this.management = management;
  }

  @Override
  public void moved(String caseNumber, String processInstance, String key, String activity, OffsetDateTime newWarn,
      OffsetDateTime newDue) {
    Date due = Date.from(newDue.toInstant());
    tasks.getObject().createTaskQuery().processInstanceId(processInstance).taskDefinitionKey(key).list()
        .forEach(task -> {
          task.setDueDate(due);
          tasks.getObject().saveTask(task);
        });
    var instance = runtime.getObject().createProcessInstanceQuery().processInstanceId(processInstance).singleResult();
    if (instance == null || activity == null) {
      return;
    }
    Set<String> timers = timersOf(instance.getProcessDefinitionId(), activity);
    management.getObject().createJobQuery().processInstanceId(processInstance).timers().list().stream()
        .filter(job -> timers.contains(activityOf(job.getJobDefinitionId())))
        .forEach(job -> management.getObject().setJobDuedate(job.getId(), due));
  }

  private String activityOf(String jobDefinition) {
    return management.getObject().createJobDefinitionQuery().jobDefinitionId(jobDefinition).singleResult()
        .getActivityId();
  }

  /** The element itself, what is attached to it, and what an event-based gateway waits for. */
  private Set<String> timersOf(String definition, String activity) {
    BpmnModelInstance model = repository.getObject().getBpmnModelInstance(definition);
    ModelElementInstance element = model.getModelElementById(activity);
    Stream<String> attached = model.getModelElementsByType(BoundaryEvent.class).stream()
        .filter(b -> b.getAttachedTo().getId().equals(activity)).map(BoundaryEvent::getId);
    Stream<String> next = element instanceof FlowNode node
        ? node.getSucceedingNodes().list().stream().map(FlowNode::getId) : Stream.empty();
    return Stream.concat(Stream.of(activity), Stream.concat(attached, next)).collect(Collectors.toSet());
  }
}

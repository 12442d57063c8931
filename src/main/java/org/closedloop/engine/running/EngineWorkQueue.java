package org.closedloop.engine.running;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.closedloop.worklist.WorkItemGone;
import org.closedloop.worklist.WorkQueue;
import org.springframework.stereotype.Component;

/** {@link WorkQueue} on the engine's tasks. */
@Component
class EngineWorkQueue implements WorkQueue {

  private final TaskService tasks;
  private final IdentityService identity;
  private final Models models;

  EngineWorkQueue(ProcessEngine engine, Models models) {
    this.tasks = engine.getTaskService();
    this.identity = engine.getIdentityService();
    this.models = models;
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

  @Override
  public Asked asked(String itemId) {
    Task task = tasks.createTaskQuery().taskId(itemId).singleResult();
    if (task == null) {
      throw WorkItemGone.justNow();
    }
    Model model = models.of(task.getProcessDefinitionId());
    return new Asked(model.form(task.getTaskDefinitionKey()), model.requests().get(task.getTaskDefinitionKey()));
  }

  @Override
  public List<String> openIds() {
    return tasks.createTaskQuery().unlimitedList().stream().map(Task::getId).toList();
  }
}

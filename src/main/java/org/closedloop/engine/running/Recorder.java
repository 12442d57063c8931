package org.closedloop.engine.running;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.EventBasedGatewayActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.behavior.IntermediateCatchEventActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.closedloop.problem.Words;
import org.closedloop.worklist.CaseLights;
import org.closedloop.worklist.OpenItems;
import org.closedloop.worklist.Opened;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Turns engine events into case-file records, in the engine's transaction: elements and flows passed, milestones, the
 * stage, open items, the end. Models contain no listener for any of it; built-in listeners survive every setting by
 * which a caller may skip the custom ones. Only the case's own process moves its stage and ends it; a side process
 * adds items, clocks and milestones to the same file.
 */
@Component
class Recorder extends AbstractProcessEnginePlugin {

  private final RunningCase cases;
  private final ObjectProvider<Models> models;
  private final ObjectProvider<CaseRegister> register;
  private final ObjectProvider<Journal> journal;
  private final ObjectProvider<OpenItems> items;
  private final ObjectProvider<CaseLights> lights;
  private final ObjectProvider<Clocks> clocks;
  private final ObjectProvider<CaseProcess> process;
  private final Clock clock;

  Recorder(RunningCase cases, ObjectProvider<Models> models, ObjectProvider<CaseRegister> register,
      ObjectProvider<Journal> journal, ObjectProvider<OpenItems> items, ObjectProvider<CaseLights> lights,
      ObjectProvider<Clocks> clocks, ObjectProvider<CaseProcess> process, Clock clock) {
    this.cases = cases;
    this.models = models;
    this.register = register;
    this.journal = journal;
    this.items = items;
    this.lights = lights;
    this.clocks = clocks;
    this.process = process;
    this.clock = clock;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    if (configuration.getCustomPostBPMNParseListeners() == null) {
      configuration.setCustomPostBPMNParseListeners(new ArrayList<>());
    }
    configuration.getCustomPostBPMNParseListeners().add(new AbstractBpmnParseListener() {
      @Override
      public void parseProcess(Element element, ProcessDefinitionEntity definition) {
        listen(definition);
        definition.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) Recorder.this::started);
        definition.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) Recorder.this::ended);
        definition.getTaskDefinitions().values().forEach(Recorder.this::listen);
      }
    });
  }

  private void listen(ScopeImpl scope) {
    for (ActivityImpl activity : scope.getActivities()) {
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, (ExecutionListener) this::entered);
      if (activity.getActivityBehavior() instanceof EventBasedGatewayActivityBehavior || waitsAlone(activity)) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, (ExecutionListener) this::waited);
      }
      activity.getOutgoingTransitions()
          .forEach(t -> ((TransitionImpl) t).addListener(ExecutionListener.EVENTNAME_TAKE,
              (ExecutionListener) this::taken));
      listen(activity);
    }
  }

  /** A catch event that is no branch of an event-based gateway: its clock is its own. */
  private static boolean waitsAlone(ActivityImpl activity) {
    return activity.getActivityBehavior() instanceof IntermediateCatchEventActivityBehavior
        && activity.getIncomingTransitions().stream().noneMatch(
            t -> t.getSource().getActivityBehavior() instanceof EventBasedGatewayActivityBehavior);
  }

  private void listen(TaskDefinition task) {
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this::opened);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_ASSIGNMENT, this::assigned);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, this::completed);
    task.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, this::withdrawn);
  }

  /** What a process may be handed and was not is there and empty, so that its expressions can ask for it. */
  private void started(DelegateExecution execution) {
    for (String variable : models.getObject().of(execution.getProcessDefinitionId()).handed()) {
      if (!execution.hasVariable(variable)) {
        execution.setVariable(variable, null);
      }
    }
  }

  private void entered(DelegateExecution execution) {
    String element = execution.getCurrentActivityId();
    CaseFile file = cases.of(execution);
    Model model = models.getObject().of(execution.getProcessDefinitionId());
    boolean own = RunningCase.own(execution, file);
    journal.getObject().passed(file.number(), model.key(), own ? null : execution.getProcessInstanceId(), element, false);
    String milestone = model.milestoneOf().get(element);
    if (milestone != null) {
      journal.getObject().reached(file, model.key(), RunningCase.unit(execution, model), milestone, model.name(element));
      if (own) {
        tellFollowers(file, milestone, model.name(element));
      }
    }
    if (own && model.ends().contains(element)) {
      register.getObject().stage(file.number(), milestone);
    }
  }

  /** Whoever reported the same thing and was merged into this case is told at each milestone. */
  private void tellFollowers(CaseFile file, String milestone, Words name) {
    for (CaseFile follower : register.getObject().followers(file.number())) {
      journal.getObject().fact(follower, "followed", Words.of("主件进展：" + name.zh(), "Main case: " + name.en()),
          Map.of("case", file.number(), "milestone", milestone));
    }
  }

  private void taken(DelegateExecution execution) {
    CaseFile file = register.getObject().file(execution.getProcessBusinessKey());
    journal.getObject().passed(file.number(), RunningCase.process(execution),
        RunningCase.own(execution, file) ? null : execution.getProcessInstanceId(), execution.getCurrentTransitionId(),
        true);
  }

  /** A wait for an event, or for one of several, is over: its clocks end with it. */
  private void waited(DelegateExecution execution) {
    clocks.getObject().endByActivity(execution.getProcessBusinessKey(), execution.getProcessInstanceId(),
        execution.getCurrentActivityId(), clock.instant());
    lights.getObject().refresh(execution.getProcessBusinessKey());
  }

  private void ended(DelegateExecution execution) {
    CaseFile file = register.getObject().lock(execution.getProcessBusinessKey());
    if (!RunningCase.own(execution, file)) {
      clocks.getObject().endInstance(file.number(), execution.getProcessInstanceId(), clock.instant());
      lights.getObject().refresh(file.number());
      return;
    }
    clocks.getObject().endAll(file.number(), clock.instant());
    register.getObject().end(file.number(), file.stage());
    register.getObject().openedFrom(file.number())
        .ifPresent(parent -> process.getObject().linkedEnded(parent, file.number()));
  }

  private void opened(DelegateTask task) {
    DelegateExecution execution = task.getExecution();
    CaseFile file = cases.of(execution);
    Model model = models.getObject().of(task.getProcessDefinitionId());
    String key = task.getTaskDefinitionKey();
    boolean stage = isStage(file, model, key);
    if (stage) {
      register.getObject().stage(file.number(), key);
    }
    Running running = clocks.getObject().running(file.number(), task.getProcessInstanceId(), key).orElseThrow(
        () -> new IllegalStateException("task " + key + " of " + model.definition() + " has no clock"));
    Set<String> groups = task.getCandidates().stream().map(IdentityLink::getGroupId).filter(g -> g != null)
        .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (groups.isEmpty()) {
      throw new IllegalStateException("task " + key + " of " + model.definition() + " is for nobody");
    }
    Words name = model.name(key);
    items.getObject().opened(new Opened(task.getId(), file.number(), model.key(), task.getProcessInstanceId(), key,
        name.zh(), name.en(), !stage, model.notBy().get(key), List.copyOf(groups)), running.warn().toInstant(),
        running.due().toInstant());
    if (!stage) {
      groups.forEach(g -> register.getObject().concerns(file.number(), g.split(":", 2)[0], "asked"));
    }
    clocks.getObject().bind(file.number(), task.getProcessInstanceId(), key, task.getId(),
        groups.iterator().next().split(":", 2)[0]);
    lights.getObject().refresh(file.number());
  }

  private void assigned(DelegateTask task) {
    items.getObject().assigned(task.getId(), task.getAssignee());
  }

  private void completed(DelegateTask task) {
    Model model = models.getObject().of(task.getProcessDefinitionId());
    CaseFile file = register.getObject().lock(task.getExecution().getProcessBusinessKey());
    // the clock of a stage runs until the next one begins; every other measures this task alone
    boolean goesOn = isStage(file, model, task.getTaskDefinitionKey()) && clocks.getObject()
        .running(file.number(), task.getProcessInstanceId(), task.getTaskDefinitionKey())
        .map(c -> c.kind().equals("stage")).orElse(false);
    closed(task, Context.getCommandContext().getAuthenticatedUserId(), !goesOn);
  }

  private static boolean isStage(CaseFile file, Model model, String task) {
    return model.key().equals(file.process()) && model.stages().contains(task);
  }

  /** Taken away by the process (returned, ruled, withdrawn, merged): the clock has nothing left to measure. */
  private void withdrawn(DelegateTask task) {
    closed(task, null, true);
  }

  private void closed(DelegateTask task, String official, boolean clockEnds) {
    String number = task.getExecution().getProcessBusinessKey();
    register.getObject().lock(number);
    items.getObject().closed(task.getId(), official);
    if (clockEnds) {
      Instant now = clock.instant();
      clocks.getObject().end(number, task.getProcessInstanceId(), task.getTaskDefinitionKey(), now);
    }
    lights.getObject().refresh(number);
  }
}

package org.closedloop.engine.running;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.problem.Conflict;
import org.springframework.stereotype.Component;

/** {@link CaseProcess} on the engine: process instances are found by the case number, their business key. */
@Component
class EngineCaseProcess implements CaseProcess {

  /** The message a model waits for after {@code openLinked}: its own key and this. */
  private static final String LINKED_ENDED = ".linked-ended";

  /** The message by which a process goes on without a unit that is no more. */
  private static final String UNIT_DISSOLVED = ".unit-dissolved";

  private final RuntimeService runtime;
  private final RepositoryService repository;
  private final Models models;

  EngineCaseProcess(RuntimeService runtime, RepositoryService repository, Models models) {
    this.runtime = runtime;
    this.repository = repository;
    this.models = models;
  }

  @Override
  public List<CaseType> types() {
    return models.newest().stream().filter(m -> !m.stages().isEmpty()).map(EngineCaseProcess::type).toList();
  }

  @Override
  public Optional<CaseType> type(String key) {
    return Optional.ofNullable(models.startable(key)).filter(m -> !m.stages().isEmpty()).map(EngineCaseProcess::type);
  }

  @Override
  public List<InWords> inWords() {
    return models.all().stream().map(m -> {
      List<Step> steps = m.names().entrySet().stream()
          .filter(n -> m.formOf().containsKey(n.getKey()) || m.stages().contains(n.getKey()) || m.ends().contains(n.getKey()))
          .map(n -> new Step(n.getKey().replaceFirst("^end_", ""), n.getValue().zh(), n.getValue().en()))
          .sorted(Comparator.comparing(Step::key)).toList();
      Map<String, String> forms = new TreeMap<>();
      m.formOf().keySet().stream().filter(e -> m.form(e) != null).forEach(e -> forms.put(e, m.form(e)));
      return new InWords(m.key(), m.name().zh(), m.name().en(), steps, forms);
    }).toList();
  }

  private static CaseType type(Model m) {
    String startForm = m.milestoneOf().entrySet().stream().filter(e -> e.getKey().startsWith("start_"))
        .map(e -> m.form(e.getKey())).filter(f -> f != null).findFirst().orElse(null);
    return new CaseType(m.key(), m.name().zh(), m.name().en(), m.version(), startForm, m.startedBy(), m.stages(),
        m.milestones());
  }

  @Override
  public void start(String number, String process, Map<String, Object> variables) {
    EngineFaults.translated(
        () -> runtime.createProcessInstanceByKey(process).businessKey(number).setVariables(variables).execute());
  }

  @Override
  public List<Listening> listening(String number) {
    List<Listening> found = new ArrayList<>();
    for (ProcessInstance instance : instances(number)) {
      Model model = models.of(instance.getProcessDefinitionId());
      Set<String> subscribed = new HashSet<>();
      runtime.createEventSubscriptionQuery().processInstanceId(instance.getId()).eventType("message")
          .unlimitedList().stream().map(EventSubscription::getEventName).forEach(subscribed::add);
      List<Model.Caught> caught = model.messages().values().stream()
          .filter(m -> !m.who().isEmpty() && subscribed.contains(m.message())).toList();
      if (!caught.isEmpty()) {
        Set<String> scopes = activeScopes(runtime.getActivityInstance(instance.getId()));
        caught.stream().map(m -> listening(model, m, instance.getId(), m.scope() != null && scopes.contains(m.scope())))
            .forEach(found::add);
      }
    }
    return found;
  }

  @Override
  public List<Listening> listeningAfter(String process, String stage) {
    Model model = models.newest(process);
    return model == null ? List.of()
        : model.starts().getOrDefault(stage, List.of()).stream().map(m -> listening(model, m, null, false)).toList();
  }

  private Listening listening(Model model, Model.Caught caught, String instance, boolean pending) {
    var name = model.name(caught.element());
    Object unit = instance == null || caught.unitField() == null ? null : variable(instance, caught.unitField());
    return new Listening(model.key(), model.definition(), instance, caught.action(), caught.message(), caught.element(),
        name.zh(), name.en(), model.form(caught.element()), caught.who(), caught.unitField(),
        unit == null ? null : unit.toString(), pending);
  }

  /** Null also when the instance has ended meanwhile: who only looks at a case holds no lock on it. */
  private Object variable(String instance, String name) {
    VariableInstance found = runtime.createVariableInstanceQuery().processInstanceIdIn(instance).variableName(name)
        .activityInstanceIdIn(instance).singleResult();
    return found == null ? null : found.getValue();
  }

  /** Ids of everything active below an instance, sub-processes included. */
  static Set<String> activeScopes(ActivityInstance tree) {
    Set<String> ids = new HashSet<>();
    if (tree != null) {
      for (ActivityInstance child : tree.getChildActivityInstances()) {
        ids.add(child.getActivityId());
        ids.addAll(activeScopes(child));
      }
    }
    return ids;
  }

  @Override
  public void deliver(String number, Listening action, Map<String, Object> variables) {
    EngineFaults.translated(() -> {
      try {
        if (action.instance() != null) {
          return runtime.createMessageCorrelation(action.message()).processInstanceId(action.instance())
              .setVariables(variables).correlateWithResult();
        }
        return runtime.createMessageCorrelation(action.message()).processInstanceBusinessKey(number)
            .setVariables(variables).correlateStartMessage();
      } catch (MismatchingMessageCorrelationException e) {
        throw new Conflict("not-listening", "案卷当前状态不能进行“" + action.name() + "”。",
            "The case does not allow this now: " + action.nameEn() + ".");
      }
    });
  }

  @Override
  public void linkedEnded(String number, String linked) {
    EngineFaults.translated(() -> {
      for (ProcessInstance instance : instances(number)) {
        String message = models.of(instance.getProcessDefinitionId()).key() + LINKED_ENDED;
        runtime.createExecutionQuery().processInstanceId(instance.getId()).messageEventSubscriptionName(message).list()
            .stream().filter(e -> linked.equals(runtime.getVariable(e.getId(), CaseDelegates.LINKED)))
            .forEach(e -> runtime.messageEventReceived(message, e.getId()));
      }
      return null;
    });
  }

  @Override
  public List<String> waitingFor(String unit) {
    return listeningForTheEndOf(unit, null).map(ProcessInstance::getBusinessKey).distinct().toList();
  }

  @Override
  public void unitDissolved(String number, String unit) {
    EngineFaults.translated(() -> {
      listeningForTheEndOf(unit, number).forEach(instance -> runtime
          .createMessageCorrelation(models.of(instance.getProcessDefinitionId()).key() + UNIT_DISSOLVED)
          .processInstanceId(instance.getId()).correlate());
      return null;
    });
  }

  /** @param number null for all cases */
  private Stream<ProcessInstance> listeningForTheEndOf(String unit, String number) {
    return models.listeningFor(UNIT_DISSOLVED).stream().flatMap(caught -> {
      var query = runtime.createProcessInstanceQuery().processDefinitionKey(caught.process())
          .variableValueEquals(caught.unitField(), unit);
      return (number == null ? query : query.processInstanceBusinessKey(number)).unlimitedList().stream()
          .filter(instance -> runtime.createEventSubscriptionQuery().processInstanceId(instance.getId())
              .eventName(caught.message()).count() > 0);
    });
  }

  @Override
  public List<Active> active(String number) {
    return instances(number).stream().map(i -> new Active(models.of(i.getProcessDefinitionId()).key(), i.getId(),
        activeScopes(runtime.getActivityInstance(i.getId())).stream().filter(e -> !e.contains("#")).sorted().toList()))
        .toList();
  }

  @Override
  public String diagram(String number, String process) {
    String definition = own(number, process).map(ProcessInstance::getProcessDefinitionId).findFirst()
        .orElseGet(() -> models.newest(process).definition());
    try (InputStream in = repository.getProcessModel(definition)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process of the case's own type, without what runs beside it. */
  private Stream<ProcessInstance> own(String number, String process) {
    return instances(number).stream().filter(i -> models.of(i.getProcessDefinitionId()).key().equals(process));
  }

  private List<ProcessInstance> instances(String number) {
    return runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).unlimitedList();
  }
}

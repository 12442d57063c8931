package org.closedloop.engine.running;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.closedloop.casefile.CaseProcess.Step;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** Reads deployed models into {@link Model}s and keeps them: a deployed version never changes. */
@Component
class Models {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final String MILESTONE = "milestone_";
  private static final String START = "start_";
  private static final String END = "end_";

  private final RepositoryService repository;
  private final ObjectMapper json;
  private final Map<String, Model> known = new ConcurrentHashMap<>();

  Models(RepositoryService repository, ObjectMapper json) {
    this.repository = repository;
    this.json = json;
  }

  /** The newest version of every case type: a process that can be started by a report. */
  List<Model> newest() {
    return repository.createProcessDefinitionQuery().latestVersion().active().startableInTasklist()
        .orderByProcessDefinitionKey().asc().list().stream().map(d -> of(d.getId())).toList();
  }

  /** The newest version of every process. */
  List<Model> all() {
    return repository.createProcessDefinitionQuery().latestVersion().active().orderByProcessDefinitionKey().asc().list()
        .stream().map(d -> of(d.getId())).toList();
  }

  /** A message of the newest version of a process. */
  record Message(String process, String message, String unitField) {}

  /** Where processes of any kind listen to a message that ends so and names the variable of a unit. */
  List<Message> listeningFor(String ending) {
    return repository.createProcessDefinitionQuery().latestVersion().active().list().stream().map(d -> of(d.getId()))
        .flatMap(m -> m.messages().values().stream().filter(c -> c.message().endsWith(ending) && c.unitField() != null)
            .map(c -> new Message(m.key(), c.message(), c.unitField()))).toList();
  }

  Model newest(String key) {
    ProcessDefinition definition =
        repository.createProcessDefinitionQuery().processDefinitionKey(key).latestVersion().singleResult();
    return definition == null ? null : of(definition.getId());
  }

  /** As {@link #newest(String)}, null for what is only called by other processes. */
  Model startable(String key) {
    ProcessDefinition definition = repository.createProcessDefinitionQuery().processDefinitionKey(key).latestVersion()
        .startableInTasklist().singleResult();
    return definition == null ? null : of(definition.getId());
  }

  Model of(String definitionId) {
    return known.computeIfAbsent(definitionId, this::read);
  }

  private Model read(String definitionId) {
    ProcessDefinition definition = repository.getProcessDefinition(definitionId);
    BpmnModelInstance bpmn = repository.getBpmnModelInstance(definitionId);
    Process process = bpmn.getModelElementById(definition.getKey());
    Map<String, String> forms = forms(definition.getDeploymentId());

    List<String> stages = new ArrayList<>();
    Map<String, Step> milestones = new LinkedHashMap<>();
    Map<String, String> milestoneOf = new HashMap<>();
    Set<String> ends = new HashSet<>();
    Map<String, Words> names = new HashMap<>();
    Map<String, Model.Caught> messages = new LinkedHashMap<>();
    Map<String, List<Model.Caught>> starts = new HashMap<>();
    Map<String, String> formOf = new HashMap<>();
    Map<String, String> notBy = new HashMap<>();
    Map<String, String> actionOfScope = new HashMap<>();
    Map<String, String> scopeOf = new HashMap<>();
    Map<String, List<String>> held = new HashMap<>();
    Map<String, String> timers = new HashMap<>();
    Map<String, Map<String, String>> properties = new HashMap<>();
    List<String> startedBy = List.of();

    for (FlowNode node : inDocumentOrder(process)) {
      String id = node.getId();
      Words name = words(node);
      names.put(id, name);
      properties.put(id, properties(node));
      boolean top = node.getParentElement() == process;
      if (node.getParentElement() instanceof SubProcess around) {
        scopeOf.put(id, around.getId());
      }
      String milestone = null;
      if (node instanceof UserTask) {
        if (!besideTheFlow(node)) {
          stages.add(id);
        }
        putIfPresent(notBy, id, properties.get(id).get("notBy"));
      } else if (node instanceof IntermediateThrowEvent && id.startsWith(MILESTONE)) {
        milestone = id.substring(MILESTONE.length());
      } else if (node instanceof StartEvent start && top && id.startsWith(START)
          && start.getEventDefinitions().isEmpty()) {
        milestone = id.substring(START.length());
        startedBy = list(properties.get(id).get("who"));
      } else if (node instanceof EndEvent && id.startsWith(END) && endsTheCase(node, process)) {
        milestone = id.substring(END.length());
        ends.add(id);
      }
      if (milestone != null) {
        milestones.put(milestone, new Step(milestone, name.zh(), name.en()));
        milestoneOf.put(id, milestone);
      }
      String form = node.getAttributeValueNs(CAMUNDA, "formRef");
      putIfPresent(formOf, id, form != null ? form : properties.get(id).get("form"));
      String holds = properties.get(id).get("holds");
      if (holds != null) {
        held.computeIfAbsent(holds, task -> new ArrayList<>()).add(id);
      }
      if (node instanceof BoundaryEvent boundary && boundary.cancelActivity()
          && boundary.getEventDefinitions().stream().anyMatch(TimerEventDefinition.class::isInstance)) {
        timers.put(boundary.getAttachedTo().getId(), id);
      }
      if (node instanceof CatchEvent event) {
        for (var trigger : event.getEventDefinitions()) {
          if (trigger instanceof MessageEventDefinition message) {
            String text = message.getMessage().getName();
            Model.Caught caught = new Model.Caught(id, text, text.substring(text.indexOf('.') + 1),
                top || !(node instanceof StartEvent) ? null : ((BaseElement) node.getParentElement()).getId(),
                list(properties.get(id).get("who")), properties.get(id).get("unit"));
            if (top && node instanceof StartEvent) {
              starts.computeIfAbsent(String.valueOf(properties.get(id).get("after")), k -> new ArrayList<>()).add(caught);
            } else {
              messages.put(text, caught);
              if (caught.scope() != null) {
                actionOfScope.put(caught.scope(), caught.action());
              }
            }
          }
        }
      }
    }
    Map<String, String> requests = new HashMap<>();
    scopeOf.forEach((element, scope) -> putIfPresent(requests, element, actionOfScope.get(scope)));
    return new Model(definitionId, definition.getKey(), definition.getVersion(), words(process), List.copyOf(stages),
        List.copyOf(milestones.values()), Map.copyOf(milestoneOf), Set.copyOf(ends), Map.copyOf(names),
        new LinkedHashMap<>(messages), Map.copyOf(starts), Map.copyOf(forms), Map.copyOf(formOf), Map.copyOf(notBy),
        Map.copyOf(requests), startedBy, Map.copyOf(held), Map.copyOf(properties),
        list(properties(process).get("variables")), Map.copyOf(timers));
  }

  /** The main flow first, sub-processes where they stand: the order in which a person reads the diagram's document. */
  private static List<FlowNode> inDocumentOrder(ModelElementInstance scope) {
    List<FlowNode> nodes = new ArrayList<>();
    Collection<FlowElement> elements = scope instanceof Process p ? p.getFlowElements()
        : ((SubProcess) scope).getFlowElements();
    for (FlowElement element : elements) {
      if (element instanceof FlowNode node) {
        nodes.add(node);
        if (node instanceof SubProcess sub) {
          nodes.addAll(inDocumentOrder(sub));
        }
      }
    }
    return nodes;
  }

  private static boolean besideTheFlow(FlowNode node) {
    for (ModelElementInstance at = node.getParentElement(); at instanceof SubProcess sub; at = at.getParentElement()) {
      if (sub.triggeredByEvent()) {
        return true;
      }
    }
    return false;
  }

  /** Directly in the process, or in an interrupting event sub-process of it (withdrawn, merged). */
  private static boolean endsTheCase(FlowNode end, Process process) {
    if (end.getParentElement() == process) {
      return true;
    }
    return end.getParentElement() instanceof SubProcess sub && sub.triggeredByEvent()
        && sub.getParentElement() == process
        && sub.getFlowElements().stream().anyMatch(e -> e instanceof StartEvent s && s.isInterrupting());
  }

  static Words words(FlowElement element) {
    return words(element.getName(), element);
  }

  /** What the documentation of a process says first, up to a colon, is its English name. */
  private static Words words(Process process) {
    Words words = words(process.getName(), process);
    return Words.of(words.zh(), words.en().split(":", 2)[0].strip());
  }

  /** Chinese from the label, English from the first line of the documentation. */
  private static Words words(String name, BaseElement element) {
    String zh = name == null || name.isBlank() ? element.getId() : name.replace('\n', ' ').strip();
    String en = element.getDocumentations().stream().findFirst().map(d -> d.getTextContent().strip())
        .filter(t -> !t.isEmpty()).map(t -> t.lines().findFirst().orElse(t).strip()).orElse(zh);
    return Words.of(zh, en);
  }

  private static Map<String, String> properties(BaseElement node) {
    Map<String, String> properties = new HashMap<>();
    if (node.getExtensionElements() != null) {
      node.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
          .flatMap(p -> p.getCamundaProperties().stream())
          .forEach(p -> putIfPresent(properties, p.getCamundaName(), p.getCamundaValue()));
    }
    return properties;
  }

  private static List<String> list(String text) {
    return text == null ? List.of()
        : Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static void putIfPresent(Map<String, String> map, String key, String value) {
    if (key != null && value != null) {
      map.put(key, value);
    }
  }

  private Map<String, String> forms(String deployment) {
    Map<String, String> forms = new HashMap<>();
    for (String resource : repository.getDeploymentResourceNames(deployment)) {
      if (resource.endsWith(".form")) {
        try (InputStream in = repository.getResourceAsStream(deployment, resource)) {
          String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
          forms.put(json.readTree(schema).path("id").asText(), schema);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return forms;
  }
}

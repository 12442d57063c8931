package org.closedloop.engine.guard;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.MultiInstanceActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Looks at every process once more after the engine has parsed it, with the engine's own eyes and independently of
 * the rules, and fastens the run-time limits to it.
 */
public final class ParseGuard extends AbstractBpmnParseListener {

  private static final Set<String> REFUSED_ELEMENTS = Set.of("scriptTask", "script", "executionListener",
      "taskListener", "connector", "field", "formData", "formProperty");
  private static final Set<String> REFUSED_ATTRIBUTES = Set.of("class", "type", "resource", "formHandlerClass",
      "variableMappingClass", "variableMappingDelegateExpression", "topic", "formKey");
  private static final Set<String> ENGINE_NAMESPACES =
      Set.of("http://camunda.org/schema/1.0/bpmn", "http://activiti.org/bpmn");

  /** What the limits need from the engine's configuration. */
  public static SessionFactory sessions() {
    return StepCounter.sessions();
  }

  @Override
  public void parseRootElement(Element rootElement, List<ProcessDefinitionEntity> processDefinitions) {
    look(rootElement);
    processDefinitions.forEach(process -> process.getActivities().forEach(this::limit));
  }

  private void look(Element element) {
    if (REFUSED_ELEMENTS.contains(element.getTagName())) {
      throw refused(element, element.getTagName());
    }
    for (String attribute : element.attributes()) {
      int colon = attribute.lastIndexOf(':');
      String uri = colon < 0 ? "" : attribute.substring(0, colon);
      if (ENGINE_NAMESPACES.contains(uri) && REFUSED_ATTRIBUTES.contains(attribute.substring(colon + 1))) {
        throw refused(element, attribute.substring(colon + 1));
      }
    }
    element.elements().forEach(this::look);
  }

  private static ProcessEngineException refused(Element element, String what) {
    return new ProcessEngineException("line " + element.getLine() + ": models carry no code (" + what + ")");
  }

  private void limit(ActivityImpl activity) {
    activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, StepCounter.listener(), 0);
    if (activity.getActivityBehavior() instanceof MultiInstanceActivityBehavior behavior) {
      activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, new InstanceLimit(behavior), 1);
    }
    activity.getActivities().forEach(this::limit);
  }
}

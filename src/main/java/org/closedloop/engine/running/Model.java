package org.closedloop.engine.running;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.closedloop.casefile.CaseProcess.Step;
import org.closedloop.problem.Words;

/**
 * What the features need to know of one version of a model, read once: a deployed version never changes.
 *
 * @param stages     ids of the stage tasks, in order of the document: user tasks outside event sub-processes
 * @param milestones key → names, in order of the document: named throw events, top-level starts and ends
 * @param milestoneOf element id → key, of the elements that are milestones
 * @param ends       ids of the end events that end the case
 * @param names      element id → names
 * @param messages   message name → where it is caught
 * @param starts     top-level message starts by the ended stage they apply to
 * @param forms      form id → schema
 * @param formOf     element id → form id
 * @param notBy      task id → the task whose unit may not do it
 * @param requests   id of an element in an event sub-process → the action that started it
 * @param startedBy  who may start it: {@code <kind of unit>:<post>} or {@code reporter}; empty: everybody
 * @param held       task id → the event sub-processes and call activities during which it cannot be completed
 * @param properties element id → its properties
 * @param handed     the variables the process may be handed by what starts it
 * @param timers     task id → the interrupting timer that takes it away
 */
record Model(String definition, String key, int version, Words name, List<String> stages, List<Step> milestones,
    Map<String, String> milestoneOf, Set<String> ends, Map<String, Words> names, Map<String, Caught> messages,
    Map<String, List<Caught>> starts, Map<String, String> forms, Map<String, String> formOf,
    Map<String, String> notBy, Map<String, String> requests, List<String> startedBy, Map<String, List<String>> held,
    Map<String, Map<String, String>> properties, List<String> handed, Map<String, String> timers) {

  /**
   * An event that catches a message.
   *
   * @param scope     the event sub-process it starts, null when it stands in the flow
   * @param unitField the variable that says which unit's event this is, null where only one unit is concerned
   */
  record Caught(String element, String message, String action, String scope, List<String> who, String unitField) {}

  String form(String element) {
    String id = formOf.get(element);
    return id == null ? null : forms.get(id);
  }

  /** The variable that says which unit this process called, where units are called side by side; null elsewhere. */
  String unitVariable() {
    return messages.values().stream().map(Caught::unitField).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** A property the designer gave an element, null when there is none. */
  String property(String element, String name) {
    return properties.getOrDefault(element, Map.of()).get(name);
  }

  Words name(String element) {
    return names.getOrDefault(element, Words.of(element, element));
  }
}

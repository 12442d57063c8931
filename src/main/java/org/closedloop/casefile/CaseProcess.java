package org.closedloop.casefile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The running process of a case, as the features see it. Implemented by the engine; every call joins the caller's
 * transaction. Cases are named by their number, which is the business key of their process.
 */
public interface CaseProcess {

  /** Case types that are deployed, with their stages and milestones, in order of the diagram. */
  List<CaseType> types();

  Optional<CaseType> type(String key);

  /**
   * Starts a round of the case at the diagram's first start event.
   *
   * @param variables routing facts only; never personal data
   */
  void start(String number, String process, Map<String, Object> variables);

  /** What the case listens to now beside its open work items, in order of the diagram. */
  List<Listening> listening(String number);

  /** The message starts that apply to a case of this type which ended at {@code stage} ({@code reopen} after closed). */
  List<Listening> listeningAfter(String process, String stage);

  /**
   * Delivers an action. For a case that has ended this starts a new process with the same number.
   *
   * @throws org.closedloop.problem.Conflict when the case does not listen to it (any more)
   */
  void deliver(String number, Listening action, Map<String, Object> variables);

  /** Ids of the elements that are active now, for the diagram; empty when ended. */
  List<String> active(String number);

  /** The BPMN document the case runs or ran on. */
  String diagram(String number, String process);

  /**
   * @param definition the model's version this listens in
   * @param key        the word used in the API, e.g. {@code request-extension}
   * @param form       schema of its form, null when it asks nothing
   * @param who        who may do it: {@code <unit word>:<post>} or {@code reporter}
   * @param pending    the same request is being decided right now
   */
  record Listening(String definition, String key, String message, String element, String name, String nameEn,
      String form, List<String> who, boolean pending) {}

  /** @param milestones what the reporter's status is told in */
  record CaseType(String key, String name, String nameEn, int version, String startForm, List<String> stages,
      List<Step> milestones) {}

  /** A named element: key without its prefix, and its names. */
  record Step(String key, String name, String nameEn) {}
}

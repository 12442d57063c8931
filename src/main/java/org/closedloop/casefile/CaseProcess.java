package org.closedloop.casefile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.closedloop.organisation.Official;

/**
 * The running process of a case, as the features see it. Implemented by the engine; every call joins the caller's
 * transaction. Cases are named by their number, which is the business key of their process.
 */
public interface CaseProcess {

  /** Case types that are deployed, with their stages and milestones, in order of the diagram. */
  List<CaseType> types();

  Optional<CaseType> type(String key);

  /** The newest version of every model in words, also of those that only other models start. */
  List<InWords> inWords();

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

  /** What of a case runs now: its own process and those beside it, with all that is active in each. */
  List<Active> active(String number);

  /** The BPMN document in which a case runs or ran: the version that runs now, else the newest. */
  String diagram(String number, String process);

  /**
   * A case of the given type that was opened from another has ended: the other goes on, if it waits for it.
   *
   * @param number the case it was opened from
   * @param linked the case that has ended
   */
  void linkedEnded(String number, String linked);

  /** Numbers of the cases in which something waits for that unit and can go on without it. */
  List<String> waitingFor(String unit);

  /**
   * A unit is no more: whatever in the case listens for that with the message {@code <process>.unit-dissolved} goes on.
   */
  void unitDissolved(String number, String unit);

  /**
   * @param process    the model this listens in: the case's own type or a side process
   * @param definition its version
   * @param instance   the process instance, null for a case that has ended
   * @param key        the word used in the API, e.g. {@code request-extension}
   * @param form       schema of its form, null when it asks nothing
   * @param who        who may do it: {@code <unit word>:<post>} or {@code reporter}
   * @param unitField  where several units are called side by side: the name of the variable, and of the field of the
   *                   form, that says which unit's it is; null where there is only one
   * @param unit       code of that unit; null without {@code unitField}
   * @param pending    the same request is being decided right now
   */
  record Listening(String process, String definition, String instance, String key, String message, String element,
      String name, String nameEn, String form, List<String> who, String unitField, String unit, boolean pending) {}

  /**
   * @param startedBy  who may start it: {@code <kind of unit>:<post>} or {@code reporter}; empty: everybody who may report
   * @param milestones what the reporter's status is told in
   */
  record CaseType(String key, String name, String nameEn, int version, String startForm, List<String> startedBy,
      List<String> stages, List<Step> milestones) {

    /** Whether that person may start one; null: somebody without an account. */
    public boolean mayStart(Official by) {
      return startedBy.isEmpty() || startedBy.stream().anyMatch(w -> by == null ? w.equals("reporter")
          : by.posts().stream().anyMatch(p -> w.equals(by.unit().kind().code() + ":" + p.code())));
    }
  }

  /** @param elements ids of the active elements, and of the sub-processes around them */
  record Active(String process, String instance, List<String> elements) {}

  /**
   * What pages need to speak of a model.
   *
   * @param steps tasks by their ids, and ends by the stage an ended case is in
   * @param forms element id → schema
   */
  record InWords(String key, String name, String nameEn, List<Step> steps, Map<String, String> forms) {}

  /** A named element: key without its prefix, and its names. */
  record Step(String key, String name, String nameEn) {}
}

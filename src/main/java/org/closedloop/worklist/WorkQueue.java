package org.closedloop.worklist;

import java.util.List;
import java.util.Map;
import org.closedloop.casefile.journal.Journal;

/** The engine's open tasks, as the work list sees them. Implemented by the engine in the caller's transaction. */
public interface WorkQueue {

  /** @param official username, null: nobody */
  void assign(String itemId, String official);

  /**
   * Completes the task and lets the process run to its next wait states.
   *
   * @param official  who completes it
   * @param variables routed answers only
   * @throws WorkItemGone when the task is no longer there
   * @throws org.closedloop.problem.Conflict {@code held}: it waits for something that runs beside it; {@code too-late}: its
   *                                         time ended it
   */
  void complete(String itemId, String official, Map<String, Object> variables);

  /** What the task asks. @throws WorkItemGone when the task is no longer there */
  Asked asked(String itemId);

  /**
   * @param process    the model that asks: the case's own type or a side process
   * @param definition its version
   * @param schema     the deployed form as JSON, null when nothing is asked
   * @param request    the action the task decides about, null for a stage of the case
   * @param variables  what the process knows where it asks; primitive, never personal
   * @param place      the process instance that asks
   */
  record Asked(String process, String definition, String schema, String request, Map<String, Object> variables,
      Journal.Place place) {}

  /**
   * Between the engine's open tasks and the table of open items.
   *
   * @param missing open in the engine, not on any work list: nobody would ever see them
   * @param left    on a work list, gone in the engine: nobody could ever complete them
   */
  record Difference(List<String> missing, List<String> left) {
    public boolean none() {
      return missing.isEmpty() && left.isEmpty();
    }
  }

  /** For the reconciler; at most so many ids of each kind. */
  Difference difference(int most);
}

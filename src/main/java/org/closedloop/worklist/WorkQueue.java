package org.closedloop.worklist;

import java.util.List;
import java.util.Map;

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
   */
  void complete(String itemId, String official, Map<String, Object> variables);

  /** The deployed schema of the task's form, as JSON. */
  String form(String itemId);

  /** Ids of all tasks open in the engine, for the reconciler. */
  List<String> openIds();
}

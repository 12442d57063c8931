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

  /** What the task asks. @throws WorkItemGone when the task is no longer there */
  Asked asked(String itemId);

  /**
   * @param schema  the deployed form as JSON, null when nothing is asked
   * @param request the action the task decides about, null for a stage of the case
   */
  record Asked(String schema, String request) {}

  /** Ids of all tasks open in the engine, for the reconciler. */
  List<String> openIds();
}

package org.closedloop.alert.ladder;

import java.util.Map;

/** The process {@code supervision}. Implemented by the engine; every call joins the caller's transaction. */
public interface SupervisionProcess {

  /**
   * Starts it beside the case's own process and lets it run to its next wait states.
   *
   * @param variables {@code supervision} (id of its row), {@code entry, lateSince, lateAt, unit, post, task}
   * @return id of the process instance
   */
  String start(String caseNumber, Map<String, Object> variables);

  /** What was late is settled: the process ends, and what is still open in it. */
  void settle(String instance);
}

package org.closedloop.deadline;

import java.util.Map;
import java.util.Optional;

/** The rows of a case type's deadlines table ({@code <type>-deadlines}). Implemented by the engine. */
public interface Allowances {

  /**
   * @param definition the model's version the case runs on; null: the newest of {@code process}
   * @param key        a task's id or the word of a window or limit, e.g. {@code handle}, {@code reopen}
   * @param urgency    of the case
   * @param milestones how often each milestone was reached in the running round
   * @return empty when the table has no row for it
   */
  default Optional<Row> row(String process, String definition, String key, String urgency,
      Map<String, Integer> milestones) {
    return row(process, definition, key, urgency, null, milestones);
  }

  /** @param kind of the matter, where the start form of the type asks for one (variable {@code kind}); null elsewhere */
  Optional<Row> row(String process, String definition, String key, String urgency, String kind,
      Map<String, Integer> milestones);

  /** @param since for windows: the milestone from which the time counts, null otherwise */
  record Row(Allowance allowance, String since) {}
}

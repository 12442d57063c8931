package org.closedloop.worklist;

import java.util.Map;
import org.closedloop.problem.Words;

/**
 * What may happen beside the open work, by the case type's decision table {@code <type>-actions}. Implemented by the
 * engine; the rules themselves are rows of the table.
 */
public interface ActionRules {

  /**
   * @param definition the model's version the case runs on
   * @param facts      inputs of the table: {@code action, stage, pending, late, expired, suspended, milestones}
   */
  Verdict verdict(String definition, Map<String, Object> facts);

  /**
   * @param by  the post that decides about it, null when nobody has to
   * @param why said when it is not allowed
   */
  record Verdict(boolean allowed, String by, Words why) {}
}

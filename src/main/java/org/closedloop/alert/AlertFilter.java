package org.closedloop.alert;

import org.closedloop.problem.InvalidInput;

/** What the list of alerts is narrowed to; null members do not narrow. {@code unit} is the one that had to act. */
record AlertFilter(String level, String unit, String caseNumber, Boolean acknowledged) {

  /** @throws InvalidInput when there is no such level */
  static AlertFilter of(String level, String unit, String caseNumber, Boolean acknowledged) {
    if (given(level) != null && Level.of(level).isEmpty()) {
      throw InvalidInput.at("level", "请填写 " + Level.codes("、") + " 之一。", "Give one of " + Level.codes(", ") + ".");
    }
    return new AlertFilter(given(level), given(unit), given(caseNumber), acknowledged);
  }

  private static String given(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}

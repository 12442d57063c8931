package org.closedloop.problem;

import java.util.List;

/** The caller sent something that cannot be accepted; nothing was changed. Answers 422 with a finding per field. */
public class InvalidInput extends Problem {

  public InvalidInput(List<FieldError> errors) {
    super(422, "invalid-input", Words.of(
        "有 " + errors.size() + " 处填写有误，请按提示修改后重新提交。",
        errors.size() + " field(s) need correcting; mend them as described and send again."), errors);
  }

  public static InvalidInput at(String field, String zh, String en) {
    return new InvalidInput(List.of(FieldError.of(field, zh, en)));
  }
}

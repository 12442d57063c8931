package org.closedloop.deadline.overview;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.closedloop.deadline.Moment;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;

/**
 * What the list of deadlines is narrowed to; null members do not narrow.
 *
 * @param unit   code of the unit that answers for the clock
 * @param before only what is due before this moment
 */
record DeadlineFilter(String process, String unit, String kind, String light, OffsetDateTime before) {

  private static final List<String> KINDS = List.of("stage", "check-in", "rung", "suspension", "answer", "side");
  private static final List<String> LIGHTS = List.of("green", "yellow", "red", "grey");

  /** @throws InvalidInput when a value is none that can be meant */
  static DeadlineFilter of(String process, String unit, String kind, String light, String before) {
    List<FieldError> errors = new ArrayList<>();
    oneOf("kind", kind, KINDS, errors);
    oneOf("light", light, LIGHTS, errors);
    OffsetDateTime until = given(before) ? Moment.of(before).orElse(null) : null;
    if (given(before) && until == null) {
      errors.add(FieldError.of("before", "请填写时间或日期，例如 2026-03-01T09:00:00+08:00。",
          "Give a time or a date, for example 2026-03-01T09:00:00+08:00."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new DeadlineFilter(known(process), known(unit), known(kind), known(light), until);
  }

  private static void oneOf(String field, String value, List<String> all, List<FieldError> errors) {
    if (given(value) && !all.contains(value)) {
      errors.add(FieldError.of(field, "请填写 " + String.join("、", all) + " 之一。",
          "Give one of " + String.join(", ", all) + "."));
    }
  }

  private static boolean given(String text) {
    return text != null && !text.isBlank();
  }

  private static String known(String text) {
    return given(text) ? text : null;
  }
}

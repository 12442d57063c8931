package org.closedloop.worklist.form;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;

/** The form as a tree: questions, computed values, and containers around them. Everything else in a form is scenery. */
sealed interface Part {

  /** Keys from the container to this part; empty for a group that adds no level. */
  List<String> path();

  /** FEEL that hides it, without the {@code =}; null when it is always shown. */
  String hide();

  /**
   * A question.
   *
   * @param readonly     Boolean, or FEEL as String
   * @param defaultValue plain JSON value or null
   * @param detail       what only this type has: {@link Choice}, {@link Numeric}, {@link When}, {@link Files} or null
   */
  record Input(List<String> path, String hide, Field field, boolean disabled, Object readonly, Object defaultValue,
      Validate validate, Detail detail) implements Part {

    /** What the browser holds for this type while nobody has answered. */
    Object empty() {
      return switch (field.type()) {
        case "textfield", "textarea" -> "";
        case "checkbox" -> Boolean.FALSE;
        case "checklist", "taglist" -> List.of();
        default -> null;
      };
    }
  }

  /** A value the form computes from the others; what a page sends for it is never trusted. */
  record Computed(List<String> path, String hide, Field field, String feel) implements Part {}

  /** A group, or a list of rows when {@code rows} is set. */
  record Container(List<String> path, String hide, String label, boolean rows, boolean addRemove, int repetitions,
      List<Part> parts) implements Part {}

  /** Limits are numbers, FEEL as String, or null; {@code kind} is email, phone or null. */
  record Validate(boolean required, Object min, Object max, Object minLength, Object maxLength, Pattern pattern,
      String patternMessage, String kind) {}

  sealed interface Detail {}

  /** Where options come from, in the order the browser looks: data of that key, the form itself, FEEL. */
  record Choice(String key, List<Option> values, String feel) implements Detail {}

  record Option(Object value, String label) {}

  /** {@code digits} -1 when any number of decimals will do; {@code step} null when there is none. */
  record Numeric(int digits, BigDecimal step, boolean text) implements Detail {}

  /** {@code subtype} date, time or datetime; {@code zone} utc_offset, utc_normalized or no_timezone. */
  record When(String subtype, boolean noPast, String zone) implements Detail {}

  /** {@code multiple} Boolean or FEEL as String. */
  record Files(Object multiple, String accept) implements Detail {}
}

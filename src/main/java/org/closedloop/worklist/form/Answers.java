package org.closedloop.worklist.form;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checked answers, in the order of the form. Values are String, Boolean, Long, Double, BigDecimal (numbers the form
 * keeps as text), LocalDate, List and Map; times and date-times stay ISO 8601 strings. Fields without an answer, hidden
 * and disabled ones are absent.
 *
 * @param values  nested as the form's keys and paths say
 * @param routes  every field marked {@code route}: variable name to value; null where there is no answer, so that a
 *                model can read a variable nobody has set. A field that began with a value and was left out, or was not
 *                shown, is absent: what the process knows stays
 * @param open    answers marked {@code public}, for the reporter's page
 */
public record Answers(Map<String, Object> values, Map<String, Object> routes, List<Open> open) {

  /** One answer the reporter may read; {@code text} is what the official saw: the label of an option, not its code. */
  public record Open(String key, String label, String text) {}

  public Answers {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    open = List.copyOf(open);
  }
}

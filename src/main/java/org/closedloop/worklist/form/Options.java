package org.closedloop.worklist.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.closedloop.worklist.form.Part.Choice;
import org.closedloop.worklist.form.Part.Option;

/** What may be chosen: from the server's data, the form itself or FEEL, in the order the browser looks. */
final class Options {

  private Options() {}

  static List<Option> of(Choice choice, Map<String, Object> data, Conditions conditions, Map<String, Object> context) {
    if (choice.key() != null) {
      return normal(data.get(choice.key()));
    }
    if (choice.values() != null) {
      return choice.values();
    }
    return normal(Plain.of(conditions.evaluate(choice.feel(), context)));
  }

  /** Plain values stand for themselves; an object needs a value, its label may be missing; the rest is left out. */
  static List<Option> normal(Object any) {
    List<Option> options = new ArrayList<>();
    if (any instanceof List<?> list) {
      for (Object item : list) {
        if (simple(item)) {
          options.add(new Option(item, String.valueOf(item)));
        } else if (item instanceof Map<?, ?> map) {
          Object value = map.get("value");
          boolean labelled = map.get("label") instanceof String label && !label.isEmpty();
          if (simple(value) || labelled && value instanceof Map<?, ?> m && !m.isEmpty()) {
            options.add(new Option(value, labelled ? (String) map.get("label") : String.valueOf(value)));
          }
        }
      }
    }
    return options;
  }

  static Option find(List<Option> options, Object value) {
    return options.stream().filter(o -> Plain.same(o.value(), value)).findFirst().orElse(null);
  }

  private static boolean simple(Object any) {
    return any instanceof Number || any instanceof Boolean || any instanceof String s && !s.isEmpty();
  }
}

package org.closedloop.worklist.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.closedloop.worklist.form.Part.Computed;
import org.closedloop.worklist.form.Part.Container;
import org.closedloop.worklist.form.Part.Input;
import org.closedloop.worklist.form.TypedValue.Typed;

/**
 * The questions of a form multiplied by the rows that were sent, and which of them a person could see. Visibility is
 * found as the browser finds it: conditions are asked once with everything, then again without what they hid.
 */
final class Instances {

  /** A row of a list; {@code path} leads to it, {@code number} counts from 1. */
  record Row(Row outer, List<Object> path, int number) {}

  /** What lies around a part: the container, and the row it is drawn in. */
  static final class Scope {
    final Scope outer;
    final Container container;
    final Row row;
    final List<Object> path;

    Scope(Scope outer, Container container, Row row, List<Object> path) {
      this.outer = outer;
      this.container = container;
      this.row = row;
      this.path = path;
    }
  }

  /** One question, once per row. {@code sent}: the key was there, whatever its value. */
  record Instance(Part part, Scope scope, List<Object> path, boolean sent, Object raw, Typed typed) {}

  /** One list with the number of rows that came, -1 when none was sent. */
  record Rows(Scope scope, int came, int fixed) {}

  final List<Instance> all = new ArrayList<>();
  final List<Rows> lists = new ArrayList<>();
  private final Set<String> answered;
  private final Map<String, Object> raw;
  private final Map<String, Object> data;
  private final Surroundings surroundings;
  private final Map<String, Object> initial;
  private Map<String, Object> working;
  private Map<Row, Map<String, Object>> contexts = new HashMap<>();
  private Map<Scope, Boolean> hiddenScopes = new HashMap<>();
  private Map<Instance, Boolean> hidden = new IdentityHashMap<>();

  Instances(SchemaReader.Read form, Map<String, Object> raw, Map<String, Object> data, Surroundings surroundings) {
    this.answered = form.shape().keys.keySet();
    this.raw = raw;
    this.data = data;
    this.surroundings = surroundings;
    expand(form.parts(), new Scope(null, null, null, List.of()));
    initial = copy(data);
    for (Instance one : all) {
      if (one.scope.row == null && one.part instanceof Input input) {
        Plain.put(initial, one.path, start(input, one.path));
      }
    }
    build(one -> false, false);
    Map<Instance, Boolean> first = conditions();
    build(one -> first.get(one), true);
    hidden = conditions();
  }

  boolean hidden(Instance one) {
    return hidden.get(one);
  }

  boolean hidden(Rows list) {
    return hidden(list.scope);
  }

  /** What expressions beside this instance see once visibility is settled. */
  Map<String, Object> context(Instance one) {
    return context(one.scope.row);
  }

  /** What the form held for this question before anybody answered. */
  Object start(Input input, List<Object> path) {
    if (Plain.has(data, path)) {
      return Plain.at(data, path);
    }
    return input.defaultValue() != null ? input.defaultValue() : input.empty();
  }

  private void expand(List<Part> parts, Scope scope) {
    for (Part part : parts) {
      List<Object> path = new ArrayList<>(scope.path);
      path.addAll(part.path());
      if (part instanceof Container container) {
        if (container.rows()) {
          rows(container, scope, path);
        } else {
          expand(container.parts(), new Scope(scope, container, scope.row, path));
        }
      } else {
        Object value = Plain.at(raw, path);
        Typed typed = part instanceof Input input ? TypedValue.of(input, value) : new Typed(null, null, null);
        all.add(new Instance(part, scope, path, Plain.has(raw, path), value, typed));
      }
    }
  }

  private void rows(Container list, Scope scope, List<Object> path) {
    Object sent = Plain.at(raw, path);
    int came = sent instanceof List<?> l ? l.size() : -1;
    int fixed = list.addRemove() ? -1
        : Plain.at(data, path) instanceof List<?> given ? given.size() : list.repetitions();
    Scope own = new Scope(scope, list, scope.row, path);
    lists.add(new Rows(own, came, fixed));
    int count = Math.min(came >= 0 ? came : Math.max(fixed, 0), AnswerCheck.MOST_ROWS);
    for (int i = 0; i < count; i++) {
      List<Object> rowPath = new ArrayList<>(path);
      rowPath.add(i);
      Row row = new Row(scope.row, List.copyOf(rowPath), i + 1);
      expand(list.parts(), new Scope(own, null, row, rowPath));
    }
  }

  /** The data expressions see: what the form started with, what was answered, without what is hidden. */
  private void build(Predicate<Instance> gone, boolean effective) {
    working = copy(initial);
    for (Rows list : lists) {
      List<Object> empty = new ArrayList<>();
      int count = list.came >= 0 ? list.came : Math.max(list.fixed, 0);
      for (int i = 0; i < Math.min(count, AnswerCheck.MOST_ROWS); i++) {
        empty.add(new LinkedHashMap<>());
      }
      Plain.put(working, list.scope.path, empty);
    }
    contexts = new HashMap<>();
    for (Instance one : all) {
      if (one.part instanceof Input input) {
        boolean row = one.scope.row != null;
        if (gone.test(one)) {
          if (row) {
            Plain.put(working, one.path, null);
          }
        } else if (one.sent && !input.disabled()) {
          Plain.put(working, one.path, one.typed.json() == null ? input.empty() : one.typed.json());
        } else if (row || effective && !locked(input)) {
          boolean byDefault = input.defaultValue() != null && !input.field().required();
          Plain.put(working, one.path, byDefault ? input.defaultValue() : input.empty());
        }
      }
    }
    for (Instance one : all) {
      if (one.part instanceof Computed computed && !gone.test(one)) {
        Plain.put(working, one.path,
            Plain.of(surroundings.conditions().evaluate(computed.feel(), context(one.scope.row))));
        contexts = new HashMap<>();
      }
    }
  }

  private static boolean locked(Input input) {
    return input.disabled() || !Boolean.FALSE.equals(input.readonly());
  }

  private Map<Instance, Boolean> conditions() {
    hiddenScopes = new HashMap<>();
    Map<Instance, Boolean> result = new IdentityHashMap<>();
    for (Instance one : all) {
      result.put(one, hidden(one.scope) || hides(one.part.hide(), one.scope.row));
    }
    return result;
  }

  private boolean hidden(Scope scope) {
    if (scope.outer == null) {
      return false;
    }
    Boolean known = hiddenScopes.get(scope);
    if (known == null) {
      known = hidden(scope.outer) || scope.container != null && hides(scope.container.hide(), scope.row);
      hiddenScopes.put(scope, known);
    }
    return known;
  }

  private boolean hides(String feel, Row row) {
    return feel != null && surroundings.conditions().isTrue(feel, context(row));
  }

  private Map<String, Object> context(Row row) {
    Map<String, Object> known = contexts.get(row);
    if (known != null) {
      return known;
    }
    Map<String, Object> context = new LinkedHashMap<>();
    Object here = row == null ? working : Plain.at(working, row.path);
    Object above = row == null ? null : parent(row);
    List<Object> numbers = new ArrayList<>();
    for (Row r = row; r != null; r = r.outer) {
      numbers.add(0, r.number);
    }
    context.put("this", here);
    context.put("parent", above);
    context.put("i", numbers);
    context.putAll(working);
    context.put("_this_", here);
    context.put("_parent_", above);
    context.put("_i_", numbers);
    contexts.put(row, context);
    return context;
  }

  /** The level a row lies in, with its own values by name and {@code this}, {@code parent} as seen from there. */
  private Map<String, Object> parent(Row row) {
    Map<String, Object> outer = context(row.outer);
    Map<String, Object> parent = new LinkedHashMap<>();
    parent.put("this", outer.get("_this_"));
    parent.put("parent", outer.get("_parent_"));
    if (outer.get("_this_") instanceof Map<?, ?> values) {
      values.forEach((key, value) -> parent.put((String) key, value));
    }
    return parent;
  }

  /** A copy whose answered parts may be changed; the rest, such as lists of options, is shared and only read. */
  private Map<String, Object> copy(Map<String, Object> map) {
    Map<String, Object> copy = new LinkedHashMap<>(map);
    answered.forEach(key -> copy.computeIfPresent(key, (k, value) -> Plain.of(value)));
    return copy;
  }
}

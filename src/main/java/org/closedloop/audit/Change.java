package org.closedloop.audit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One value that was, or would be, changed; both as texts, null where there was or is none.
 *
 * @param field name of the record's component
 */
public record Change(String field, String from, String to) {

  private static final int LONGEST = 500;
  private static final int DIGITS_SHOWN = 4;

  /**
   * What differs between two records of the same kind, in the order of their components. Phone numbers are told by
   * their last digits only.
   *
   * @param before null when there was nothing yet
   */
  public static List<Change> between(Record before, Record after) {
    List<Change> changes = new ArrayList<>();
    for (RecordComponent part : after.getClass().getRecordComponents()) {
      Object from = before == null ? null : value(part, before);
      Object to = value(part, after);
      if (!Objects.equals(from, to)) {
        changes.add(of(part.getName(), from, to));
      }
    }
    return changes;
  }

  public static Change of(String field, Object from, Object to) {
    return new Change(field, text(field, from), text(field, to));
  }

  private static Object value(RecordComponent part, Record of) {
    try {
      var read = part.getAccessor();
      read.setAccessible(true);
      return read.invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + part, e);
    }
  }

  private static String text(String field, Object value) {
    if (value == null) {
      return null;
    }
    String text = value instanceof Collection<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(" ")) : value.toString();
    if (field.equals("phone") && text.length() > DIGITS_SHOWN) {
      return "****" + text.substring(text.length() - DIGITS_SHOWN);
    }
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}

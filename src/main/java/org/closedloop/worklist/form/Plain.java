package org.closedloop.worklist.form;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain Java values, whatever it came as: one shape to walk, compare and hand to FEEL. */
final class Plain {

  static final JsonMapper JSON = JsonMapper.builder()
      .findAndAddModules()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .build();

  /** Deeper than any form may be; what lies below is cut, which only ever makes an answer invalid. */
  private static final int DEEPEST = 40;

  private Plain() {}

  static Object of(Object any) {
    return of(any, 0);
  }

  private static Object of(Object any, int depth) {
    if (any == null || any instanceof String || any instanceof Boolean) {
      return any;
    }
    if (depth > DEEPEST) {
      return null;
    }
    if (any instanceof Double d && !Double.isFinite(d) || any instanceof Float f && !Float.isFinite(f)) {
      return any.toString();
    }
    if (any instanceof BigDecimal || any instanceof BigInteger || any instanceof Long || any instanceof Integer
        || any instanceof Double || any instanceof Float || any instanceof Short || any instanceof Byte) {
      return any;
    }
    if (any instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), of(v, depth + 1)));
      return copy;
    }
    if (any instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(v -> copy.add(of(v, depth + 1)));
      return copy;
    }
    if (any instanceof JsonNode node) {
      return of(JSON.convertValue(node, Object.class), depth);
    }
    // records, enums, dates: as the API would write them
    return of(JSON.convertValue(any, Object.class), depth + 1);
  }

  /** A number as decimal, null when it is none. */
  static BigDecimal decimal(Object any) {
    if (any instanceof BigDecimal d) {
      return d;
    }
    if (any instanceof BigInteger i) {
      return new BigDecimal(i);
    }
    if (any instanceof Double || any instanceof Float) {
      double d = ((Number) any).doubleValue();
      return Double.isFinite(d) ? new BigDecimal(any.toString()) : null;
    }
    return any instanceof Number n ? BigDecimal.valueOf(n.longValue()) : null;
  }

  /** Equal as JSON: 1 and 1.0 are the same number, keys of objects have no order. */
  static boolean same(Object a, Object b) {
    if (a instanceof Number && b instanceof Number) {
      BigDecimal x = decimal(a);
      BigDecimal y = decimal(b);
      return x != null && y != null && x.compareTo(y) == 0;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      if (x.size() != y.size()) {
        return false;
      }
      for (int i = 0; i < x.size(); i++) {
        if (!same(x.get(i), y.get(i))) {
          return false;
        }
      }
      return true;
    }
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.entrySet().stream().allMatch(e -> same(e.getValue(), y.get(e.getKey())));
    }
    return a == null ? b == null : a.equals(b);
  }

  /** Nothing was answered: null, blank nothing, false, an empty list, or an object of only such. */
  static boolean nothing(Object any) {
    if (any == null || "".equals(any) || Boolean.FALSE.equals(any)) {
      return true;
    }
    if (any instanceof List<?> list) {
      return list.stream().allMatch(Plain::nothing);
    }
    return any instanceof Map<?, ?> map && map.values().stream().allMatch(Plain::nothing);
  }

  /** The value below nested maps and lists; steps are String keys and Integer indexes; null where the way ends. */
  static Object at(Object root, List<?> steps) {
    Object here = root;
    for (Object step : steps) {
      if (step instanceof String key && here instanceof Map<?, ?> map) {
        here = map.get(key);
      } else if (step instanceof Integer i && here instanceof List<?> list && i < list.size()) {
        here = list.get(i);
      } else {
        return null;
      }
    }
    return here;
  }

  static boolean has(Object root, List<?> steps) {
    Object above = at(root, steps.subList(0, steps.size() - 1));
    return above instanceof Map<?, ?> map && map.containsKey(steps.get(steps.size() - 1));
  }

  /** Puts a value below nested maps and lists, making the levels that are missing. */
  @SuppressWarnings("unchecked")
  static void put(Map<String, Object> root, List<?> steps, Object value) {
    Object here = root;
    for (int i = 0; i < steps.size(); i++) {
      Object step = steps.get(i);
      boolean last = i == steps.size() - 1;
      Object next = last ? value : steps.get(i + 1) instanceof Integer ? new ArrayList<>() : new LinkedHashMap<>();
      if (step instanceof String key) {
        Map<String, Object> map = (Map<String, Object>) here;
        Object old = map.get(key);
        if (last || !next.getClass().isInstance(old)) {
          map.put(key, next);
        }
        here = map.get(key);
      } else {
        List<Object> list = (List<Object>) here;
        int index = (Integer) step;
        while (list.size() <= index) {
          list.add(new LinkedHashMap<>());
        }
        if (last || !next.getClass().isInstance(list.get(index))) {
          list.set(index, next);
        }
        here = list.get(index);
      }
    }
  }
}

package org.closedloop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values nobody means well with, put into one field of an otherwise right body at a time. */
final class Hostile {

  /** Part of every text that is sent; must never be seen in a log. */
  static final String MARK = "Zq7xLeak";
  /** Sent where phones and passwords belong; the same holds for them. */
  static final String PHONE = "13987604321";
  static final String PASSWORD = "Hostile-" + MARK + "-9182";
  /** Names that mean something to the engine, to JavaScript, or to the model itself. */
  static final List<String> RESERVED = List.of("execution", "task", "authenticatedUserId", "__proto__", "constructor",
      "due", "stopClock", "decidedBy", "caseInstance", "processEngine", "class", "a.b", "", MARK);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HERE = "@@hostile@@";

  /** What a field takes. */
  enum Kind { TEXT, CODE, NUMBER, BOOLEAN, LIST, OBJECT }

  private Hostile() {}

  /** JSON that no field of this kind may accept, by name. */
  static Map<String, String> refused(Kind kind) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("control character", "\"" + MARK + "\\u0001\"");
    values.put("NUL", "\"" + MARK + "\\u0000\"");
    values.put("lone surrogate", "\"" + MARK + "\\ud800\"");
    values.put("lone low surrogate", "\"\\udc00" + MARK + "\"");
    values.put("deep list", "[".repeat(1_000) + "]".repeat(1_000));
    values.put("deep object", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000));
    if (kind != Kind.NUMBER) {
      values.put("number", "7");
      values.put("fraction", "1.5");
    }
    values.put("long number", "1" + "0".repeat(200));
    values.put("huge exponent", "1e400000000");
    values.put("not a number", "NaN");
    if (kind != Kind.BOOLEAN) {
      values.put("boolean", "true");
    }
    if (kind != Kind.LIST) {
      values.put("list", "[\"" + MARK + "\"]");
    }
    values.put("object", "{\"" + MARK + "\":1}");
    if (kind != Kind.TEXT) {
      texts().forEach((name, text) -> values.put(name, quoted(text)));
    }
    if (kind == Kind.TEXT || kind == Kind.CODE) {
      values.put("too long", quoted(MARK.repeat(3_000)));
      values.put("3 MB", quoted("长".repeat(1_000_000)));
    }
    return values;
  }

  /** JSON that a field may accept or refuse, as it likes, but must not stumble over. */
  static Map<String, String> doubtful(Kind kind) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("null", "null");
    values.put("empty text", "\"\"");
    if (kind == Kind.TEXT) {
      texts().forEach((name, text) -> values.put(name, quoted(text)));
    }
    if (kind == Kind.NUMBER) {
      values.put("negative", "-1");
      values.put("large", "9223372036854775807");
    }
    return values;
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("unknown", MARK);
    texts.put("emoji", "😀🏳️‍🌈" + MARK);
    texts.put("right-to-left", "\u202e" + MARK + "\u2066\u200f");
    texts.put("SQL", MARK + "'; drop table case_file; --");
    texts.put("HTML", "<img src=x onerror=alert('" + MARK + "')>");
    texts.put("expression", "${execution.setVariable('x', '" + MARK + "')}#{1}");
    texts.put("formula", "=cmd|'/C calc'!A0" + MARK);
    texts.put("path", "../../../../etc/passwd" + MARK);
    texts.put("log line", MARK + "\r\n2026-01-01 ERROR forged");
    return texts;
  }

  /** The body with this JSON at the path ({@code reporter.name}, {@code ids.0}); null leaves the field out. */
  static String body(Object right, String path, String json) {
    JsonNode root = JSON.valueToTree(right);
    String[] steps = path.split("\\.");
    JsonNode at = root;
    for (int i = 0; i < steps.length - 1; i++) {
      at = at.get(steps[i]);
    }
    String last = steps[steps.length - 1];
    if (at instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), HERE);
    } else if (json == null) {
      ((ObjectNode) at).remove(last);
    } else {
      ((ObjectNode) at).put(last, HERE);
    }
    return json == null ? root.toString() : root.toString().replace("\"" + HERE + "\"", json);
  }

  /** Bodies that are wrong as a whole. */
  static List<String> brokenBodies(String right) {
    List<String> bodies = new ArrayList<>(List.of("", "null", "[]", "7", "\"" + MARK + "\"", "{", "{\"a\"", "\u0000",
        right + right, right.substring(0, right.length() - 1) + ",", "[".repeat(100_000)));
    for (String name : RESERVED) {
      bodies.add("{" + quoted(name) + ":\"" + MARK + "\"," + right.substring(1));
    }
    return bodies;
  }

  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }
}

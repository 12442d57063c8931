package org.closedloop.once;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/** One text for everything that means the same as JSON: keys sorted, no blanks, 1.0 and 1 the same number. */
final class CanonicalJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CanonicalJson() {}

  /** SHA-256 in hex. */
  static String hash(JsonNode body) {
    StringBuilder text = new StringBuilder();
    write(body, text);
    try {
      return HexFormat.of().formatHex(
          MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(JsonNode node, StringBuilder text) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      text.append("null");
    } else if (node.isObject()) {
      text.append('{');
      TreeSet<String> names = new TreeSet<>();
      node.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        text.append(quoted(name)).append(':');
        write(node.get(name), text);
        text.append(',');
      }
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      node.forEach(item -> {
        write(item, text);
        text.append(',');
      });
      text.append(']');
    } else if (node.isNumber() && !(node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue()))) {
      // scientific form: never writes out the digits of a huge exponent
      var number = node.decimalValue();
      text.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toString());
    } else if (node.isBoolean()) {
      text.append(node.booleanValue());
    } else {
      text.append(quoted(node.asText()));
    }
  }

  private static String quoted(String value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

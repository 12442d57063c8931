package org.closedloop.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.closedloop.worklist.form.Conditions;

/**
 * Answers a form the way a person in a hurry does: what is already there stays, then the default, then the first
 * option, then a sentence. Knows nothing of any case type.
 */
final class FormFiller {

  private static final String SENTENCE = "已到现场核实并按要求办理完毕，情况属实，联系电话已留。";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Conditions conditions;

  FormFiller(Conditions conditions) {
    this.conditions = conditions;
  }

  /**
   * @param form  {@code {schema, data}} as the server gives it
   * @param given answers of the story, which stand as they are
   * @param today of the application, asked for only where a form wants a date
   */
  @SuppressWarnings("unchecked")
  Map<String, Object> fill(JsonNode form, Map<String, Object> given, Supplier<LocalDate> today) {
    Map<String, Object> data = form.path("data").isObject() ? JSON.convertValue(form.get("data"), Map.class) : Map.of();
    Map<String, Object> context = new LinkedHashMap<>(data);
    Map<String, Object> answers = new LinkedHashMap<>();
    context.putAll(given);
    fill(form.path("schema").path("components"), given, data, context, answers, today);
    answers.putAll(given);
    return answers;
  }

  private void fill(JsonNode components, Map<String, Object> given, Map<String, Object> data,
      Map<String, Object> context, Map<String, Object> answers, Supplier<LocalDate> today) {
    for (JsonNode component : components) {
      if (hidden(component, context) || component.path("disabled").asBoolean()) {
        continue;
      }
      fill(component.path("components"), given, data, context, answers, today);
      String key = component.path("key").asText("");
      if (key.isEmpty() || given.containsKey(key) || component.path("type").asText().equals("button")) {
        continue;
      }
      boolean required = component.path("validate").path("required").asBoolean();
      Object value = data.get(key) != null ? data.get(key) : value(component.get("defaultValue"));
      if (value == null && required) {
        value = made(component, data, today);
      }
      if (value != null) {
        answers.put(key, value);
        context.put(key, value);
      }
    }
  }

  private boolean hidden(JsonNode component, Map<String, Object> context) {
    String hide = component.path("conditional").path("hide").asText("");
    return hide.startsWith("=") && conditions.isTrue(hide.substring(1), context);
  }

  private static Object made(JsonNode component, Map<String, Object> data, Supplier<LocalDate> today) {
    return switch (component.path("type").asText()) {
      case "select", "radio" -> firstOption(component, data);
      case "checklist", "taglist" -> java.util.List.of(firstOption(component, data));
      case "number" -> component.path("validate").path("min").asLong(1);
      case "checkbox" -> true;
      case "datetime" -> today.get().plusDays(7).toString();
      default -> {
        String text = SENTENCE;
        while (text.length() < component.path("validate").path("minLength").asInt(0)) {
          text += SENTENCE;
        }
        yield text;
      }
    };
  }

  private static Object firstOption(JsonNode component, Map<String, Object> data) {
    if (component.path("values").size() > 0) {
      return value(component.path("values").get(0).get("value"));
    }
    Object options = data.get(component.path("valuesKey").asText());
    if (options instanceof java.util.List<?> list && !list.isEmpty()) {
      return list.get(0) instanceof Map<?, ?> option ? option.get("value") : list.get(0);
    }
    throw new AssertionError("nothing to choose from for " + component.path("key").asText());
  }

  private static Object value(JsonNode node) {
    return node == null || node.getNodeType() == JsonNodeType.NULL ? null : JSON.convertValue(node, Object.class);
  }
}

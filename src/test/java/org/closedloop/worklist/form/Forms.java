package org.closedloop.worklist.form;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.closedloop.engine.FeelConditions;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;

/** Short ways for the tests of forms; today is 2026-03-10 in Shanghai. */
final class Forms {

  static final Clock TODAY = Clock.fixed(Instant.parse("2026-03-09T17:00:00Z"), ZoneId.of("Asia/Shanghai"));
  static final Conditions FEEL = new FeelConditions(TODAY);
  static final Surroundings SURROUNDINGS = new Surroundings(FEEL, TODAY,
      row -> row.equals("suspension") ? Optional.of(LocalDate.of(2026, 6, 8)) : Optional.empty(),
      id -> switch (id) {
        case "a1" -> Optional.of(new Surroundings.Upload("现场.JPG", "image/jpeg"));
        case "a2" -> Optional.of(new Surroundings.Upload("报告.pdf", "application/pdf"));
        default -> Optional.empty();
      });

  private Forms() {}

  /** A form of these components, written with single quotes. */
  static FormSchema form(String... components) {
    return FormSchema.parse(("{'type':'default','id':'t','schemaVersion':19,'components':["
        + String.join(",", components) + "]}").replace('\'', '"'));
  }

  static Answers answers(FormSchema form, String json) {
    return answers(form, json, "{}");
  }

  static Answers answers(FormSchema form, String json, String data) {
    return form.check(json(json), map(data), SURROUNDINGS);
  }

  /** What is kept of one answer named x. */
  static Object kept(FormSchema form, String json) {
    return answers(form, "{'x':" + json + "}").values().get("x");
  }

  /** Field to Chinese message of everything found wrong; empty when nothing is. */
  static Map<String, String> faults(FormSchema form, String json) {
    return faults(form, json, "{}");
  }

  static Map<String, String> faults(FormSchema form, String json, String data) {
    try {
      answers(form, json, data);
      return Map.of();
    } catch (InvalidInput e) {
      Map<String, String> faults = new LinkedHashMap<>();
      for (FieldError error : e.errors()) {
        faults.put(error.field(), error.message().zh());
      }
      return faults;
    }
  }

  /** The only fault of an answer named x. */
  static String fault(FormSchema form, String json) {
    Map<String, String> faults = faults(form, "{'x':" + json + "}");
    return faults.size() == 1 && faults.containsKey("answers.x") ? faults.get("answers.x") : faults.toString();
  }

  static List<String> broken(Runnable parse) {
    try {
      parse.run();
      return List.of();
    } catch (InvalidInput e) {
      return e.errors().stream().map(FieldError::field).toList();
    }
  }

  static JsonNode json(String json) {
    try {
      return Plain.JSON.readTree(json.replace('\'', '"'));
    } catch (Exception e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(String json) {
    return (Map<String, Object>) Plain.of(json(json));
  }
}

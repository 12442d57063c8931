package org.closedloop.worklist.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.closedloop.problem.InvalidInput;

/**
 * A Camunda Form (form-js, schemaVersion up to 19), read once and used to check any number of answers. Immutable; equal
 * texts are read only once, since a form stays the same as long as its deployment.
 */
public final class FormSchema {

  private static final Cache<String, FormSchema> READ = Caffeine.newBuilder().maximumSize(1_000).build();

  private final String hash;
  private final SchemaReader.Read read;

  private FormSchema(String hash, SchemaReader.Read read) {
    this.hash = hash;
    this.read = read;
  }

  /**
   * @param json the form as its file has it, at most 256 KB and 200 components
   * @throws InvalidInput naming every place of the form that cannot be used, e.g. {@code components[2].validate.pattern}
   */
  public static FormSchema parse(String json) {
    String hash = sha256(json == null ? "" : json);
    FormSchema known = READ.getIfPresent(hash);
    if (known == null) {
      known = new FormSchema(hash, SchemaReader.read(json));
      READ.put(hash, known);
    }
    return known;
  }

  /** Id of the form, as models name it; empty when the file has none. */
  public String id() {
    return read.id();
  }

  /** SHA-256 of the text, in hex. */
  public String hash() {
    return hash;
  }

  /** Every question and every computed value, in the order of the form. */
  public List<Field> fields() {
    return read.fields();
  }

  /** How many characters the answer to this question may have; what any text may have where the form is silent. */
  public int longest(Field field) {
    return longest(read.parts(), field);
  }

  private static int longest(List<Part> parts, Field field) {
    for (Part part : parts) {
      if (part instanceof Part.Container container && longest(container.parts(), field) > 0) {
        return longest(container.parts(), field);
      }
      if (part instanceof Part.Input input && input.field().equals(field)) {
        return input.validate().maxLength() instanceof BigDecimal most ? most.intValue() : Texts.AREA;
      }
    }
    return 0;
  }

  /** Every FEEL expression by its place in the form, without {@code =}; for checks of models. */
  public Map<String, String> expressions() {
    return read.expressions();
  }

  /** Whether it shows data of that name, e.g. in a table. */
  public boolean reads(String name) {
    return read.reads(name) || read.shows().stream().anyMatch(text -> text.contains(name));
  }

  /**
   * Checks answers as the form would have, and refuses what the form could not have sent.
   *
   * @param answers nested as the form's keys say; null counts as no answer
   * @param data    what the form started with: values of read-only fields, options by {@code valuesKey}
   * @throws InvalidInput with a finding {@code answers.<path>} for everything that has to be mended
   */
  public Answers check(Map<String, ?> answers, Map<String, ?> data, Surroundings surroundings) {
    return new AnswerCheck(read, answers == null ? Map.of() : answers, data == null ? Map.of() : data, surroundings)
        .run();
  }

  /** As above, for answers as they came over HTTP; anything but an object or null is refused. */
  public Answers check(JsonNode answers, Map<String, ?> data, Surroundings surroundings) {
    if (answers == null || answers.isNull() || answers.isMissingNode()) {
      return check(Map.of(), data, surroundings);
    }
    if (!answers.isObject()) {
      throw InvalidInput.at("answers", "answers 须为 JSON 对象", "answers must be a JSON object");
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> plain = (Map<String, Object>) Plain.JSON.convertValue(answers, Map.class);
    return check(plain, data, surroundings);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.closedloop.web.problems;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.IgnoredPropertyException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** Says what is wrong with a JSON body: where, and what was expected there; never repeats the value. */
final class UnreadableJson {

  private static final ObjectMapper NAMES = new ObjectMapper();

  private UnreadableJson() {}

  static Problem problemOf(JsonProcessingException e) {
    // What was found while reading comes wrapped in the path that binding had reached.
    Optional<UnwantedContent> unclean = Failure.find(e, UnwantedContent.class);
    if (unclean.isPresent()) {
      return new InvalidInput(List.of(new Problem.FieldError(unclean.get().field(), unclean.get().words())));
    }
    if (Failure.find(e, StreamConstraintsException.class).isPresent()) {
      return new InvalidInput(List.of(new Problem.FieldError(
          e instanceof JsonMappingException mapping ? field(mapping) : "body", UnwantedContent.BEYOND_BOUNDS)));
    }
    Optional<InputCoercionException> coercion = Failure.find(e, InputCoercionException.class);
    if (coercion.isPresent() && e instanceof JsonMappingException mapping) {
      return expected(field(mapping), coercion.get().getTargetType());
    }
    if (Failure.find(e, JsonParseException.class).isPresent()) {
      return malformed(Failure.find(e, JsonParseException.class).get());
    }
    if (e instanceof PropertyBindingException unknown) {
      return unknown(unknown);
    }
    if (e instanceof MismatchedInputException mismatch) {
      return mismatch(mismatch);
    }
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return InvalidInput.at(field(mapping), "此处的值不可接受。", "The value here cannot be accepted.");
    }
    return malformed(e);
  }

  private static Problem malformed(JsonProcessingException e) {
    String zh = "";
    String en = "";
    if (e instanceof JsonParseException && e.getLocation() != null) {
      zh = "（第 " + e.getLocation().getLineNr() + " 行第 " + e.getLocation().getColumnNr() + " 列附近）";
      en = " near line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
    }
    Words words = Words.of("内容不是合法的 JSON" + zh + "，请检查括号、引号和逗号，同一个键不得重复。",
        "The body is not well-formed JSON" + en + "; check brackets, quotes and commas, and that no key comes twice.");
    return new Problem(400, "malformed-json", words, List.of(new Problem.FieldError("body", words)));
  }

  private static Problem unknown(PropertyBindingException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    boolean reserved = e instanceof IgnoredPropertyException;
    String names = known == null || known.isEmpty() ? ""
        : known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    return InvalidInput.at(field(e),
        reserved ? "此项不能由调用方填写，请去掉。"
            : "没有这一项，请去掉或更正名称。" + (names.isEmpty() ? "" : "可用的有：" + names + "。"),
        reserved ? "This is not for callers to set; leave it out."
            : "There is no such field; leave it out or correct its name." + (names.isEmpty() ? "" : " Known: " + names + "."));
  }

  private static Problem mismatch(MismatchedInputException e) {
    if (e.getPath().isEmpty() && !(e instanceof InvalidFormatException) && e.getMessage() != null
        && e.getMessage().startsWith("No content")) {
      return missingBody();
    }
    return expected(field(e), e.getTargetType());
  }

  private static Problem expected(String field, Class<?> type) {
    Words expected = expected(type);
    return InvalidInput.at(field, "应为" + expected.zh() + "。", "Expected " + expected.en() + ".");
  }

  static Problem missingBody() {
    return InvalidInput.at("body", "请求没有内容，请发送 JSON。", "The request has no body; send JSON.");
  }

  /** {@code answers.rows[2].name}, as the caller wrote it; {@code body} for the whole. */
  private static String field(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      } else if (step.getIndex() >= 0) {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.isEmpty() ? "body" : path.toString();
  }

  /** What belongs there, in words. */
  static Words expected(Class<?> type) {
    if (type == null) {
      return Words.of("另一种类型的值", "a value of another type");
    }
    if (type.isEnum()) {
      String names = Arrays.stream(type.getEnumConstants()).map(c -> NAMES.convertValue(c, String.class))
          .collect(Collectors.joining(", "));
      return Words.of("以下之一：" + names, "one of " + names);
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return Words.of("文字（加引号）", "a text in quotes");
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class || type == short.class
        || type == Short.class || type == java.math.BigInteger.class) {
      return Words.of("范围之内的整数（不加引号）", "a whole number within range, without quotes");
    }
    if (Number.class.isAssignableFrom(type) || type == double.class || type == float.class) {
      return Words.of("数字（不加引号）", "a number without quotes");
    }
    if (type == boolean.class || type == Boolean.class) {
      return Words.of("true 或 false", "true or false");
    }
    if (type == OffsetDateTime.class || type == Instant.class || type == ZonedDateTime.class) {
      return Words.of("带时区的时间，如 2026-10-01T09:00:00+08:00", "a time with offset such as 2026-10-01T09:00:00+08:00");
    }
    if (type == LocalDate.class) {
      return Words.of("日期，如 2026-10-01", "a date such as 2026-10-01");
    }
    if (type == LocalDateTime.class) {
      return Words.of("时间，如 2026-10-01T09:00:00", "a time such as 2026-10-01T09:00:00");
    }
    if (type == LocalTime.class) {
      return Words.of("钟点，如 09:00", "a time of day such as 09:00");
    }
    if (type == Duration.class) {
      return Words.of("时长，如 PT26H", "a duration such as PT26H");
    }
    if (type == UUID.class) {
      return Words.of("UUID", "a UUID");
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return Words.of("列表 […]", "a list […]");
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return Words.of("对象 {…}", "an object {…}");
    }
    return Words.of("另一种类型的值", "a value of another type");
  }
}

package org.closedloop.worklist.form;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Map;
import org.closedloop.problem.Words;
import org.closedloop.worklist.form.Part.Input;
import org.closedloop.worklist.form.Part.Numeric;
import org.closedloop.worklist.form.Part.When;

/** Turns what was sent for one question into the type the question has, or says why it cannot. */
final class TypedValue {

  private static final BigDecimal SAFE = BigDecimal.valueOf(9_007_199_254_740_991L);
  private static final int MOST_DIGITS = 30;

  /**
   * @param value for the case file, null when nothing was answered
   * @param json  the same as the browser holds it, for expressions
   * @param fault what is wrong with its type, null when nothing is
   */
  record Typed(Object value, Object json, Words fault) {

    static Typed wrong(String zh, String en) {
      return new Typed(null, null, Words.of(zh, en));
    }

    static Typed of(Object value, Object json) {
      return new Typed(value, json, null);
    }
  }

  private static final Typed NOTHING = new Typed(null, null, null);

  private TypedValue() {}

  static Typed of(Input input, Object raw) {
    if (raw == null || "".equals(raw) && !input.field().type().equals("checkbox")) {
      return NOTHING;
    }
    return switch (input.field().type()) {
      case "textfield" -> text(raw, false);
      case "textarea" -> text(raw, true);
      case "number" -> number(raw, (Numeric) input.detail());
      case "checkbox" -> raw instanceof Boolean
          ? Typed.of(raw, raw) : Typed.wrong("须为 true 或 false", "must be true or false");
      case "checklist", "taglist" -> many(raw);
      case "radio", "select" -> raw instanceof List<?>
          ? Typed.wrong("只能选择一项", "only one option may be chosen") : Typed.of(raw, raw);
      case "datetime" -> when(raw, (When) input.detail());
      case "filepicker" -> files(raw);
      default -> throw new IllegalStateException(input.field().type());
    };
  }

  private static Typed text(Object raw, boolean lines) {
    if (!(raw instanceof String sent)) {
      return Typed.wrong("须为文字", "must be text");
    }
    if (sent.length() > 2 * Texts.MOST) {
      return Typed.wrong("文字过长，请精简或作为附件上传", "far too long; shorten it or upload it as an attachment");
    }
    String text = Texts.normal(sent, lines);
    Words fault = Texts.fault(text);
    return fault == null ? Typed.of(text, text) : new Typed(null, null, fault);
  }

  private static Typed number(Object raw, Numeric rule) {
    BigDecimal number;
    if (raw instanceof String text && rule.text()) {
      if (!text.matches("-?(\\d{1,40})(\\.\\d{1,40})?")) {
        return Typed.wrong("须为数字，如 12.5", "must be a number such as 12.5");
      }
      number = new BigDecimal(text);
    } else {
      number = Plain.decimal(raw);
    }
    if (number == null) {
      return Typed.wrong("须为数字（不加引号），如 12.5", "must be a number without quotes, such as 12.5");
    }
    // before any arithmetic: 1e999999999 is three bytes of JSON and a gigabyte of digits
    long wholeDigits = (long) number.precision() - number.scale();
    if (number.scale() > MOST_DIGITS + 10 || number.signum() != 0 && wholeDigits > MOST_DIGITS) {
      return Typed.wrong("数字过大或小数位过多", "too large, or too many decimals");
    }
    if (!rule.text() && number.abs().compareTo(SAFE) > 0) {
      return Typed.wrong("数字的绝对值不得超过 9007199254740991", "must not exceed 9007199254740991 in size");
    }
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (rule.text()) {
      return Typed.of(plain.scale() < 0 ? plain.setScale(0) : plain, plain.toPlainString());
    }
    Object value = plain.scale() <= 0 ? (Object) plain.longValueExact() : (Object) plain.doubleValue();
    return Typed.of(value, value);
  }

  private static Typed many(Object raw) {
    if (!(raw instanceof List<?> list)) {
      return Typed.wrong("须为数组，如 [\"a\",\"b\"]", "must be an array such as [\"a\",\"b\"]");
    }
    for (int i = 0; i < Math.min(list.size(), 1_000); i++) {
      for (int j = 0; j < i; j++) {
        if (Plain.same(list.get(i), list.get(j))) {
          return Typed.wrong("同一选项不能重复选择", "an option may be chosen only once");
        }
      }
    }
    if (list.size() > 1_000) {
      return Typed.wrong("选择过多", "too many options chosen");
    }
    return list.isEmpty() ? new Typed(null, list, null) : Typed.of(list, list);
  }

  private static Typed files(Object raw) {
    boolean ids = raw instanceof List<?> list && list.stream().allMatch(
        id -> id instanceof String s && s.matches("[A-Za-z0-9_-]{1,64}"));
    if (!ids) {
      return Typed.wrong("须为附件编号的数组（先上传附件）", "must be an array of attachment ids; upload the files first");
    }
    List<?> list = (List<?>) raw;
    if (list.size() > AnswerCheck.MOST_FILES) {
      return Typed.wrong("附件最多 " + AnswerCheck.MOST_FILES + " 个", "at most " + AnswerCheck.MOST_FILES + " attachments");
    }
    if (list.stream().distinct().count() != list.size()) {
      return Typed.wrong("同一附件不能重复", "an attachment may be named only once");
    }
    return list.isEmpty() ? NOTHING : Typed.of(List.copyOf(list), list);
  }

  private static Typed when(Object raw, When rule) {
    String example = switch (rule.subtype()) {
      case "time" -> rule.zone().equals("utc_normalized") ? "06:30Z"
          : rule.zone().equals("utc_offset") ? "14:30+08:00" : "14:30";
      case "datetime" -> rule.zone().equals("utc_normalized") ? "2026-01-31T06:30Z"
          : rule.zone().equals("utc_offset") ? "2026-01-31T14:30+08:00" : "2026-01-31T14:30";
      default -> "2026-01-31";
    };
    Typed wrong = Typed.wrong("须为有效的日期时间，如 " + example, "must be a valid date or time such as " + example);
    if (!(raw instanceof String text) || text.length() > 40) {
      return wrong;
    }
    String time = "\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?";
    String zone = rule.zone().equals("no_timezone") ? "" : rule.zone().equals("utc_normalized") ? "Z"
        : "(Z|[+-]\\d{2}:\\d{2})";
    try {
      return switch (rule.subtype()) {
        case "time" -> {
          if (!text.matches(time + zone)) {
            yield wrong;
          }
          Object parsed = zone.isEmpty() ? LocalTime.parse(text) : OffsetTime.parse(text);
          yield parsed == null ? wrong : Typed.of(text, text);
        }
        case "datetime" -> {
          if (!text.matches("\\d{4}-\\d{2}-\\d{2}T" + time + zone)) {
            yield wrong;
          }
          LocalDate day = zone.isEmpty() ? LocalDateTime.parse(text).toLocalDate()
              : OffsetDateTime.parse(text).toLocalDate();
          yield sensible(day) ? Typed.of(text, text) : wrong;
        }
        default -> {
          LocalDate day = text.matches("\\d{4}-\\d{2}-\\d{2}") ? LocalDate.parse(text) : null;
          yield day != null && sensible(day) ? Typed.of(day, text) : wrong;
        }
      };
    } catch (DateTimeException e) {
      return wrong;
    }
  }

  private static boolean sensible(LocalDate day) {
    return day.getYear() >= 1900 && day.getYear() < 2200;
  }

  /** The local day a date or date-time means. */
  static LocalDate day(Object value, java.time.ZoneId zone) {
    if (value instanceof LocalDate day) {
      return day;
    }
    String text = (String) value;
    boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
    return zoned ? OffsetDateTime.parse(text).atZoneSameInstant(zone).toLocalDate()
        : LocalDateTime.parse(text).toLocalDate();
  }

  /** Maps stay what the server's own option says, so that nothing foreign rides along. */
  static boolean scalar(Object any) {
    return !(any instanceof List<?>) && !(any instanceof Map<?, ?>);
  }
}

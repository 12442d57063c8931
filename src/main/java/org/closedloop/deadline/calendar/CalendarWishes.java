package org.closedloop.deadline.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.closedloop.deadline.Moment;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.springframework.stereotype.Component;

/** What may be said of a day of the calendar: one rule for the single day and for many at once. */
@Component
class CalendarWishes {

  static final List<String> KINDS = List.of("off", "work", "normal");
  private static final int LONGEST_NAME = 40;
  private static final String ENTERED_HERE = "本级录入";

  /**
   * The day as it may be kept; what is wrong is added to {@code errors}, and the answer is then not to be used.
   *
   * @param before begins the name of every field, e.g. {@code days[3].}
   */
  OfficeDay checked(String date, String kind, String name, String source, String before, List<FieldError> errors) {
    LocalDate day = day(date, before + "date", errors);
    String called = name == null ? "" : name.strip();
    String said = source == null || source.isBlank() ? ENTERED_HERE : source.strip();
    String wanted = kind == null ? "" : kind;
    if (!KINDS.contains(wanted)) {
      errors.add(FieldError.of(before + "kind", "请选择 off（休息）、work（调休上班）或 normal（按周一至周五）。",
          "Give off, work, or normal for a day that follows Monday to Friday."));
    } else if (!"normal".equals(wanted) && called.isEmpty()) {
      errors.add(FieldError.of(before + "name", "请填写名称，例如“国庆节”。", "Give a name, for example the holiday's."));
    }
    readable(called, before + "name", errors);
    readable(said, before + "source", errors);
    return new OfficeDay(day, wanted, called, said);
  }

  /** @throws InvalidInput at {@code year} when no calendar of ours has it */
  int year(int year) {
    if (year < Moment.FIRST_YEAR || year > Moment.LAST_YEAR) {
      throw InvalidInput.at("year", "请填写 " + Moment.FIRST_YEAR + " 至 " + Moment.LAST_YEAR + " 的年份。",
          "Give a year from " + Moment.FIRST_YEAR + " to " + Moment.LAST_YEAR + ".");
    }
    return year;
  }

  private static LocalDate day(String text, String field, List<FieldError> errors) {
    try {
      LocalDate date = text == null ? null : LocalDate.parse(text);
      if (date != null && date.getYear() >= Moment.FIRST_YEAR && date.getYear() <= Moment.LAST_YEAR) {
        return date;
      }
    } catch (DateTimeException noDay) {
      // falls through to the finding
    }
    errors.add(FieldError.of(field, "请填写 " + Moment.FIRST_YEAR + " 至 " + Moment.LAST_YEAR + " 年间的日期，例如 2026-03-01。",
        "Give a date between " + Moment.FIRST_YEAR + " and " + Moment.LAST_YEAR + ", for example 2026-03-01."));
    return null;
  }

  private static void readable(String text, String field, List<FieldError> errors) {
    if (text.codePointCount(0, text.length()) > LONGEST_NAME) {
      errors.add(FieldError.of(field, "最多 " + LONGEST_NAME + " 个字。", "At most " + LONGEST_NAME + " characters."));
    }
    if (text.codePoints().anyMatch(CalendarWishes::unreadable)) {
      errors.add(FieldError.of(field, "有不可见的控制字符，请删除。",
          "Holds invisible control characters; delete them."));
    }
  }

  /** Control, direction-changing and unpaired characters have no place in the name of a day. */
  private static boolean unreadable(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE
        || type == Character.UNASSIGNED || type == Character.PRIVATE_USE;
  }
}

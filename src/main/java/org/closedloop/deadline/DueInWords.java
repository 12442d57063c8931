package org.closedloop.deadline;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.closedloop.deadline.WorkingCalendar.SpecialDay;
import org.closedloop.problem.Words;

/** Says in words how a deadline was counted, so that nobody has to take a date on trust. */
final class DueInWords {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY_EN = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);
  /** Longer lists of skipped days are cut: the sentence is read by people. */
  private static final int LISTED = 6;

  private DueInWords() {}

  static Words explain(WorkingCalendar calendar, OffsetDateTime from, int amount, AllowanceUnit unit,
      OffsetDateTime due, boolean beyond) {
    Words counted = switch (unit) {
      case MINUTES -> Words.of("按钟点连续计算", "counted by the clock, day and night");
      case WORKING_HOURS -> workingHours(calendar, from);
      case WORKING_DAYS -> Words.of("起算当日不计，到末个工作日下班时止",
          "the day of the beginning is not counted, and the last working day ends at the close of office");
      case DAYS -> days(calendar, from, amount);
    };
    Words skipped = unit == AllowanceUnit.MINUTES ? Words.of("", "") : skipped(calendar, from, due, unit);
    Words warning = beyond ? beyond(calendar) : Words.of("", "");
    return Words.of(
        "自 " + zh(from) + " 起 " + amount + " " + unit.words().zh() + "：" + counted.zh() + skipped.zh() + "。截止 "
            + zh(due) + "。" + warning.zh(),
        amount + " " + unit.words().en() + " from " + en(from) + ": " + counted.en() + skipped.en() + ". Due "
            + en(due) + "." + (beyond ? " " : "") + warning.en());
  }

  /** The warning shown wherever a deadline touches days without a holiday notice. */
  static Words beyond(WorkingCalendar calendar) {
    LocalDate until = calendar.coveredUntil();
    if (until == null) {
      return Words.of("注意：尚未录入放假安排，按周一至周五推算。",
          "Note: no holiday notice is known, so this was computed on Monday to Friday.");
    }
    return Words.of(
        "注意：放假安排只录入了 " + zh(calendar.coveredFrom()) + " 至 " + zh(until) + "，其余日期按周一至周五推算。",
        "Note: holiday notices are known from " + calendar.coveredFrom() + " to " + until
            + "; other days were computed on Monday to Friday.");
  }

  private static Words workingHours(WorkingCalendar calendar, OffsetDateTime from) {
    String hours = calendar.hours().stream().map(s -> TIME.format(s.opens()) + "–" + TIME.format(s.closes()))
        .collect(Collectors.joining("、"));
    String zh = "只在办公时间（" + hours + "）内计算";
    String en = "running only in office hours (" + hours.replace("、", ", ") + ")";
    OffsetDateTime opening = calendar.resume(from.toInstant(), 1, AllowanceUnit.WORKING_HOURS).minusSeconds(1);
    if (opening.isAfter(from)) {
      zh += "，自 " + zh(opening) + " 上班时起算";
      en += ", beginning at the opening on " + en(opening);
    }
    return Words.of(zh, en);
  }

  private static Words days(WorkingCalendar calendar, OffsetDateTime from, int amount) {
    LocalDate last = from.toLocalDate().plusDays(amount);
    if (calendar.isOfficeDay(last)) {
      return Words.of("起算当日不计，到末日下班时止",
          "the day of the beginning is not counted, and the last day ends at the close of office");
    }
    return Words.of("起算当日不计，末日 " + zh(last) + " 为休息日，顺延至其后首个工作日下班时",
        "the day of the beginning is not counted, and as the last day, " + DAY_EN.format(last)
            + ", is a day off, it ends at the close of the next working day");
  }

  private static Words skipped(WorkingCalendar calendar, OffsetDateTime from, OffsetDateTime due, AllowanceUnit unit) {
    if (unit == AllowanceUnit.DAYS) {
      return Words.of("", "");
    }
    List<LocalDate> holidays = new ArrayList<>();
    List<LocalDate> makeUps = new ArrayList<>();
    int weekend = 0;
    LocalDate first = unit == AllowanceUnit.WORKING_DAYS ? from.toLocalDate().plusDays(1) : from.toLocalDate();
    for (LocalDate date = first; !date.isAfter(due.toLocalDate()); date = date.plusDays(1)) {
      SpecialDay day = calendar.special(date);
      if (day == null) {
        weekend += calendar.isOfficeDay(date) ? 0 : 1;
      } else {
        (day.work() ? makeUps : holidays).add(date);
      }
    }
    List<String> zh = new ArrayList<>();
    List<String> en = new ArrayList<>();
    if (weekend > 0) {
      zh.add("不计周末 " + weekend + " 天");
      en.add(weekend + " weekend day(s) not counted");
    }
    if (!holidays.isEmpty()) {
      zh.add("不计假日 " + holidays.size() + " 天（" + runs(calendar, holidays, true) + "）");
      en.add(holidays.size() + " holiday(s) not counted (" + runs(calendar, holidays, false) + ")");
    }
    if (!makeUps.isEmpty()) {
      zh.add("计入调休上班日 " + runs(calendar, makeUps, true));
      en.add("make-up working day(s) counted: " + runs(calendar, makeUps, false));
    }
    return zh.isEmpty() ? Words.of("", "")
        : Words.of("，" + String.join("，", zh), "; " + String.join("; ", en));
  }

  /** Neighbouring days of one holiday as one range: {@code 10月1日至10月8日 国庆节、中秋节}. */
  private static String runs(WorkingCalendar calendar, List<LocalDate> dates, boolean chinese) {
    List<String> parts = new ArrayList<>();
    int i = 0;
    while (i < dates.size()) {
      int j = i;
      String name = calendar.special(dates.get(i)).name();
      while (j + 1 < dates.size() && dates.get(j + 1).equals(dates.get(j).plusDays(1))
          && calendar.special(dates.get(j + 1)).name().equals(name)) {
        j++;
      }
      LocalDate a = dates.get(i);
      LocalDate b = dates.get(j);
      if (chinese) {
        parts.add(monthDay(a) + (i == j ? "" : "至" + monthDay(b)) + (name.isEmpty() ? "" : " " + name));
      } else {
        parts.add(a + (i == j ? "" : " to " + b));
      }
      i = j + 1;
    }
    if (parts.size() > LISTED) {
      List<String> head = new ArrayList<>(parts.subList(0, LISTED));
      head.add("…");
      parts = head;
    }
    return String.join(chinese ? "；" : ", ", parts);
  }

  private static String zh(OffsetDateTime at) {
    return zh(at.toLocalDate()) + "（" + at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.CHINA) + "）"
        + time(at.toLocalTime());
  }

  private static String zh(LocalDate date) {
    return date.getYear() + "年" + monthDay(date);
  }

  private static String monthDay(LocalDate date) {
    return date.getMonthValue() + "月" + date.getDayOfMonth() + "日";
  }

  private static String en(OffsetDateTime at) {
    return DAY_EN.format(at) + " " + time(at.toLocalTime());
  }

  private static String time(LocalTime time) {
    return TIME.format(time);
  }
}

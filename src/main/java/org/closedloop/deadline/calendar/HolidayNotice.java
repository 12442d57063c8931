package org.closedloop.deadline.calendar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;

/**
 * Reads the yearly notice of the State Council, as its text is published or as JSON: {@code 一、元旦：1月1日（周四）至3日（周六）
 * 放假调休，共3天。1月4日（周日）上班。}. The days of the week and the number of days it names are checked against the dates,
 * so that a notice of another year, or half of one, is not taken.
 */
final class HolidayNotice {

  static final int LONGEST = 20_000;
  private static final String FIELD = "text";
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_HOLIDAY = 31;
  private static final int LONGEST_SENTENCE = 300;
  private static final String WEEKDAYS = "一二三四五六日";

  private static final Pattern TITLE_YEAR = Pattern.compile("(20\\d\\d)年(?:部分)?(?:全国)?节假日");
  private static final Pattern ANY_YEAR = Pattern.compile("(20\\d\\d)年");
  private static final Pattern NUMBER = Pattern.compile("国办[^\\s，。；]{0,6}〔20\\d\\d〕\\d+号");
  private static final Pattern HOLIDAY = Pattern.compile("([\\p{IsHan}、]{0,20}?(?:节|元旦|元旦节|假期))[:：]");
  private static final Pattern DAY =
      Pattern.compile("(?:(20\\d\\d)年)?(?:(\\d{1,2})月)?(\\d{1,2})日(?:[（(]([^）)]*)[）)])?");
  private static final Pattern WEEKDAY = Pattern.compile("(?:周|星期|礼拜)([一二三四五六日天])");
  private static final Pattern COUNT = Pattern.compile("共(\\d{1,3})天");

  /**
   * What a notice says.
   *
   * @param year   the year it is about
   * @param source its number, or that it was pasted
   */
  record Read(int year, String source, List<OfficeDay> days) {}

  private final int year;
  private final String source;
  private final Map<LocalDate, OfficeDay> days = new LinkedHashMap<>();
  private final List<FieldError> errors = new ArrayList<>();

  private HolidayNotice(int year, String source) {
    this.year = year;
    this.source = source;
  }

  /**
   * @param year the year it is about where it does not say so itself, may be null
   * @throws InvalidInput at {@code text} or {@code year}, naming every sentence that does not fit
   */
  static Read read(String text, Integer year, ObjectMapper json) {
    if (text == null || text.isBlank()) {
      throw InvalidInput.at(FIELD, "请粘贴国务院办公厅的放假通知全文。", "Paste the whole text of the notice.");
    }
    if (text.length() > LONGEST) {
      throw InvalidInput.at(FIELD, "内容太长，请只粘贴放假安排。", "Too long; paste the arrangement only.");
    }
    String plain = narrow(text);
    String source = first(NUMBER, plain.replaceAll("\\s", ""), 0);
    if (plain.stripLeading().startsWith("{") || plain.stripLeading().startsWith("[")) {
      return ofJson(text, year, source, json);
    }
    String lines = plain.replaceAll("[ \\t\\u3000]", "");
    String said = first(TITLE_YEAR, lines, 1) != null ? first(TITLE_YEAR, lines, 1)
        : year != null ? year.toString() : first(ANY_YEAR, lines, 1);
    if (said == null) {
      throw InvalidInput.at("year", "通知里没有年份，请填写是哪一年的安排。", "The notice names no year; say which year it is about.");
    }
    var notice = new HolidayNotice(Integer.parseInt(said), source == null ? "国务院办公厅通知" : source);
    notice.readText(lines);
    return notice.done();
  }

  private Read done() {
    if (errors.isEmpty() && days.isEmpty()) {
      throw InvalidInput.at(FIELD, "没有找到放假安排。应类似：一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。",
          "No holidays found. It should read like: 一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。");
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    return new Read(year, source, days.values().stream().sorted((a, b) -> a.date().compareTo(b.date())).toList());
  }

  private void readText(String text) {
    Matcher at = HOLIDAY.matcher(text);
    List<int[]> parts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    while (at.find()) {
      parts.add(new int[] {at.start(), at.end()});
      names.add(at.group(1).replaceFirst("^[一二三四五六七八九十]+、", ""));
    }
    for (int i = 0; i < parts.size(); i++) {
      int end = i + 1 < parts.size() ? parts.get(i + 1)[0] : text.length();
      holiday(names.get(i), text.substring(parts.get(i)[1], end));
    }
  }

  /** One paragraph: sentences that say which days are off, and which are worked. */
  private void holiday(String name, String paragraph) {
    for (String sentence : paragraph.split("[。；;\\n]")) {
      if (sentence.length() > LONGEST_SENTENCE) {
        wrong("“" + name + "”后面有一句太长，不像放假安排：" + sentence.substring(0, 40),
            name + ": a sentence is too long to be about holidays.");
      } else if (sentence.contains("上班")) {
        dates(name, sentence).forEach(d -> put(name, d, "work"));
      } else if (sentence.matches(".*(放假|调休|休息).*")) {
        off(name, sentence);
      }
    }
  }

  private void off(String name, String sentence) {
    List<LocalDate> off = new ArrayList<>();
    List<LocalDate> named = dates(name, sentence);
    boolean span = sentence.contains("至") || sentence.matches(".*日[^，,]*[-—~～].*");
    if (span && named.size() >= 2) {
      long length = ChronoUnit.DAYS.between(named.get(0), named.get(1));
      if (length < 0 || length > LONGEST_HOLIDAY) {
        wrong("“" + name + "”的起止日期不对：" + sentence, name + ": the holiday ends before it begins, or is too long.");
        return;
      }
      for (LocalDate d = named.get(0); !d.isAfter(named.get(1)); d = d.plusDays(1)) {
        off.add(d);
      }
      off.addAll(named.subList(2, named.size()));
    } else {
      off.addAll(named);
    }
    String count = first(COUNT, sentence, 1);
    // "放假1天，与周末连休，共3天" counts days that are off anyway
    if (count != null && !sentence.contains("连休") && Integer.parseInt(count) != off.size()) {
      wrong("“" + name + "”写的是共" + count + "天，但日期有" + off.size() + "天：" + sentence,
          name + ": the notice says " + count + " days, its dates are " + off.size() + ".");
    }
    off.forEach(d -> put(name, d, "off"));
  }

  /** The dates of a sentence; a month or year that is not repeated is that of the date before. */
  private List<LocalDate> dates(String name, String sentence) {
    List<LocalDate> found = new ArrayList<>();
    Matcher at = DAY.matcher(sentence);
    Integer month = null;
    int inYear = year;
    while (at.find()) {
      inYear = at.group(1) == null ? inYear : Integer.parseInt(at.group(1));
      month = at.group(2) == null ? month : Integer.valueOf(at.group(2));
      if (month == null) {
        continue;
      }
      try {
        LocalDate date = LocalDate.of(inYear, month, Integer.parseInt(at.group(3)));
        check(name, date, at.group(4));
        found.add(date);
      } catch (DateTimeException noDay) {
        wrong("“" + name + "”里没有这一天：" + at.group(), name + ": there is no such day: " + at.group());
      }
    }
    return found;
  }

  private void check(String name, LocalDate date, String inBrackets) {
    String said = inBrackets == null ? null : first(WEEKDAY, inBrackets, 1);
    if (said == null) {
      return;
    }
    String is = WEEKDAYS.substring(date.getDayOfWeek().getValue() - 1, date.getDayOfWeek().getValue());
    if (!is.equals(said.replace('天', '日'))) {
      wrong("“" + name + "”写的是" + date.getMonthValue() + "月" + date.getDayOfMonth() + "日周" + said + "，但" + date.getYear()
              + "年这一天是周" + is + "：请核对年份。",
          name + ": " + date + " is not the day of the week the notice says; check the year.");
    }
  }

  private void put(String name, LocalDate date, String kind) {
    OfficeDay before = days.put(date, new OfficeDay(date, kind, name, source));
    if (before != null && !before.kind().equals(kind)) {
      wrong(date + " 既写了放假又写了上班。", date + " is said to be off and to be worked.");
    }
  }

  /** {@code {year, days: [{date, name, isOffDay}]}} as calendars on the net have it, or our own {@code [{date, kind, name}]}. */
  private static Read ofJson(String text, Integer year, String source, ObjectMapper json) {
    JsonNode root;
    try {
      root = json.readTree(text);
    } catch (JsonProcessingException broken) {
      throw InvalidInput.at(FIELD, "这段 JSON 不完整，请重新复制。", "This JSON is not complete; copy it once more.");
    }
    JsonNode list = root.isArray() ? root : root.path("days").isArray() ? root.path("days") : root.path("items");
    int about = root.path("year").asInt(0) > 0 ? root.path("year").asInt() : year != null ? year : 0;
    for (JsonNode day : list) {
      about = about > 0 ? about : day.path("date").asText("0000").matches("\\d{4}.*")
          ? Integer.parseInt(day.path("date").asText().substring(0, 4)) : 0;
    }
    var notice = new HolidayNotice(about, source == null ? "国务院办公厅通知" : source);
    int row = 0;
    for (JsonNode day : list) {
      row++;
      String kind = day.has("isOffDay") ? day.path("isOffDay").asBoolean() ? "off" : "work" : day.path("kind").asText();
      String name = day.path("name").asText().strip();
      try {
        LocalDate date = LocalDate.parse(day.path("date").asText());
        if (!List.of("off", "work").contains(kind) || name.isEmpty() || name.codePointCount(0, name.length()) > LONGEST_NAME) {
          notice.wrong("第 " + row + " 天应有 kind（off 或 work，或 isOffDay）和 name。",
              "Day " + row + " needs kind (off or work, or isOffDay) and name.");
        } else {
          notice.put(name, date, kind);
        }
      } catch (DateTimeException noDay) {
        notice.wrong("第 " + row + " 天的 date 不是日期。", "The date of day " + row + " is none.");
      }
      if (notice.errors.size() > 20) {
        break;
      }
    }
    return notice.done();
  }

  private void wrong(String zh, String en) {
    errors.add(FieldError.of(FIELD, shortened(zh), shortened(en)));
  }

  private static String shortened(String words) {
    return words.length() > 200 ? words.substring(0, 200) + "…" : words;
  }

  private static String first(Pattern pattern, String text, int group) {
    Matcher at = pattern.matcher(text);
    return at.find() ? at.group(group) : null;
  }

  /** Full-width digits as usual ones. */
  private static String narrow(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().forEach(c -> plain.append((char) (c >= '０' && c <= '９' ? c - '０' + '0' : c)));
    return plain.toString();
  }
}

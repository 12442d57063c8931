package org.closedloop.notice.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** Makes sentences of events. Ask for a {@link Book} per page or batch: it reads the topics once. */
@Component
public class NoticeTexts {

  /** A headline and what to do. */
  public record Told(Words title, Words text) {}

  private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]]*)]");
  private static final Pattern VALUE = Pattern.compile("\\{([A-Za-z]{1,40})}");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final int LONGEST_VALUE = 500;
  private static final NoticeTopic UNKNOWN = new NoticeTopic("", "[{case} ]有新的提醒", "Something new[ in {case}]",
      "请查看。[{note}]", "Please look at it.[ {note}]");

  private final NoticeRules rules;
  private final Organisation organisation;
  private final ObjectMapper json;

  NoticeTexts(NoticeRules rules, Organisation organisation, ObjectMapper json) {
    this.rules = rules;
    this.organisation = organisation;
    this.json = json;
  }

  public Book book() {
    return new Book(rules.topics().stream().collect(Collectors.toMap(NoticeTopic::topic, t -> t)));
  }

  /** The words as they are now. */
  public final class Book {

    private final Map<String, NoticeTopic> topics;

    private Book(Map<String, NoticeTopic> topics) {
      this.topics = topics;
    }

    /** @param data the event's values, a JSON object */
    public Told tell(String topic, String caseNumber, String unit, String data) {
      NoticeTopic words = topics.getOrDefault(topic, UNKNOWN);
      Map<String, String> values = values(caseNumber, unit, data);
      return new Told(both(words.titleZh(), words.titleEn(), values), both(words.textZh(), words.textEn(), values));
    }
  }

  private static Words both(String zh, String en, Map<String, String> values) {
    return Words.of(filled(zh, values::get),
        filled(en, name -> values.getOrDefault(name + "En", values.get(name))));
  }

  private Map<String, String> values(String caseNumber, String unit, String data) {
    Map<String, String> values = new HashMap<>();
    try {
      for (Map.Entry<String, JsonNode> e : json.readTree(data).properties()) {
        if (e.getValue().isValueNode() && !e.getValue().isNull() && !e.getValue().asText().isBlank()) {
          values.put(e.getKey(), readable(e.getValue().asText()));
        }
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("data of an event is no JSON", e);
    }
    if (caseNumber != null) {
      values.put("case", caseNumber);
    }
    organisation.unit(unit).map(Unit::name).ifPresent(name -> values.put("unit", name));
    return values;
  }

  /** Times as people read them, everything else as it is, but on one line and not at any length. */
  private static String readable(String value) {
    if (value.length() >= 17 && value.length() <= 40 && value.charAt(4) == '-' && value.charAt(10) == 'T') {
      try {
        return WorkingCalendar.local(OffsetDateTime.parse(value).toInstant()).format(TIME);
      } catch (DateTimeParseException notATime) {
        // then it is a text that looks like one
      }
    }
    String line = value.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "…" : line;
  }

  private static String filled(String pattern, Function<String, String> values) {
    String kept = OPTIONAL.matcher(pattern).replaceAll(part -> VALUE.matcher(part.group(1)).results()
        .allMatch(v -> values.apply(v.group(1)) != null) ? quoted(part, 1) : "");
    return VALUE.matcher(kept).replaceAll(v -> {
      String value = values.apply(v.group(1));
      return java.util.regex.Matcher.quoteReplacement(value == null ? "—" : value);
    });
  }

  private static String quoted(MatchResult part, int group) {
    return java.util.regex.Matcher.quoteReplacement(part.group(group));
  }
}

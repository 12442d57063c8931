package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.closedloop.replay.Api.Account;

/** What happened month by month, read from the server: cases from their files, rungs from the alerts. */
final class Months {

  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  private static final int PAGE = 200;
  private static final List<String> COLUMNS = List.of("reported", "closed", "on time", "overdue", "suspended", "warn",
      "overdue alerts", "order", "yellow-card", "red-card");

  private final Map<YearMonth, Map<String, Integer>> months = new TreeMap<>();
  private int open;

  Months(Api api, Account reader, List<String> numbers) {
    Set<String> ours = new HashSet<>(numbers);
    Set<String> late = new HashSet<>();
    String after = "";
    do {
      JsonNode page = api.mustGet(reader, "/api/alerts?limit=" + PAGE + after);
      for (JsonNode alert : page.get("items")) {
        String number = alert.get("case").asText();
        String level = alert.get("level").asText();
        if (ours.contains(number)) {
          count(alert.get("at"), level.equals("overdue") ? "overdue alerts" : level);
          // the ladder's own items are not the case's
          if (level.equals("overdue") && !List.of("explain", "instruct").contains(alert.get("task").asText())) {
            late.add(number);
          }
        }
      }
      after = page.get("next").isNull() ? null : "&after=" + Api.inUrl(page.get("next").asText());
    } while (after != null);
    for (String number : numbers) {
      JsonNode c = api.mustGet(reader, "/api/cases/" + number);
      count(c.get("openedAt"), "reported");
      for (JsonNode milestone : c.get("milestones")) {
        if (milestone.get("key").asText().equals("suspended")) {
          count(milestone.get("at"), "suspended");
        }
      }
      if (c.get("open").asBoolean()) {
        open++;
      } else {
        count(c.get("closedAt"), "closed");
        count(c.get("closedAt"), late.contains(number) ? "overdue" : "on time");
      }
    }
  }

  private void count(JsonNode at, String what) {
    YearMonth month = YearMonth.from(OffsetDateTime.parse(at.asText()).withOffsetSameInstant(CHINA));
    months.computeIfAbsent(month, m -> new HashMap<>()).merge(what, 1, Integer::sum);
  }

  /** Markdown: a row a month, a row a year, a row for all. */
  String text() {
    StringBuilder out = new StringBuilder("| month | " + String.join(" | ", COLUMNS) + " |\n");
    out.append("|---|").append("---:|".repeat(COLUMNS.size())).append('\n');
    Map<String, Integer> all = new HashMap<>();
    Map<String, Map<String, Integer>> years = new LinkedHashMap<>();
    months.forEach((month, counts) -> {
      row(out, month.toString(), counts);
      counts.forEach((what, times) -> {
        all.merge(what, times, Integer::sum);
        years.computeIfAbsent("**" + month.getYear() + "**", y -> new HashMap<>()).merge(what, times, Integer::sum);
      });
    });
    years.forEach((year, counts) -> row(out, year, counts));
    row(out, "**all**", all);
    return out + (open > 0 ? "\n" + open + " still open.\n" : "");
  }

  private static void row(StringBuilder out, String name, Map<String, Integer> counts) {
    out.append("| ").append(name);
    COLUMNS.forEach(c -> out.append(" | ").append(counts.getOrDefault(c, 0)));
    out.append(" |\n");
  }
}

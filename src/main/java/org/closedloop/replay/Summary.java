package org.closedloop.replay;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What a replay did.
 *
 * @param messages  read from the file
 * @param outcomes  by message id, of all cases that have ended, in this run or an earlier one
 * @param failures  message id to what went wrong
 * @param reporting wall time of sending the reports, {@code working} of everything after it, in this run
 * @param reported  reports sent in this run; {@code steps} the steps taken
 * @param calls     HTTP calls made, {@code repeated} of them because there was no usable answer
 */
public record Summary(int messages, Map<String, Outcome> outcomes, Map<String, String> failures, Duration reporting,
    Duration working, int reported, long steps, long calls, long repeated) {

  private static final int UNITS_SHOWN = 12;

  /** Whether every message has become a case that ended. */
  public boolean complete() {
    return failures.isEmpty() && outcomes.size() == messages;
  }

  public long ended(String stage) {
    return count(o -> o.stage().equals(stage));
  }

  public long count(Predicate<Outcome> which) {
    return outcomes.values().stream().filter(which).count();
  }

  public int sum(ToIntFunction<Outcome> what) {
    return outcomes.values().stream().mapToInt(what).sum();
  }

  /** Markdown. */
  public String text() {
    StringBuilder out = new StringBuilder();
    row(out, "what", "number");
    row(out, "---", "---:");
    row(out, "messages", messages);
    row(out, "cases ended", outcomes.size());
    for (String stage : new String[] {"closed", "refused", "merged", "withdrawn"}) {
      row(out, "– " + stage, ended(stage));
    }
    row(out, "not ended", messages - outcomes.size());
    row(out, "sent by the duty list without a dispatcher", count(Outcome::direct));
    row(out, "reporter asked for what is missing", sum(Outcome::asked));
    row(out, "returns accepted", sum(Outcome::returned));
    row(out, "consultations", sum(Outcome::ruled));
    row(out, "extensions granted", sum(Outcome::extended));
    row(out, "suspensions", sum(Outcome::suspended));
    row(out, "verifications failed (rework)", sum(Outcome::reworked));
    row(out, "problem cases", count(Outcome::problem));
    row(out, "reopened", sum(Outcome::reopened));
    row(out, "rated", count(o -> o.satisfied() > 0));
    row(out, "– solved, says the reporter", count(Outcome::solved));
    row(out, "– satisfied (4 or 5)", count(o -> o.satisfied() >= 4));
    units(out);
    row(out, "reports sent in this run", reported + " in " + seconds(reporting) + " (" + rate(reported, reporting) + ")");
    row(out, "steps taken in this run", steps + " in " + seconds(working) + " (" + rate(steps, working) + ")");
    Duration wall = reporting.plus(working);
    row(out, "HTTP calls", calls + " (" + rate(calls, wall) + "), repeated " + repeated);
    row(out, "wall time of this run", seconds(wall));
    Map<String, Long> reasons = failures.values().stream().collect(
        Collectors.groupingBy(f -> f, TreeMap::new, Collectors.counting()));
    reasons.forEach((why, times) -> row(out, "failed: " + why, times));
    return out.toString();
  }

  /** The units that led most cases, and the rest in one line. */
  private void units(StringBuilder out) {
    Map<String, Long> units = outcomes.values().stream().map(Outcome::unit).filter(u -> !u.isEmpty())
        .collect(Collectors.groupingBy(u -> u, TreeMap::new, Collectors.counting()));
    Collection<Map.Entry<String, Long>> most = units.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(UNITS_SHOWN).toList();
    most.forEach(u -> row(out, "lead unit " + u.getKey(), u.getValue()));
    long shown = most.stream().mapToLong(Map.Entry::getValue).sum();
    long all = units.values().stream().mapToLong(Long::longValue).sum();
    row(out, "lead by " + Math.max(0, units.size() - UNITS_SHOWN) + " other units", all - shown);
  }

  private static void row(StringBuilder out, String what, Object number) {
    out.append("| ").append(what).append(" | ").append(number).append(" |\n");
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }

  private static String rate(long times, Duration time) {
    return "%.1f per second".formatted(time.isZero() ? 0 : times * 1000.0 / Math.max(1, time.toMillis()));
  }
}

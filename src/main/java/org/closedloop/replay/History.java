package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.closedloop.replay.Api.Account;
import org.closedloop.replay.Api.Answer;

/**
 * Plays answered messages of the past on the clock of a demo server: every report at its time, every reply at its time, so
 * that lights, alerts and cards come out as they would have. The rules are stated in the manual page of the replay.
 */
public final class History {

  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  private static final Duration ACCEPTED_AFTER = Duration.ofMinutes(30);
  private static final Duration SUSPENSION_ASKED_AFTER = Duration.ofDays(3);
  private static final Duration SUSPENSION_MAKES_SENSE = Duration.ofDays(20);
  private static final Duration EXPLAINED_AFTER = Duration.ofHours(3);
  private static final Duration VERIFIED_AFTER = Duration.ofHours(20);
  private static final int REVIEW_DAYS = 20;
  private static final int PROGRESS = 25;
  private static final int TEXT = 2000;
  private static final int CONFLICT = 409;

  /**
   * @param from    messages sent before that day are left out
   * @param limit   at most so many
   * @param summary the table is written here too; may be null
   */
  record Options(Path file, String server, LocalDate from, int limit, Path summary) {

    static Options of(String[] args) {
      Given given = Given.of(args);
      Options options = new Options(given.path("file"), given.server(),
          LocalDate.parse(given.take("from", "1970-01-01")),
          Integer.parseInt(given.take("limit", "" + Integer.MAX_VALUE)), given.path("summary"));
      given.nothingElse();
      return options;
    }
  }

  private interface Deed {
    void happen();
  }

  private record Event(OffsetDateTime at, int order, Deed deed) {}

  private final PrintStream out;
  private final Api api;
  private final Rules rules = new Rules();
  private final List<Answered> messages;
  private final Officials officials;
  private final Townspeople people;
  private final Account reader;
  private final PastTime time;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::order));
  private final Map<String, StateFile.Filed> filed = new LinkedHashMap<>();
  private final Set<String> explained = new HashSet<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final long begun = System.nanoTime();
  private int order;

  History(Options options, PrintStream out) throws IOException {
    this.out = out;
    this.api = new Api(options.server());
    this.messages = Answered.read(options.file(), options.from(), options.limit());
    this.officials = Officials.ofDemo(api);
    this.people = new Townspeople(api, rules);
    this.reader = officials.dispatchers().get(0);
    Account administrator = officials.in(officials.unitsWith("administrator").get(0), "administrator").get(0);
    this.time = new PastTime(api, administrator, reader, this::ladder);
    if (!messages.isEmpty() && time.now().isAfter(messages.get(0).message().sentAt())) {
      throw new IllegalStateException("the server's clock is at " + time.now() + ", after the first message; start one"
          + " on an empty folder with CLOSEDLOOP_DEMO_CLOCK=" + messages.get(0).message().sentAt().minusHours(1));
    }
  }

  /** The command {@code replay-history}. Ends with 0 when every case was closed, 1 when not, 2 on wrong options. */
  public static void main(String[] args) throws Exception {
    Command.run(args, "replay-history --file=<csv> [--server=http://localhost:8080] [--from=<date>] [--limit=<messages>]"
        + " [--summary=<file>]", Options::of, options -> {
          History history = new History(options, System.out);
          Months months = history.run();
          return new Command.Told(months.text() + history.epilogue(), options.summary(), history.failures.isEmpty());
        });
  }

  Months run() {
    for (Answered a : messages) {
      plan(a.message().sentAt(), () -> report(a));
    }
    int done = 0;
    while (!events.isEmpty()) {
      Event next = events.poll();
      time.advanceTo(next.at());
      next.deed().happen();
      if (++done % (PROGRESS * 4) == 0) {
        out.println(next.at().toLocalDate() + ": " + filed.size() + " of " + messages.size() + " reported, "
            + api.calls() + " calls, " + seconds() + " s");
      }
    }
    return new Months(api, reader, filed.values().stream().map(StateFile.Filed::number).toList());
  }

  /** What went wrong, and how long it took. */
  String epilogue() {
    StringBuilder text = new StringBuilder("\n" + filed.size() + " messages in " + seconds() + " s, " + api.calls()
        + " calls, " + time.stops() + " stops at deadlines, " + time.impatient() + " of them given up waiting.\n");
    failures.forEach((id, why) -> text.append("failed: ").append(id).append(": ").append(why).append('\n'));
    return text.toString();
  }

  private long seconds() {
    return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
  }

  private void plan(OffsetDateTime at, Deed deed) {
    events.add(new Event(at, order++, deed));
  }

  /** Something the case's fate depends on; a refusal is told at the end and the case is left alone. */
  private void plan(Answered a, OffsetDateTime at, Deed deed) {
    plan(at, () -> {
      if (!failures.containsKey(a.message().id())) {
        try {
          deed.happen();
        } catch (Api.Refused | IllegalStateException e) {
          failures.put(a.message().id(), e.getMessage());
        }
      }
    });
  }

  private void report(Answered a) {
    try {
      filed.put(a.message().id(), people.report(a.message()));
    } catch (Api.Refused e) {
      failures.put(a.message().id(), e.getMessage());
      return;
    }
    OffsetDateTime accepted = earlier(a.message().sentAt().plus(ACCEPTED_AFTER), a.repliedAt().minusMinutes(1));
    plan(a, accepted, () -> accept(a));
    OffsetDateTime asked = accepted.plus(SUSPENSION_ASKED_AFTER);
    if (rules.happens(a.message(), "suspended", Rules.SUSPENDED)
        && Duration.between(asked, a.repliedAt()).compareTo(SUSPENSION_MAKES_SENSE) > 0) {
      plan(a, asked, () -> suspend(a));
    }
    plan(a, a.repliedAt(), () -> reply(a));
    plan(a, inOffice(a.repliedAt().plus(VERIFIED_AFTER)), () -> verify(a));
  }

  private void accept(Answered a) {
    Message m = a.message();
    mustComplete(a, "accept", Map.of("accepted", "accept", "category", rules.category(m), "area", people.township(m),
        "urgency", "ordinary"));
    JsonNode item = item(a, "dispatch");
    if (item != null) {
      String proposed = api.mustGet(reader, "/api/work-items/" + item.get("id").asText() + "/form").get("data")
          .path("proposedUnit").asText("");
      List<String> departments = officials.unitsWith("handler").stream()
          .filter(u -> u.contains("-") && !u.endsWith("-zf")).toList();
      complete(item, Map.of("leadUnit", proposed.isEmpty() ? rules.one(m, "unit", departments) : proposed, "urgency",
          "ordinary"));
    }
  }

  private void suspend(Answered a) {
    JsonNode item = item(a, "handle");
    if (item == null) {
      return;
    }
    String review = time.now().withOffsetSameInstant(CHINA).toLocalDate().plusDays(REVIEW_DAYS).toString();
    act(a, officials.in(item.get("unit").asText(), "handler").get(0), "request-suspension", Map.of("reason", "appraisal",
        "reviewDate", review, "explanation", "需要委托第三方鉴定，等待鉴定结论。"));
    JsonNode decision = item(a, "decide-suspension");
    if (decision != null) {
      complete(decision, Map.of("suspensionApproved", "yes"));
    }
  }

  private void reply(Answered a) {
    JsonNode item = item(a, "handle");
    if (item == null) {
      throw new IllegalStateException("replied to before it was handled");
    }
    JsonNode c = api.mustGet(reader, "/api/cases/" + number(a));
    if (Outcome.passed(c, "suspended") > Outcome.passed(c, "resumed")) {
      act(a, officials.in(item.get("unit").asText(), "handler").get(0), "resume",
          Map.of("reason", "停表原因已经消除，恢复办理。"));
    }
    complete(item, Map.of("found", "经现场核实，反映的情况属实，原因已经查明。", "done", "已按规定处理到位，并安排专人跟进。",
        "result", "solved"));
    String reply = a.reply().length() > TEXT ? a.reply().substring(0, TEXT) : a.reply();
    mustComplete(a, "feedback", Map.of("found", "经现场核实，反映的情况属实，原因已经查明。", "done",
        reply.length() < 5 ? "已经办理。" + reply : reply, "contact", "主办单位值班室 0350-0000000"));
  }

  private void verify(Answered a) {
    mustComplete(a, "verify", Map.of("verified", "pass", "method", "call"));
    mustComplete(a, "close", Map.of("result", "solved"));
  }

  /** What the ladder asks of officials: an explanation of the unit, an instruction of the county leader. */
  private void ladder(JsonNode clock) {
    String task = clock.get("task").asText();
    String number = clock.get("case").asText();
    if ((task.equals("explain") || task.equals("instruct"))
        && explained.add(number + " " + task + " " + clock.get("due").asText())) {
      plan(time.now().plus(EXPLAINED_AFTER), () -> {
        JsonNode item = item(number, task);
        if (item != null) {
          complete(item, task.equals("instruct") ? Map.of("instruction", "请主办单位立即办结并书面报告原因。")
              : Map.of("cause", "事项复杂，需要多个单位配合。", "measures", "已安排专人每日跟进。", "promised", "尽快办结"));
        }
      });
    }
  }

  private void mustComplete(Answered a, String task, Map<String, Object> answers) {
    JsonNode item = item(a, task);
    if (item == null) {
      throw new IllegalStateException("no " + task + " to complete");
    }
    complete(item, answers);
  }

  /** By whoever in the unit may do it. */
  private void complete(JsonNode item, Map<String, Object> answers) {
    String unit = item.get("unit").asText();
    String id = item.get("id").asText();
    Answer last = null;
    for (String post : List.of("handler", "dispatcher", "verifier", "duty-leader", "county-leader")) {
      if (officials.has(unit, post)) {
        last = api.post(officials.in(unit, post).get(0), "/api/work-items/" + id + "/complete",
            Map.of("answers", answers), "history-" + id + "-" + post);
        if (last.ok()) {
          return;
        }
        if (last.status() != 403 && last.status() != 404) {
          break;
        }
      }
    }
    throw new IllegalStateException(item.get("task").asText() + " of " + unit + ": "
        + (last == null ? "nobody there to do it" : last.problem()));
  }

  private void act(Answered a, Account by, String action, Map<String, Object> answers) {
    Answer answer = api.post(by, "/api/cases/" + number(a) + "/actions/" + action, Map.of("answers", answers), null);
    if (!answer.ok() && answer.status() != CONFLICT) {
      throw new IllegalStateException(action + ": " + answer.problem());
    }
  }

  private String number(Answered a) {
    return filed.get(a.message().id()).number();
  }

  private JsonNode item(Answered a, String task) {
    return item(number(a), task);
  }

  private JsonNode item(String number, String task) {
    for (JsonNode item : api.mustGet(reader, "/api/cases/" + number).get("openItems")) {
      if (item.get("task").asText().equals(task)) {
        return item;
      }
    }
    return null;
  }

  private static OffsetDateTime earlier(OffsetDateTime one, OffsetDateTime other) {
    return one.isBefore(other) ? one : other;
  }

  /** The same time or, outside office hours, the next weekday's morning. */
  private static OffsetDateTime inOffice(OffsetDateTime at) {
    OffsetDateTime time = at.withOffsetSameInstant(CHINA);
    if (time.toLocalTime().isAfter(LocalTime.of(17, 0))) {
      time = time.plusDays(1).with(LocalTime.of(9, 0));
    } else if (time.toLocalTime().isBefore(LocalTime.of(9, 0))) {
      time = time.with(LocalTime.of(9, 0));
    }
    while (time.getDayOfWeek() == DayOfWeek.SATURDAY || time.getDayOfWeek() == DayOfWeek.SUNDAY) {
      time = time.plusDays(1);
    }
    return time;
  }
}

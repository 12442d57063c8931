package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.closedloop.replay.Api.Account;

/**
 * Moves the server's clock to the next event and stops on the way at every deadline that passes, until what must come of it
 * has come: alerts and the rungs of the ladder get the time at which they would have been raised.
 */
final class PastTime {

  private static final Duration AFTER_DUE = Duration.ofSeconds(2);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long POLL_MILLIS = 60;
  private static final int PAGE = 200;

  private final Api api;
  private final Account administrator;
  private final Account reader;
  /** Told every running clock seen at a stop. */
  private final Consumer<JsonNode> seen;
  /** Until the first late stage shows that there is none. */
  private boolean ladder = true;
  private boolean ladderSeen;
  private OffsetDateTime told;
  private long toldAt;
  private OffsetDateTime swept;
  private int stops;
  private int impatient;

  PastTime(Api api, Account administrator, Account reader, Consumer<JsonNode> seen) {
    this.api = api;
    this.administrator = administrator;
    this.reader = reader;
    this.seen = seen;
    told(api.mustGet(administrator, "/api/demo/clock"));
    this.swept = now();
  }

  /** The server's time, as it was told last and has passed since. */
  OffsetDateTime now() {
    return told.plusNanos(System.nanoTime() - toldAt);
  }

  private void told(JsonNode answer) {
    told = OffsetDateTime.parse(answer.get("now").asText());
    toldAt = System.nanoTime();
  }

  /** Stops made at deadlines; {@code impatient()} of them went on without all that was waited for. */
  int stops() {
    return stops;
  }

  int impatient() {
    return impatient;
  }

  void advanceTo(OffsetDateTime time) {
    while (swept.isBefore(time)) {
      List<JsonNode> passing = running(time).stream().filter(c -> c.get("pausedSince").isNull())
          .filter(c -> due(c).isAfter(swept)).sorted(Comparator.comparing(PastTime::due)).toList();
      if (passing.isEmpty()) {
        move(time);
        swept = time;
        return;
      }
      OffsetDateTime first = due(passing.get(0));
      move(first.plus(AFTER_DUE));
      settle(passing.stream().filter(c -> !due(c).isAfter(first)).toList());
      swept = first;
      stops++;
    }
  }

  private void move(OffsetDateTime to) {
    Duration by = Duration.between(now(), to);
    if (by.toMillis() > 0) {
      told(api.mustPost(administrator, "/api/demo/clock", Map.of("advance", by.toString()), null));
    }
  }

  /** A stage past its deadline has its alert and, where there is one, a ladder; a rung has been taken. */
  private void settle(List<JsonNode> passed) {
    long until = System.nanoTime() + PATIENCE_NANOS;
    for (JsonNode clock : passed) {
      String number = clock.get("case").asText();
      String kind = clock.get("kind").asText();
      boolean come = false;
      while (!come && System.nanoTime() < until) {
        List<JsonNode> now = ofCase(number);
        come = switch (kind) {
          case "rung" -> now.stream().noneMatch(c -> same(c, clock));
          case "stage" -> now.stream().noneMatch(c -> same(c, clock)) || alerted(number, clock) && climbed(now);
          default -> true;
        };
        if (!come) {
          pause();
        }
      }
      if (!come) {
        impatient++;
        ladder = ladder && ladderSeen;
      }
      ofCase(number).forEach(seen);
    }
  }

  private boolean climbed(List<JsonNode> clocks) {
    ladderSeen |= clocks.stream().anyMatch(c -> c.get("kind").asText().equals("rung"));
    return !ladder || clocks.stream().anyMatch(c -> c.get("kind").asText().equals("rung"));
  }

  private boolean alerted(String number, JsonNode clock) {
    for (JsonNode alert : api.mustGet(reader, "/api/alerts?level=overdue&case=" + number).get("items")) {
      if (alert.get("task").asText().equals(clock.get("task").asText())) {
        return true;
      }
    }
    return false;
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.get("task").equals(other.get("task")) && due(one).isEqual(due(other));
  }

  private List<JsonNode> ofCase(String number) {
    List<JsonNode> clocks = new ArrayList<>();
    for (JsonNode clock : api.mustGet(reader, "/api/cases/" + number).get("deadlines")) {
      clocks.add(clock);
    }
    return clocks;
  }

  private List<JsonNode> running(OffsetDateTime before) {
    List<JsonNode> clocks = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = api.mustGet(reader, "/api/deadlines?limit=" + PAGE + "&before=" + Api.inUrl(before.toString())
          + after);
      page.get("items").forEach(clocks::add);
      after = page.get("next").isNull() ? null : "&after=" + Api.inUrl(page.get("next").asText());
    } while (after != null);
    return clocks;
  }

  static OffsetDateTime due(JsonNode clock) {
    return OffsetDateTime.parse(clock.get("due").asText());
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Api.Refused(0, "interrupted");
    }
  }
}

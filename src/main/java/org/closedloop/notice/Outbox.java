package org.closedloop.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Where features say what people have to be told. A row is written in the caller's transaction: it is told if and only
 * if the event is committed. Nothing is sent here and nothing can fail because a mail server is down.
 *
 * <p><b>Columns, for those who write many rows with one statement of their own</b> (the sweep of alerts):
 * <pre>{@code
 * insert into outbox (topic, case_number, unit, official, data, dedupe_key, created_at)
 * select 'alert.' || a.level, a.case_number, a.unit, a.assignee,
 *        jsonb_build_object('task', …, 'taskEn', …, 'due', a.due_at), 'alert/' || a.id, #{now}
 * from alert a where a.id = any(…)
 * on conflict (dedupe_key) do nothing
 * }</pre>
 * {@code topic}, {@code dedupe_key} and {@code created_at} (official time, from the injected clock) must be there;
 * {@code case_number}, {@code unit}, {@code official} may be null; {@code data} is a JSON object and may be left out;
 * {@code id} and {@code expanded_at} are left alone. Times in {@code data} are RFC 3339, as {@code jsonb_build_object}
 * writes a {@code timestamptz}. Further keys of {@code data} with a meaning:
 * <ul>
 * <li>{@code post}: code of the post that has to act, where it is not the handler's ({@code verifier}); the recipient
 * words {@code holder} and {@code unit:handler} then reach the holders of that post.
 * <li>{@code task}/{@code taskEn}, {@code due}, {@code note}: appear in the shipped texts.
 * </ul>
 */
@Service
public class Outbox {

  private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
  /** Longer than anybody looks back in an inbox; the case file is the record, not this. */
  private static final Duration KEPT = Duration.ofDays(400);
  private static final int FORGET = 1_000;
  private static final int FORGET_BATCHES = 50;

  private final OutboxMapper rows;
  private final ObjectMapper json;
  private final Clock clock;

  Outbox(OutboxMapper rows, ObjectMapper json, Clock clock) {
    this.rows = rows;
    this.json = json;
    this.clock = clock;
  }

  /** One event; see {@link Event} for the parameters. A second one with the same key is nothing. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(String topic, String caseNumber, String unit, String official, Map<String, ?> data,
      String dedupeKey) {
    addAll(List.of(new Event(topic, caseNumber, unit, official, data, dedupeKey)));
  }

  /** Many events with one statement. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void addAll(Collection<Event> events) {
    List<String> topics = new ArrayList<>();
    List<String> cases = new ArrayList<>();
    List<String> units = new ArrayList<>();
    List<String> officials = new ArrayList<>();
    List<String> data = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    for (Event event : events) {
      if (!KEY.matcher(event.dedupeKey()).matches()) {
        throw new IllegalArgumentException("not a dedupe key: " + event.dedupeKey());
      }
      topics.add(event.topic());
      cases.add(event.caseNumber());
      units.add(event.unit());
      officials.add(event.official());
      data.add(written(event.data()));
      keys.add(event.dedupeKey());
    }
    if (!keys.isEmpty()) {
      rows.add(topics, cases, units, officials, data, keys, clock.instant());
    }
  }

  /** For the worker that finds recipients: the oldest events without, locked until its transaction ends. */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<OpenEvent> take(int most) {
    return rows.take(most);
  }

  /** Their recipients are found. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void done(Collection<OpenEvent> events) {
    rows.done(events.stream().map(e -> String.valueOf(e.id())).toList(), clock.instant());
  }

  /** Forgets old events with their notices and deliveries, a bounded number at a time. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT7M")
  void forget() {
    for (int i = 0; i < FORGET_BATCHES && rows.forget(clock.instant().minus(KEPT), FORGET) == FORGET; i++) {
      // on to the next batch
    }
  }

  private String written(Map<String, ?> data) {
    try {
      return json.writeValueAsString(data == null ? Map.of() : data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("data of a notice must be plain values", e);
    }
  }
}

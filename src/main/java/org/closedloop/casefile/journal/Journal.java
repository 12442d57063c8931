package org.closedloop.casefile.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.closedloop.casefile.CaseFile;
import org.closedloop.organisation.Official;
import org.closedloop.problem.Words;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The audit trail of every case: milestones reached, entries filed, elements passed. Nothing here is ever changed. */
@Service
public class Journal {

  private static final int MONTHS_AHEAD = 6;

  private final EntryMapper entries;
  private final MilestoneMapper milestones;
  private final Passages passages;
  private final ObjectMapper json;
  private final Clock clock;

  Journal(EntryMapper entries, MilestoneMapper milestones, Passages passages, ObjectMapper json, Clock clock) {
    this.entries = entries;
    this.milestones = milestones;
    this.passages = passages;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Where in the running of a case something is said.
   *
   * @param instance the process instance, null outside of any
   * @param caller   the instance that called it, null when none did
   */
  public record Place(String instance, String caller) {

    public static final Place NONE = new Place(null, null);
  }

  /** Files an answer or an action of a person. {@code publicText} is what of it the reporter may read. */
  public void file(CaseFile file, String kind, String key, Words name, Official by, String itemId,
      Map<String, Object> answers, String publicText) {
    file(file, kind, key, name, by, itemId, answers, publicText, Place.NONE);
  }

  /** The same, of a process instance: what was said there can be read by {@link #around}. */
  public void file(CaseFile file, String kind, String key, Words name, Official by, String itemId,
      Map<String, Object> answers, String publicText, Place place) {
    file(file, kind, key, name, by, null, itemId, answers, publicText, place);
  }

  /** @param behalfOf in whose place {@code by} acts, a username; null: in their own */
  public void file(CaseFile file, String kind, String key, Words name, Official by, String behalfOf, String itemId,
      Map<String, Object> answers, String publicText, Place place) {
    add(file, kind, key, name, by == null ? null : by.username(), by == null ? null : by.unit().code(), itemId,
        answers, publicText, place, behalfOf);
  }

  /** Files a fact that the system itself established. */
  public void fact(CaseFile file, String key, Words name, Map<String, Object> facts) {
    fact(file, key, name, null, facts, Place.NONE);
  }

  /** @param unit the unit the fact is about, null when it is about none */
  public void fact(CaseFile file, String key, Words name, String unit, Map<String, Object> facts, Place place) {
    add(file, "fact", key, name, null, unit, null, facts, null, place, null);
  }

  private void add(CaseFile file, String kind, String key, Words name, String official, String unit, String itemId,
      Map<String, Object> answers, String publicText, Place place, String behalfOf) {
    try {
      entries.add(file.number(), file.round(), clock.instant(), kind, key, name.zh(), name.en(), official, unit, itemId,
          json.writeValueAsString(answers), publicText, place.instance(), place.caller(),
          behalfOf);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("answers of " + key + " are not JSON", e);
    }
  }

  /**
   * @param process the model the milestone stands in, the case's own or a side process
   * @param unit    whose call it is, where units are called side by side; null elsewhere
   */
  public void reached(CaseFile file, String process, String unit, String key, Words name) {
    milestones.add(file.number(), key, name.zh(), name.en(), process, unit, file.round(), clock.instant());
  }

  /** @param run the process instance of a side process, null for the case's own */
  public void passed(String number, String process, String run, String element, boolean flow) {
    passages.add(new Passages.Passage(number, process, run, element, flow ? "flow" : "node", clock.instant()));
  }

  public List<Milestone> milestones(String number) {
    return milestones.of(number);
  }

  /** Those of the case's own process: what the reporter is told. Side processes are between offices. */
  public List<Milestone> ownMilestones(CaseFile file) {
    return milestones.of(file.number()).stream().filter(m -> m.process().equals(file.process())).toList();
  }

  /** How often each milestone of that process was reached in the case's round, e.g. {@code {reworked: 2}}; absent: never. */
  public Map<String, Integer> counts(CaseFile file, String process) {
    return counts(file, process, null);
  }

  /** @param unit whose call is meant, where units are called side by side; null: the whole process */
  public Map<String, Integer> counts(CaseFile file, String process, String unit) {
    return counts(milestones.of(file.number()), file.round(), process, unit);
  }

  /** The same, of milestones that were read already. */
  public static Map<String, Integer> counts(List<Milestone> reached, int round, String process, String unit) {
    Map<String, Integer> counts = new HashMap<>();
    reached.stream().filter(m -> m.round() == round && m.process().equals(process))
        .filter(m -> unit == null || unit.equals(m.unit())).forEach(m -> counts.merge(m.key(), 1, Integer::sum));
    return counts;
  }

  public List<Entry> entries(CaseFile file) {
    return entries.of(file.number(), file.openedAt());
  }

  /** The report and what was said where a process instance runs: in itself, in its caller, in those it called. */
  public List<Entry> around(CaseFile file, Place place) {
    return entries.around(file.number(), file.openedAt(), place.instance(), place.caller());
  }

  /** The answers of an entry as they were filed. */
  public Map<String, Object> answers(Entry entry) {
    try {
      return json.readValue(entry.answers(), new TypeReference<Map<String, Object>>() {});
    } catch (JsonProcessingException x) {
      throw new IllegalStateException("entry " + entry.id() + " is not JSON", x);
    }
  }

  /** The answers of the last action of that key: what a decision about it has to look at. */
  public Optional<Map<String, Object>> lastAction(CaseFile file, String key) {
    return last(file, key).map(this::answers);
  }

  /** When the last action of that key was taken: a request counts from when it was made, not when it is decided. */
  public Optional<Instant> lastActionAt(CaseFile file, String key) {
    return last(file, key).map(Entry::at);
  }

  /** Username of who took the last action of that key; null when nobody did, or somebody without an account. */
  public String lastActionBy(CaseFile file, String key) {
    return last(file, key).map(Entry::official).orElse(null);
  }

  private Optional<Entry> last(CaseFile file, String action) {
    return action == null ? Optional.empty() : entries(file).stream()
        .filter(e -> e.kind().equals("action") && e.key().equals(action)).reduce((first, last) -> last);
  }

  /** The diagram's nodes and flows the case passed, those of each run together, in order of the first time. */
  public List<Passed> passed(String number) {
    return passages.of(number);
  }

  /** Entries lie in one partition a month; they are made ahead, at every start and once a day. */
  @EventListener(ApplicationReadyEvent.class)
  @Scheduled(cron = "0 10 1 * * *")
  @Transactional
  public void makePartitions() {
    entries.ensurePartitions(LocalDate.now(clock), MONTHS_AHEAD);
  }
}

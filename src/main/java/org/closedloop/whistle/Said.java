package org.closedloop.whistle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.journal.Entry;
import org.closedloop.casefile.journal.Journal;
import org.springframework.stereotype.Component;

/** What was answered to the form of the step that is being recorded: its newest entry, filed in the same transaction. */
@Component
class Said {

  private final Journal journal;
  private final ObjectMapper json;

  Said(Journal journal, ObjectMapper json) {
    this.journal = journal;
    this.json = json;
  }

  /**
   * One filed answer.
   *
   * @param by username of who gave it, null for nobody with an account
   */
  record Answer(String by, Map<String, Object> values) {

    String text(String key) {
      Object value = values.get(key);
      return value == null || value.toString().isBlank() ? null : value.toString();
    }

    List<String> list(String key) {
      return values.get(key) instanceof List<?> some ? some.stream().map(String::valueOf).toList() : List.of();
    }

    Double number(String key) {
      return values.get(key) instanceof Number n ? (Double) n.doubleValue() : null;
    }

    Spot spot() {
      return Spot.of(values.get("lng"), values.get("lat"));
    }
  }

  /**
   * @param key  a task, an action, or {@code report}
   * @param unit of who answered, null: anybody
   */
  Answer last(CaseFile file, String key, String unit) {
    return find(file, key, unit)
        .orElseThrow(() -> new IllegalStateException(file.number() + ": nobody has answered " + key));
  }

  Optional<Answer> find(CaseFile file, String key, String unit) {
    return journal.entries(file).stream().filter(e -> e.key().equals(key) && !e.kind().equals("fact"))
        .filter(e -> unit == null || unit.equals(e.unit())).reduce((first, last) -> last).map(this::read);
  }

  private Answer read(Entry entry) {
    try {
      return new Answer(entry.official(), json.readValue(entry.answers(), new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("entry " + entry.id() + " is not JSON", e);
    }
  }
}

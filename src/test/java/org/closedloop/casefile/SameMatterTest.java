package org.closedloop.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.closedloop.LiveApp;
import org.closedloop.casefile.search.CaseSearch;
import org.closedloop.casefile.search.CaseSearch.Alike;
import org.closedloop.casefile.search.Matter;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/**
 * How well repeats are found: real messages, pairs of which were labelled by reading (same matter or not). All messages
 * stand open in the database; each asks as of its own time. Leaves nothing behind.
 */
@LiveApp
@Transactional
class SameMatterTest {

  private static final Path MESSAGES = Path.of("..", "shared", "data", "citizen-messages.csv");
  private static final String LABELS = "same-matter.csv";
  private static final int SHOWN = 5;

  @Autowired CaseSearch search;
  @Autowired JdbcTemplate sql;

  private record Pair(Matter newer, Matter older, boolean same) {}

  @Test
  void repeatsAreShownAndLittleElse() throws IOException {
    assumeTrue(Files.exists(MESSAGES), MESSAGES + " is not here");
    Map<String, Matter> messages = messages();
    store(messages);
    List<Pair> pairs = pairs(messages);

    Map<String, List<Alike>> answers = new HashMap<>();
    List<Double> millis = new ArrayList<>();
    for (Pair p : pairs) {
      if (!answers.containsKey(p.newer().number())) {
        long start = System.nanoTime();
        List<Alike> found = search.alike(p.newer());
        millis.add((System.nanoTime() - start) / 1e6);
        // what had not been reported yet could not be shown
        answers.put(p.newer().number(), found.stream().filter(a -> messages.containsKey(a.caseNumber())
            && messages.get(a.caseNumber()).openedAt().isBefore(p.newer().openedAt())).toList());
      }
    }
    int same = 0;
    int found = 0;
    int amongFive = 0;
    int wrong = 0;
    Set<String> asking = new HashSet<>();
    Set<String> helped = new HashSet<>();
    for (Pair p : pairs) {
      List<String> shown = answers.get(p.newer().number()).stream().map(Alike::caseNumber).toList();
      int place = shown.indexOf(p.older().number());
      if (p.same()) {
        same++;
        found += place >= 0 ? 1 : 0;
        amongFive += place >= 0 && place < SHOWN ? 1 : 0;
        asking.add(p.newer().number());
        if (place >= 0 && place < SHOWN) {
          helped.add(p.newer().number());
        }
      } else {
        wrong += place >= 0 ? 1 : 0;
      }
    }
    millis.sort(null);
    System.out.printf("%d pairs, %d the same matter: precision %.3f, recall %.3f, recall among five %.3f, helped %d of %d;"
        + " %.1f ms median, %.1f ms at 95 %%%n", pairs.size(), same, 1.0 * found / (found + wrong), 1.0 * found / same,
        1.0 * amongFive / same, helped.size(), asking.size(), millis.get(millis.size() / 2),
        millis.get(millis.size() * 95 / 100));
    assertThat(1.0 * found / (found + wrong)).as("precision of what is shown").isGreaterThan(0.82);
    assertThat(1.0 * found / same).as("recall of what is shown").isGreaterThan(0.87);
    assertThat(1.0 * amongFive / same).as("recall among the five shown").isGreaterThan(0.86);
    assertThat(1.0 * helped.size() / asking.size()).as("repeats shown an older report").isGreaterThan(0.88);
  }

  private static Map<String, Matter> messages() throws IOException {
    Map<String, Matter> messages = new LinkedHashMap<>();
    try (Reader in = Files.newBufferedReader(MESSAGES); CSVParser rows = rows(in)) {
      for (CSVRecord r : rows) {
        Instant at = LocalDateTime.parse(r.get("sent_at")).toInstant(ZoneOffset.ofHours(8));
        String id = "m" + r.get("message_id");
        messages.put(id, new Matter(id, r.get("subject"), r.get("body"), "", null, null, at));
      }
    }
    return messages;
  }

  private static List<Pair> pairs(Map<String, Matter> messages) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    try (Reader in = new InputStreamReader(SameMatterTest.class.getResourceAsStream(LABELS), StandardCharsets.UTF_8);
        CSVParser rows = rows(in)) {
      for (CSVRecord r : rows) {
        Matter one = messages.get("m" + r.get("message"));
        Matter other = messages.get("m" + r.get("other"));
        boolean later = one.openedAt().isAfter(other.openedAt());
        pairs.add(new Pair(later ? one : other, later ? other : one, r.get("same").equals("yes")));
      }
    }
    return pairs;
  }

  private static CSVParser rows(Reader in) throws IOException {
    return CSVParser.parse(in, CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get());
  }

  private void store(Map<String, Matter> messages) {
    String path = sql.queryForObject("select path from area where code = '140929'", String.class);
    List<Object[]> rows = messages.values().stream().map(m -> new Object[] {m.number(),
        m.title().substring(0, Math.min(200, m.title().length())), m.text(), path, m.number(),
        java.sql.Timestamp.from(m.openedAt())}).toList();
    sql.batchUpdate("""
        insert into case_file (number, process, title, description, area, area_path, urgency, channel, stage, open,
                               tracking_code, opened_at)
        values (?, 'case-handling', ?, ?, '140929', ?, 'ordinary', 'citizen-page', 'accept', true, ?, ?)
        """, rows);
    sql.execute("analyze open_matter");
  }
}

package org.closedloop.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What the played people decide. Every decision follows from the message alone (its words and a checksum of its id), so
 * that a second run decides the same. The shares are stated in the manual page of the replay.
 */
final class Rules {

  static final int REFUSED = 30;
  static final int ASKED = 60;
  static final int URGENT = 100;
  static final int COMPLEX = 100;
  static final int RETURNED = 50;
  static final int RETURN_ACCEPTED = 700;
  static final int RETURNED_AGAIN = 400;
  static final int EXTENDED = 60;
  static final int EXTENSION_APPROVED = 800;
  static final int EXTENDED_AGAIN = 200;
  static final int SUSPENDED = 20;
  static final int FAILED = 80;
  static final int FAILED_AGAIN = 300;
  static final int FAILED_THREE_TIMES = 500;
  static final int RATED = 600;
  static final int REOPENED = 30;

  private static final List<String> REFUSALS = List.of("not-government", "legal-proceedings", "no-facts",
      "already-answered", "other");
  private static final String ANYTHING_ELSE = "170504";
  private static final String KEYWORDS = "reference/category-words.csv";

  /** Word to category, in the order in which they are tried. */
  private final Map<String, String> keywords = new LinkedHashMap<>();
  private final List<String> emergencies = List.of("爆炸", "起火", "着火", "塌方", "坍塌", "燃气泄漏", "触电", "中毒");

  Rules() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        Rules.class.getClassLoader().getResourceAsStream(KEYWORDS), StandardCharsets.UTF_8));
        CSVParser rows = CSVParser.parse(in,
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      for (CSVRecord row : rows) {
        keywords.put(row.get("word"), row.get("category"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether this falls among so many of a thousand; decisions of different names are independent of each other. */
  boolean happens(Message m, String name, int ofThousand) {
    return number(m, name, 1000) < ofThousand;
  }

  /** 0 to {@code below} − 1. */
  int number(Message m, String name, int below) {
    CRC32 sum = new CRC32();
    sum.update((name + ":" + m.id()).getBytes(StandardCharsets.UTF_8));
    long mixed = sum.getValue() * 0x9E3779B97F4A7C15L;
    return (int) ((mixed >>> 33) % below);
  }

  <T> T one(Message m, String name, List<T> of) {
    return of.get(number(m, name, of.size()));
  }

  /** The first keyword found in the subject, then in the body. */
  String category(Message m) {
    for (String text : List.of(m.subject(), m.body())) {
      for (Map.Entry<String, String> word : keywords.entrySet()) {
        if (text.contains(word.getKey())) {
          return word.getValue();
        }
      }
    }
    return ANYTHING_ELSE;
  }

  String urgency(Message m) {
    if (emergencies.stream().anyMatch(m.subject()::contains)) {
      return "emergency";
    }
    int number = number(m, "urgency", 1000);
    return number < URGENT ? "urgent" : number < URGENT + COMPLEX ? "complex" : "ordinary";
  }

  boolean refused(Message m) {
    return m.repeatOf() == null && happens(m, "refused", REFUSED);
  }

  String refusal(Message m) {
    return one(m, "refusal", REFUSALS);
  }

  boolean asked(Message m) {
    return !refused(m) && happens(m, "asked", ASKED);
  }

  /** How often the unit says "not mine": 0, 1 or 2 times. */
  int returns(Message m) {
    if (!happens(m, "returned", RETURNED)) {
      return 0;
    }
    return happens(m, "return accepted", RETURN_ACCEPTED) && happens(m, "returned again", RETURNED_AGAIN) ? 2 : 1;
  }

  int extensions(Message m) {
    if (!happens(m, "extended", EXTENDED)) {
      return 0;
    }
    return happens(m, "extended again", EXTENDED_AGAIN) ? 2 : 1;
  }

  /** How often the verifier is not content in the first round: 0 to 3 times. */
  int failures(Message m) {
    if (!happens(m, "failed", FAILED)) {
      return 0;
    }
    if (!happens(m, "failed again", FAILED_AGAIN)) {
      return 1;
    }
    return happens(m, "failed three times", FAILED_THREE_TIMES) ? 3 : 2;
  }

  /** 1 to 5; three in four people give 4 or 5. */
  int satisfaction(Message m) {
    return List.of(1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 4, 5).get(number(m, "satisfaction", 12));
  }

  boolean reopened(Message m) {
    return happens(m, "reopened", REOPENED);
  }
}

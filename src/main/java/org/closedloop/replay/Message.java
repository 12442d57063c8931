package org.closedloop.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * One message of the file.
 *
 * @param sentAt   null when the file does not say
 * @param repeatOf id of the same sender's first message about the same matter, null when this is the first
 */
record Message(String id, String sender, String subject, OffsetDateTime sentAt, String body, String repeatOf) {

  /** Share of common pairs of characters above which two subjects are about the same matter. */
  private static final double SAME = 0.4;
  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);

  /**
   * Reads a CSV with a header line in UTF-8; the columns {@code message_id, sender_id, subject, body} must be there,
   * {@code sent_at} may be.
   *
   * @param limit at most so many, from the beginning
   * @throws IOException when it cannot be read or lacks a column
   */
  static List<Message> read(Path file, int limit) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true)
        .get();
    List<Message> messages = new ArrayList<>();
    Map<String, List<Message>> bySender = new HashMap<>();
    try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8), format)) {
      for (String column : List.of("message_id", "sender_id", "subject", "body")) {
        if (!rows.getHeaderNames().contains(column)) {
          throw new IOException(file + " has no column " + column);
        }
      }
      for (CSVRecord row : rows) {
        if (messages.size() >= limit) {
          break;
        }
        String sender = row.get("sender_id").strip();
        String subject = row.get("subject").strip();
        List<Message> earlier = bySender.computeIfAbsent(sender, s -> new ArrayList<>());
        String first = earlier.stream().filter(m -> m.repeatOf() == null && same(m.subject(), subject))
            .map(Message::id).findFirst().orElse(null);
        Message message = new Message(row.get("message_id").strip(), sender, subject,
            time(row.isMapped("sent_at") ? row.get("sent_at") : ""), row.get("body").strip(), first);
        messages.add(message);
        earlier.add(message);
      }
    }
    return messages;
  }

  private static OffsetDateTime time(String text) {
    try {
      return text.isBlank() ? null : LocalDateTime.parse(text.strip().replace(' ', 'T')).atOffset(CHINA);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static boolean same(String one, String other) {
    Set<String> a = pairs(one);
    Set<String> b = pairs(other);
    Set<String> common = new HashSet<>(a);
    common.retainAll(b);
    int all = a.size() + b.size() - common.size();
    return one.equals(other) || all > 0 && common.size() >= SAME * all;
  }

  private static Set<String> pairs(String text) {
    String plain = text.replaceAll("[\\p{P}\\p{Z}\\p{S}]", "");
    Set<String> pairs = new HashSet<>();
    for (int i = 0; i + 2 <= plain.length(); i++) {
      pairs.add(plain.substring(i, i + 2));
    }
    return pairs;
  }
}

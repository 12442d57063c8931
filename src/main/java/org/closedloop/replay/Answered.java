package org.closedloop.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A message of the past and when and how it was answered. The answer comes after the message. */
record Answered(Message message, OffsetDateTime repliedAt, String reply) {

  private static final ZoneOffset CHINA = ZoneOffset.ofHours(8);
  /** An answer that is said to be as old as its message gets this much. */
  private static final Duration LEAST = Duration.ofMinutes(2);

  /** @throws IOException when the file cannot be read, lacks a column or a time */
  static List<Answered> read(Path file, LocalDate from, int limit) throws IOException {
    Map<String, CSVRecord> rows = new HashMap<>();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).get();
    try (CSVParser parsed = CSVParser.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8), format)) {
      for (String column : List.of("sent_at", "replied_at", "reply")) {
        if (!parsed.getHeaderNames().contains(column)) {
          throw new IOException(file + " has no column " + column);
        }
      }
      parsed.forEach(row -> rows.put(row.get("message_id").strip(), row));
    }
    List<Answered> all = new ArrayList<>();
    for (Message m : Message.read(file, Integer.MAX_VALUE)) {
      CSVRecord row = rows.get(m.id());
      OffsetDateTime replied = LocalDateTime.parse(row.get("replied_at").strip().replace(' ', 'T')).atOffset(CHINA);
      if (m.sentAt() == null) {
        throw new IOException("message " + m.id() + " has no time");
      }
      if (m.sentAt().toLocalDate().isBefore(from)) {
        continue;
      }
      OffsetDateTime least = m.sentAt().plus(LEAST);
      all.add(new Answered(m, replied.isBefore(least) ? least : replied, row.get("reply").strip()));
    }
    all.sort(Comparator.comparing((Answered a) -> a.message().sentAt()).thenComparing(a -> a.message().id()));
    return all.subList(0, Math.min(limit, all.size()));
  }
}

package org.closedloop.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which message became which case and what became of it: one line when a report was taken, one when its case ended. A
 * run that was broken off goes on where it was.
 */
final class StateFile {

  private final Path file;
  private final Map<String, Filed> filed = new ConcurrentHashMap<>();
  private final Map<String, Outcome> ended = new ConcurrentHashMap<>();

  record Filed(String number, String code) {}

  StateFile(Path file) throws IOException {
    this.file = file;
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        read(Arrays.asList(line.split(",", -1)));
      }
    }
  }

  /** A line cut off by a crash is left out: the server knows the idempotency key and answers as before. */
  private void read(List<String> line) {
    if (line.get(0).equals("filed") && line.size() == 4) {
      filed.put(line.get(1), new Filed(line.get(2), line.get(3)));
    } else if (line.get(0).equals("ended") && line.size() == 15) {
      ended.put(line.get(1), Outcome.ofColumns(line.subList(2, 15)));
    }
  }

  Filed filed(String message) {
    return filed.get(message);
  }

  Outcome ended(String message) {
    return ended.get(message);
  }

  void filed(String message, Filed receipt) {
    filed.put(message, receipt);
    append("filed," + message + "," + receipt.number() + "," + receipt.code());
  }

  void ended(String message, Outcome outcome) {
    ended.put(message, outcome);
    append("ended," + message + "," + String.join(",", outcome.columns()));
  }

  private synchronized void append(String line) {
    try {
      Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

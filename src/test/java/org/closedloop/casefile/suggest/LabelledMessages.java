package org.closedloop.casefile.suggest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Citizens' messages with the first-level category an office gave them, and how often a method finds it. */
final class LabelledMessages {

  static final Path FILE = Path.of("..", "shared", "data", "labelled-messages.csv");
  static final int FOLDS = 5;
  private static final int SEED = 20261122;

  record Message(String subject, String body, String label) {}

  /** From what was learnt to the labels of a message, likeliest first. */
  interface Method {
    Function<Message, List<String>> learn(List<Message> from);
  }

  /** Shares of all messages; {@code spread} is the standard deviation of {@code first} between repeats. */
  record Accuracy(double first, double amongThree, double spread) {}

  private LabelledMessages() {}

  static List<Message> read() {
    try (var in = Files.newBufferedReader(FILE);
        var rows = CSVParser.parse(in, CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      List<Message> messages = new ArrayList<>();
      rows.forEach(r -> messages.add(new Message(r.get("subject"), r.get("body"), r.get("level1"))));
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every message is judged once a repeat by what was learnt from the other four fifths. */
  static Accuracy measure(List<Message> messages, Method method, int repeats) {
    double[] firsts = new double[repeats];
    double amongThree = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      List<Message> shuffled = new ArrayList<>(messages);
      Collections.shuffle(shuffled, new Random(SEED + repeat));
      for (int fold = 0; fold < FOLDS; fold++) {
        List<Message> learnt = new ArrayList<>();
        List<Message> judged = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
          (i % FOLDS == fold ? judged : learnt).add(shuffled.get(i));
        }
        Function<Message, List<String>> judge = method.learn(learnt);
        for (Message m : judged) {
          int place = judge.apply(m).indexOf(m.label());
          firsts[repeat] += place == 0 ? 1.0 / messages.size() : 0;
          amongThree += place >= 0 && place < 3 ? 1.0 / messages.size() / repeats : 0;
        }
      }
    }
    double mean = java.util.Arrays.stream(firsts).average().orElseThrow();
    double spread = Math.sqrt(java.util.Arrays.stream(firsts).map(f -> (f - mean) * (f - mean)).sum() / (repeats - 1));
    return new Accuracy(mean, amongThree, spread);
  }
}

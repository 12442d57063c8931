package org.closedloop.engine.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** {@code processes/rules.csv}: every rule with what holds it and what proves it, each of which must exist. */
final class RuleList {

  record Rule(String section, String zh, String en, List<String> heldBy, List<String> provenBy) {}

  private static final Path TESTS = Path.of("src/test/java");

  private RuleList() {}

  static List<Rule> read() throws IOException {
    try (var reader = Files.newBufferedReader(Path.of("processes/rules.csv"));
        CSVParser csv = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader)) {
      List<Rule> rules = new ArrayList<>();
      for (CSVRecord row : csv) {
        rules.add(new Rule(row.get("section"), row.get("zh"), row.get("en"), list(row.get("held_by")),
            list(row.get("proven_by"))));
      }
      return rules;
    }
  }

  static String table(List<Rule> rules) {
    StringBuilder text = new StringBuilder("| 规则 rule | 守在 held by | 证明 proven by |\n|---|---|---|\n");
    rules.forEach(r -> text.append("| **%s** %s · %s | %s | %s |%n".formatted(r.section, r.zh, r.en, code(r.heldBy),
        code(r.provenBy))));
    return text.toString();
  }

  /** What is named but is not there. */
  static List<String> missing(List<Rule> rules) throws IOException {
    List<String> missing = new ArrayList<>();
    String stories = everything("processes", ".scenarios.yaml");
    for (Rule rule : rules) {
      if (rule.heldBy.isEmpty() || rule.provenBy.isEmpty()) {
        missing.add(rule.zh);
      }
      for (String holder : rule.heldBy) {
        if (!holds(holder)) {
          missing.add(holder);
        }
      }
      for (String proof : rule.provenBy) {
        if (proof.startsWith("story: ") ? !stories.contains("- story: " + proof.substring(7) + "\n") : !test(proof)) {
          missing.add(proof);
        }
      }
    }
    return missing;
  }

  private static boolean holds(String holder) throws IOException {
    if (holder.startsWith("org.closedloop.")) {
      return Files.exists(Path.of("src/main/java", holder.replace('.', '/') + ".java"));
    }
    String[] fileAndElement = holder.split("#", 2);
    String file = fileAndElement[0];
    if (file.startsWith("forms/")) {
      return Files.exists(Path.of(file))
          && Files.readString(Path.of(file)).contains("\"key\": \"" + fileAndElement[1] + "\"");
    }
    String all = everything("processes", "/" + file + ".bpmn") + everything("processes", "/" + file + ".dmn");
    return all.contains("id=\"" + fileAndElement[1] + "\"");
  }

  private static boolean test(String proof) throws IOException {
    String[] classAndMethod = proof.split("\\.", 2);
    String source = everything(TESTS.toString(), "/" + classAndMethod[0] + ".java");
    return !source.isEmpty() && (classAndMethod.length == 1 || source.contains(" void " + classAndMethod[1] + "("));
  }

  private static String everything(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      StringBuilder text = new StringBuilder();
      files.filter(f -> f.toString().endsWith(ending)).sorted().forEach(f -> {
        try {
          text.append(Files.readString(f));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      return text.toString();
    }
  }

  private static List<String> list(String cell) {
    return Stream.of(cell.split(";")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  private static String code(List<String> names) {
    return String.join("<br>", names.stream()
        .map(n -> n.startsWith("story: ") ? "“" + n.substring(7) + "”" : "`" + n.replace("org.closedloop.", "") + "`")
        .toList());
  }
}

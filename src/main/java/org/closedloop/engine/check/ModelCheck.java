package org.closedloop.engine.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.engine.check.Rule.Report;
import org.closedloop.engine.vocabulary.Vocabulary;
import org.closedloop.problem.Words;
import org.closedloop.worklist.form.Conditions;
import org.springframework.stereotype.Component;

/**
 * Holds the models of one folder to all rules, wherever they come from: the jar, a folder, the studio or the Modeler.
 * Asks nothing and changes nothing; the same models always give the same findings.
 */
@Component
public final class ModelCheck {

  /** Who owns a key that other folders may not take; {@code kind} is {@code process}, {@code decision}, {@code form}. */
  @FunctionalInterface
  public interface Owners {

    Owners NOBODY = (kind, key) -> Optional.empty();

    /** The unit whose latest deployment has that key. */
    Optional<String> ownerOf(String kind, String key);
  }

  /** A rule as designers read it; {@code wall} rules are kept by the engine itself as well. */
  public record Promise(String rule, boolean wall, Words promise) {}

  private static final Words SIZE = Words.of("文件大小、数量和名称在限度之内。", "Size, number and names of files are bounded.");
  private static final Words PROLOG = Words.of("文件是可读的 UTF-8，不含 DOCTYPE 和处理指令。",
      "Files are readable UTF-8 without DOCTYPE or processing instructions.");

  private static final List<Rule> RULES = Stream.of(CodeRules.ALL, OwnershipRules.ALL, FlowRules.ALL, StyleRules.ALL,
      DecisionRules.ALL, FormRules.ALL).flatMap(List::stream).toList();

  private final Vocabulary vocabulary;
  private final Conditions feel;

  /** @param feel judges the expressions in forms, the same that evaluates them */
  public ModelCheck(Vocabulary vocabulary, Conditions feel) {
    this.vocabulary = vocabulary;
    this.feel = feel;
  }

  /**
   * Everything that is wrong with a folder.
   *
   * @param unit  the folder's name, which is the process id
   * @param files file name within the folder to content; only models ({@code .bpmn .dmn .form})
   */
  public List<Finding> check(String unit, Map<String, byte[]> files, Owners owners) {
    return check(unit, files, owners, false);
  }

  /** Only the rules that keep the engine safe; for the engine's own wall. */
  public List<Finding> wall(String unit, Map<String, byte[]> files) {
    return check(unit, files, Owners.NOBODY, true);
  }

  /** All rules in the order of their names, for the guide and the studio. */
  public static List<Promise> rules() {
    Stream<Promise> reading = Stream.of(new Promise("L1", true, SIZE), new Promise("L2", true, PROLOG));
    return Stream.concat(reading, RULES.stream().map(rule -> new Promise(rule.id(), rule.wall(), rule.promise())))
        .collect(Collectors.toMap(Promise::rule, promise -> promise, (one, other) -> one, LinkedHashMap::new))
        .values().stream().toList();
  }

  private List<Finding> check(String unit, Map<String, byte[]> files, Owners owners, boolean wallOnly) {
    List<Finding> findings = new ArrayList<>();
    UnitModels models = UnitModels.read(unit, files, vocabulary, feel, owners,
        new Report("L1", findings), new Report("L2", findings));
    // A file that cannot be read would make other rules complain about what is only missing because of it.
    if (findings.isEmpty()) {
      RULES.stream().filter(rule -> rule.wall() || !wallOnly).forEach(rule -> rule.lookAt(models, findings));
    }
    findings.sort(Comparator.comparing(Finding::level).thenComparing(Finding::file)
        .thenComparing(finding -> finding.line() == null ? 0 : finding.line()).thenComparing(Finding::rule));
    return List.copyOf(findings);
  }
}

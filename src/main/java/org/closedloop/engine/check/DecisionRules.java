package org.closedloop.engine.check;

import static org.closedloop.engine.check.Rule.words;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.FeelEngineBuilder;
import org.camunda.feel.api.ParseResult;
import org.closedloop.engine.check.Rule.Report;

/** Decision tables: FEEL only, readable, and without a door to Java. */
final class DecisionRules {

  static final int LONGEST_FEEL = 500;
  private static final int DEEPEST_BRACKETS = 10;
  /** Loops, powers and regular expressions: what a short text can keep a node busy with for hours. */
  private static final Pattern COSTLY =
      Pattern.compile("\\b(for|some|every|return|matches|replace|split|extract)\\b|(\\*\\*)");

  private static final FeelEngineApi FEEL = FeelEngineBuilder.forJava().withEnabledExternalFunctions(false).build();

  private static final Set<String> ELEMENTS = Set.of("dmn:definitions", "dmn:decision", "dmn:decisionTable",
      "dmn:input", "dmn:inputExpression", "dmn:inputValues", "dmn:output", "dmn:outputValues",
      "dmn:defaultOutputEntry", "dmn:rule", "dmn:inputEntry", "dmn:outputEntry", "dmn:text", "dmn:description",
      "dmn:annotation", "dmn:annotationEntry", "dmn:inputData", "dmn:variable", "dmn:informationRequirement",
      "dmn:requiredInput", "dmn:requiredDecision", "dmn:literalExpression", "dmn:question", "dmn:allowedAnswers",
      "dmn:extensionElements", "dmn:knowledgeSource", "dmn:authorityRequirement", "dmn:requiredAuthority",
      "dmn:textAnnotation", "dmn:association");

  private static final Set<String> CAMUNDA =
      Set.of("camunda:historyTimeToLive", "camunda:versionTag", "camunda:inputVariable");

  static final List<Rule> ALL = List.of(
      new Rule("D1", true, words("决策只用 FEEL，没有脚本和函数定义。",
          "Decisions use FEEL only, no scripts and no function definitions."), DecisionRules::nothingButFeel),
      new Rule("D2", true, words("每格不超过 500 个字符，FEEL 读得懂。",
          "Every cell is at most 500 characters of readable FEEL."), DecisionRules::cells),
      new Rule("D3", false, words("决策有历史保留期；每行每列都有格子。",
          "A decision has historyTimeToLive; every row has a cell for every column."), DecisionRules::tables));

  private DecisionRules() {}

  private static void nothingButFeel(UnitModels unit, Report report) {
    unit.dmn().values().stream().flatMap(XmlNode::everything).forEach(node -> {
      boolean drawing = node.name().startsWith("dmndi:") || node.name().startsWith("dc:")
          || node.name().startsWith("di:") || node.name().startsWith("color:");
      if (!drawing && !ELEMENTS.contains(node.name())) {
        report.error(node, words("不允许的元素 " + node.name() + "。", "The element " + node.name() + " is not allowed."),
            words("只用决策表和 FEEL 表达式。", "Use decision tables and FEEL expressions only."));
      }
      node.attributes().forEach((attribute, value) -> {
        boolean foreign = attribute.startsWith("{") || attribute.startsWith("camunda:")
            && !CAMUNDA.contains(attribute);
        boolean language = attribute.equals("expressionLanguage") && !isFeel(value);
        if (foreign || language) {
          report.error(node, words("不允许的属性 " + attribute + "=“" + value + "”。",
              "The attribute " + attribute + "=\"" + value + "\" is not allowed."),
              words("只用 FEEL。", "Use FEEL only."));
        }
      });
    });
  }

  private static boolean isFeel(String language) {
    return language.equalsIgnoreCase("feel") || language.matches("https?://www\\.omg\\.org/spec/.*/FEEL/?")
        || language.isBlank();
  }

  private static void cells(UnitModels unit, Report report) {
    unit.dmn().values().stream()
        .flatMap(file -> file.everything("dmn:inputExpression", "dmn:inputEntry", "dmn:outputEntry",
            "dmn:defaultOutputEntry", "dmn:literalExpression"))
        .forEach(cell -> {
          XmlNode text = cell.child("dmn:text");
          if (text != null && !text.text().isEmpty()) {
            String wrong = feelProblem(text.text(), cell.is("dmn:inputEntry"));
            if (wrong != null) {
              report.error(text, words("格子里的 FEEL 不能用：" + wrong, "The cell's FEEL cannot be used: " + wrong),
                  words("文字要加双引号，例如 \"accept\"。", "Texts stand in double quotes, e.g. \"accept\"."));
            }
          }
        });
  }

  /** What is wrong with a FEEL text, or null. Functions may be called but not defined. */
  static String feelProblem(String text, boolean unary) {
    if (text.length() > LONGEST_FEEL) {
      return "longer than " + LONGEST_FEEL + " characters";
    }
    if (brackets(text) > DEEPEST_BRACKETS) {
      return "nested deeper than " + DEEPEST_BRACKETS;
    }
    String outsideOfTexts = text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "\"\"");
    if (outsideOfTexts.matches("(?s).*\\b(function|external)\\b.*") || outsideOfTexts.contains("${")) {
      return "defines a function";
    }
    Matcher costly = COSTLY.matcher(outsideOfTexts);
    if (costly.find()) {
      return "\"" + costly.group() + "\" may run without end";
    }
    try {
      ParseResult parsed = unary ? FEEL.parseUnaryTests(text) : FEEL.parseExpression(text);
      return parsed.isSuccess() ? null : parsed.failure().message().lines().findFirst().orElse("not readable");
    } catch (RuntimeException | StackOverflowError tooDeep) {
      return "not readable";
    }
  }

  /** The parser tries every way of reading nested brackets, so that each one doubles its time. */
  private static int brackets(String text) {
    int depth = 0;
    int deepest = 0;
    for (char c : text.toCharArray()) {
      depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  private static void tables(UnitModels unit, Report report) {
    unit.dmn().values().stream().flatMap(file -> file.children("dmn:decision")).forEach(decision -> {
      if (!decision.has("camunda:historyTimeToLive")) {
        report.error(decision, words("没有历史保留期。", "historyTimeToLive is missing."),
            words("例如 camunda:historyTimeToLive=\"P1095D\"。", "For example camunda:historyTimeToLive=\"P1095D\"."));
      }
      XmlNode table = decision.child("dmn:decisionTable");
      if (table == null) {
        return;
      }
      long inputs = table.children("dmn:input").count();
      long outputs = table.children("dmn:output").count();
      table.children("dmn:rule").filter(Objects::nonNull)
          .filter(rule -> rule.children("dmn:inputEntry").count() != inputs
              || rule.children("dmn:outputEntry").count() != outputs)
          .forEach(rule -> report.error(rule, words("这一行的格子数和列数不一样。",
              "The row has not as many cells as the table has columns."),
              words("补齐或删去格子。", "Add or remove cells.")));
    });
  }
}

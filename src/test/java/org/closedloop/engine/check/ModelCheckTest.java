package org.closedloop.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.engine.SampleUnit;
import org.closedloop.engine.TestEngine;
import org.closedloop.engine.Words4Tests;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule finds its bad example and is content with the good one. */
class ModelCheckTest {

  private static final ModelCheck CHECK = TestEngine.check(Words4Tests.vocabulary());
  private static final String BPMN = "sample.bpmn";
  private static final String DMN = "sample-deadlines.dmn";
  private static final String ACCEPT = "accept.form";
  private static final String HANDLE = "handle.form";

  /** One thing done wrong: the rule that must say so, and how the sample is changed. */
  record Bad(String rule, String file, String text, String replacement) {
    @Override
    public String toString() {
      return rule + ": " + replacement.lines().findFirst().orElse("(removed) " + text).strip();
    }
  }

  static Stream<Bad> bad() {
    List<Bad> bad = new ArrayList<>();
    // L2 prolog
    bad.add(new Bad("L2", BPMN, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"));
    bad.add(new Bad("L2", BPMN, "encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\""));
    bad.add(new Bad("L2", BPMN, "<bpmn:definitions ", "<?php echo 1 ?><bpmn:definitions "));
    bad.add(new Bad("L2", BPMN, "</bpmn:definitions>", ""));
    bad.add(new Bad("L2", ACCEPT, "\"schemaVersion\": 19,", "\"schemaVersion\": 19,,"));
    bad.add(new Bad("L2", ACCEPT, "\"type\": \"default\",", "\"type\": \"default\", \"type\": \"default\","));
    // L3 code
    bad.add(new Bad("L3", BPMN, "</bpmn:process>", "<bpmn:scriptTask id=\"run\" scriptFormat=\"juel\"/></bpmn:process>"));
    bad.add(new Bad("L3", BPMN, "camunda:delegateExpression=\"${resumeClock}\"", "camunda:class=\"java.lang.Thread\""));
    bad.add(new Bad("L3", BPMN, "camunda:delegateExpression=\"${resumeClock}\"", "camunda:type=\"shell\""));
    bad.add(new Bad("L3", BPMN, "camunda:delegateExpression=\"${resumeClock}\"",
        "camunda:delegateExpression=\"${resumeClock}${resumeClock}\""));
    bad.add(new Bad("L3", BPMN, "camunda:delegateExpression=\"${resumeClock}\"", ""));
    bad.add(new Bad("L3", BPMN, "<camunda:inputOutput>",
        "<camunda:executionListener event=\"start\" expression=\"${resumeClock}\"/><camunda:inputOutput>"));
    bad.add(new Bad("L3", BPMN, "<camunda:inputOutput>",
        "<camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector>"
            + "<camunda:inputOutput>"));
    bad.add(new Bad("L3", BPMN, "xsi:type=\"bpmn:tFormalExpression\">${accepted",
        "xsi:type=\"bpmn:tFormalExpression\" language=\"javascript\">${accepted"));
    bad.add(new Bad("L3", BPMN, "xmlns:xsi=", "xmlns:activiti=\"http://activiti.org/bpmn\" activiti:class=\"X\" xmlns:xsi="));
    bad.add(new Bad("L3", BPMN, "<camunda:inputOutput>",
        "<camunda:failedJobRetryTimeCycle>${due}</camunda:failedJobRetryTimeCycle><camunda:inputOutput>"));
    // L4 expressions
    bad.add(new Bad("L4", BPMN, "${accepted == 'refuse'}", "${accepted.equals('refuse')}"));
    bad.add(new Bad("L4", BPMN, "${accepted == 'refuse'}", "${accepted.class == 'refuse'}"));
    bad.add(new Bad("L4", BPMN, "${accepted == 'refuse'}", "${unheardOf == 'refuse'}"));
    bad.add(new Bad("L4", BPMN, "${centre()}:verifier", "${nobodyKnows()}:verifier"));
    bad.add(new Bad("L4", BPMN, "${centre()}:verifier", "${centre('x')}:verifier"));
    bad.add(new Bad("L4", BPMN, "camunda:delegateExpression=\"${resumeClock}\"", "camunda:delegateExpression=\"${dataSource}\""));
    bad.add(new Bad("L4", BPMN, "name=\"提醒单位\"", "name=\"${due}\""));
    bad.add(new Bad("L4", BPMN, "<bpmn:documentation>Remind the unit", "<bpmn:documentation>#{due} Remind the unit"));
    bad.add(new Bad("L4", BPMN, "${accepted == 'refuse'}", "${accepted == '" + "x".repeat(500) + "'}"));
    bad.add(new Bad("L4", BPMN, "${accepted == 'refuse'}", "${execution == 'refuse'}"));
    // L5 timers
    bad.add(timer("<bpmn:timeCycle>R/PT0.001S</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeCycle>R3/PT1S</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeCycle>R9999/PT1H</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeCycle>R99999999999999999999/PT1H</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeCycle>R/P1D</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeCycle>0 0/5 * * * ?</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeCycle>${due}</bpmn:timeCycle>"));
    bad.add(timer("<bpmn:timeDuration>PT0.01S</bpmn:timeDuration>"));
    bad.add(timer("<bpmn:timeDuration>P2000Y</bpmn:timeDuration>"));
    bad.add(timer("<bpmn:timeDate>2999-01-01T00:00:00</bpmn:timeDate>"));
    bad.add(timer(""));
    bad.add(new Bad("L5", BPMN, "<bpmn:documentation>Reported</bpmn:documentation>",
        "<bpmn:documentation>Reported</bpmn:documentation><bpmn:timerEventDefinition><bpmn:timeDate>${due('accept')}"
            + "</bpmn:timeDate></bpmn:timerEventDefinition>"));
    // L6 multi-instance
    bad.add(instances("<bpmn:loopCardinality>1000000000</bpmn:loopCardinality>", ""));
    bad.add(instances("<bpmn:loopCardinality>201</bpmn:loopCardinality>", ""));
    bad.add(instances("<bpmn:loopCardinality>-1</bpmn:loopCardinality>", ""));
    bad.add(instances("", ""));
    bad.add(new Bad("L4", BPMN, "</bpmn:userTask>",
        "<bpmn:multiInstanceLoopCharacteristics camunda:collection=\"secret\"/></bpmn:userTask>"));
    // L7 loops
    bad.add(new Bad("L7", BPMN, "sourceRef=\"remind\" targetRef=\"end_reminded\"", "sourceRef=\"remind\" targetRef=\"remind\""));
    bad.add(new Bad("L7", BPMN, "sourceRef=\"milestone_accepted\" targetRef=\"handle\"",
        "sourceRef=\"milestone_accepted\" targetRef=\"gateway_accepted\""));
    // L8 calls
    bad.add(call("calledElement=\"${urgency}\""));
    bad.add(call("calledElement=\"sample\""));
    bad.add(call(""));
    // L9 keys
    bad.add(new Bad("L9", BPMN, "<bpmn:process id=\"sample\"", "<bpmn:process id=\"case-handling\""));
    bad.add(new Bad("L9", BPMN, "<bpmndi:BPMNDiagram", "<bpmn:process id=\"other\" isExecutable=\"true\"/><bpmndi:BPMNDiagram"));
    bad.add(new Bad("L9", DMN, "decision id=\"sample-deadlines\"", "decision id=\"case-handling-deadlines\""));
    bad.add(new Bad("L9", HANDLE, "\"sample.handle\"", "\"case-handling.handle\""));
    // L10 signals and messages
    bad.add(root("<bpmn:signal id=\"s\" name=\"everybody\"/>"));
    bad.add(root("<bpmn:message id=\"m\" name=\"${urgency}\"/>"));
    bad.add(root("<bpmn:message id=\"m\" name=\"Do It Now\"/>"));
    bad.add(new Bad("L10", BPMN, "<bpmn:documentation>Reported</bpmn:documentation>",
        "<bpmn:documentation>Reported</bpmn:documentation><bpmn:messageEventDefinition messageRef=\"m\"/></bpmn:startEvent>"
            + "</bpmn:process><bpmn:message id=\"m\" name=\"reopen\"/><bpmn:process id=\"x\"><bpmn:startEvent id=\"s2\">"));
    // L11 forms
    bad.add(new Bad("L11", BPMN, "camunda:formRef=\"sample.verify\"", "camunda:formKey=\"embedded:app:x.html\""));
    bad.add(new Bad("L11", BPMN, "camunda:formRef=\"sample.verify\"", "camunda:formRef=\"sample.unknown\""));
    bad.add(new Bad("L11", BPMN, "camunda:formRef=\"sample.verify\"", "camunda:formRef=\"${urgency}\""));
    bad.add(new Bad("L11", BPMN, "camunda:formRefBinding=\"deployment\"", "camunda:formRefBinding=\"latest\""));
    // L12 hygiene
    bad.add(new Bad("L12", BPMN, " camunda:historyTimeToLive=\"P1095D\"", ""));
    bad.add(new Bad("L12", BPMN, " camunda:versionTag=\"1\"", ""));
    bad.add(new Bad("L12", BPMN, " isExecutable=\"true\"", ""));
    bad.add(new Bad("L12", BPMN, " camunda:candidateGroups=\"${centre()}:verifier\"", ""));
    // C the closed loop
    bad.add(new Bad("C1", BPMN, "sourceRef=\"remind\" targetRef=\"end_reminded\"", "sourceRef=\"handle\" targetRef=\"end_reminded\""));
    bad.add(new Bad("C1", BPMN, "name=\"已办结\"", ""));
    bad.add(new Bad("C1", BPMN, "sourceRef=\"timer_handle_due\"", "sourceRef=\"handle\""));
    bad.add(new Bad("C2", BPMN, "sourceRef=\"feedback\" targetRef=\"verify\"", "sourceRef=\"feedback\" targetRef=\"end_closed\""));
    bad.add(new Bad("C2", BPMN, "sourceRef=\"handle\" targetRef=\"feedback\"", "sourceRef=\"handle\" targetRef=\"verify\""));
    bad.add(new Bad("C2", BPMN, "targetRef=\"end_refused\"", "targetRef=\"end_closed\""));
    // M modelling
    bad.add(new Bad("M1", BPMN, "\"remind\"", "\"Activity_0x7f3a1\""));
    bad.add(new Bad("M1", BPMN, "\"accepted_no\"", "\"Flow_0x7f3a1\""));
    bad.add(new Bad("M1", BPMN, "\"verify\"", "\"task-verify\""));
    bad.add(new Bad("M1", BPMN, "\"milestone_accepted\"", "\"accepted\""));
    bad.add(new Bad("M1", BPMN, "\"gateway_accepted\"", "\"is_it_accepted\""));
    bad.add(new Bad("M1", BPMN, "\"end_refused\"", "\"refused\""));
    bad.add(new Bad("M1", BPMN, "\"timer_handle_due\"", "\"late\""));
    bad.add(new Bad("M2", BPMN, " default=\"accepted_yes\"", ""));
    bad.add(new Bad("M2", BPMN, "default=\"accepted_yes\"", "default=\"accepted_no\""));
    bad.add(new Bad("M3", BPMN, "${accepted == 'refuse'}", "${accepted == 'refuse' and urgency == 'ordinary'}"));
    bad.add(new Bad("M3", BPMN, "${accepted == 'refuse'}", "true"));
    bad.add(new Bad("M4", BPMN, "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${due}</bpmn:timeDate>",
        "<bpmn:timeDuration>P7D</bpmn:timeDuration>"));
    bad.add(new Bad("M4", BPMN, "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${due}</bpmn:timeDate>",
        "<bpmn:timeDate>${centre()}</bpmn:timeDate>"));
    bad.add(new Bad("M4", BPMN, " camunda:dueDate=\"${due}\"", ""));
    bad.add(new Bad("M4", BPMN, "name=\"due\">${due('verify')}", "name=\"until\">${due('verify')}"));
    bad.add(new Bad("M4", BPMN, "${due('verify')}", "${due('verifying')}"));
    bad.add(new Bad("M5", BPMN, "camunda:formRef=\"sample.verify\"", ""));
    bad.add(new Bad("M5", BPMN, "camunda:formRef=\"sample.verify\"", "camunda:formRef=\"sample.handle\""));
    bad.add(new Bad("M6", BPMN, "bpmnElement=\"remind\"", "bpmnElement=\"forgotten\""));
    bad.add(new Bad("M6", BPMN, "bpmnElement=\"f7\"", "bpmnElement=\"f8\""));
    bad.add(new Bad("M7", BPMN, "</bpmn:process>",
        "<bpmn:businessRuleTask id=\"decide\" name=\"x\" camunda:decisionRef=\"sample-deadlines\"/></bpmn:process>"));
    bad.add(new Bad("M7", BPMN, "</bpmn:process>", "<bpmn:businessRuleTask id=\"decide\" name=\"x\" "
        + "camunda:decisionRef=\"elsewhere\" camunda:decisionRefBinding=\"deployment\"/></bpmn:process>"));
    bad.add(new Bad("M7", BPMN, "</bpmn:process>", "<bpmn:callActivity id=\"ask\" calledElement=\"x\"/></bpmn:process>"));
    bad.add(new Bad("M8", BPMN, "name=\"提醒单位\"", ""));
    bad.add(new Bad("M8", BPMN, "<bpmn:documentation>Remind the unit</bpmn:documentation>", ""));
    bad.add(new Bad("M8", BPMN, "受理吗？", "受理"));
    bad.add(new Bad("M9", BPMN, "bpmn:serviceTask", "bpmn:sendTask"));
    bad.add(new Bad("M10", BPMN, "</bpmn:process>", tasks(40) + "</bpmn:process>"));
    // D decisions
    bad.add(new Bad("D1", DMN, "typeRef=\"string\"><text>stage", "typeRef=\"string\" expressionLanguage=\"juel\"><text>stage"));
    bad.add(new Bad("D1", DMN, "typeRef=\"string\"><text>stage", "typeRef=\"string\" expressionLanguage=\"javascript\"><text>stage"));
    bad.add(new Bad("D1", DMN, "</decision>", "</decision><businessKnowledgeModel id=\"k\"/>"));
    bad.add(new Bad("D1", DMN, "hitPolicy=\"FIRST\"", "hitPolicy=\"FIRST\" camunda:class=\"X\""));
    bad.add(new Bad("D2", DMN, "<text>\"accept\"</text>", "<text>\"accept</text>"));
    bad.add(new Bad("D2", DMN, "<text>2</text>", "<text>function(x) external { java: { class: \"X\" } }</text>"));
    bad.add(new Bad("D2", DMN, "<text>2</text>", "<text>1 + (</text>"));
    bad.add(new Bad("D2", DMN, "<text>2</text>", "<text>" + "1+".repeat(300) + "1</text>"));
    bad.add(new Bad("D2", DMN, "<text>2</text>", "<text>" + "(".repeat(40) + "1" + ")".repeat(40) + "</text>"));
    bad.add(new Bad("D2", DMN, "<text>2</text>", "<text>count(for i in 1..1000000000 return i)</text>"));
    bad.add(new Bad("D2", DMN, "<text>2</text>", "<text>9 ** 9 ** 9 ** 9</text>"));
    bad.add(new Bad("D2", DMN, "<text>\"accept\"</text>", "<text>matches(?, \"(a+)+$\")</text>"));
    bad.add(new Bad("D3", DMN, " camunda:historyTimeToLive=\"P1095D\"", ""));
    bad.add(new Bad("D3", DMN, "<inputEntry id=\"row_accept_stage\"><text>\"accept\"</text></inputEntry>", ""));
    // F forms
    for (String type : List.of("html", "iframe", "documentPreview", "script", "")) {
      bad.add(new Bad("F1", ACCEPT, "\"type\": \"textarea\"", "\"type\": \"" + type + "\""));
    }
    bad.add(new Bad("F1", ACCEPT, "\"type\": \"default\"", "\"type\": \"other\""));
    bad.add(new Bad("F1", HANDLE, "**如实填写**处理情况。", "<img src=x onerror=alert(1)>"));
    bad.add(new Bad("F1", HANDLE, "**如实填写**处理情况。", "[x](javascript:alert(1))"));
    bad.add(new Bad("F1", HANDLE, "\"type\": \"text\"", "\"type\": \"image\", \"source\": \"https://elsewhere.example/x.png\""));
    for (String key : List.of("__proto__", "constructor", "execution", "task", "authenticatedUserId", "due", "notify",
        "Result", "a.b", "x".repeat(65), "1st", "结果")) {
      bad.add(new Bad("F2", HANDLE, "\"key\": \"result\"", "\"key\": \"" + key + "\""));
    }
    bad.add(new Bad("F2", HANDLE, "\"key\": \"contactPhone\"", "\"key\": \"result\""));
    bad.add(new Bad("F3", HANDLE, "^[0-9-]{7,15}$", "(?=a)b"));
    bad.add(new Bad("F3", HANDLE, "^[0-9-]{7,15}$", "(a)\\\\1"));
    bad.add(new Bad("F3", HANDLE, "^[0-9-]{7,15}$", "[unclosed"));
    bad.add(new Bad("F3", ACCEPT, "=accepted = \\\"accept\\\"", "=accepted = \\\"accept"));
    bad.add(new Bad("F3", ACCEPT, "=accepted = \\\"accept\\\"", "=" + "1+".repeat(260) + "1 = 2"));
    bad.add(new Bad("F3", ACCEPT, "=accepted = \\\"accept\\\"", "=function(x) external {java: {class: \\\"X\\\"}}"));
    bad.add(new Bad("F4", HANDLE, "\"label\": \"处理结果\",", ""));
    bad.add(new Bad("F4", ACCEPT, "\"values\": [", "\"others\": ["));
    return bad.stream();
  }

  private static Bad timer(String time) {
    return new Bad("L5", BPMN, "<bpmn:timeDate xsi:type=\"bpmn:tFormalExpression\">${due}</bpmn:timeDate>", time);
  }

  private static Bad instances(String inner, String attributes) {
    return new Bad("L6", BPMN, "</bpmn:userTask>", "<bpmn:multiInstanceLoopCharacteristics" + attributes + ">" + inner
        + "</bpmn:multiInstanceLoopCharacteristics></bpmn:userTask>");
  }

  private static Bad call(String attributes) {
    return new Bad("L8", BPMN, "</bpmn:process>", "<bpmn:callActivity id=\"ask\" name=\"问\" " + attributes + "/></bpmn:process>");
  }

  private static Bad root(String element) {
    return new Bad("L10", BPMN, "<bpmndi:BPMNDiagram", element + "<bpmndi:BPMNDiagram");
  }

  private static String tasks(int many) {
    StringBuilder tasks = new StringBuilder();
    for (int i = 0; i < many; i++) {
      tasks.append("<bpmn:task id=\"step-").append(i).append("\" name=\"x\"/>");
    }
    return tasks.toString();
  }

  private static List<Finding> check(Map<String, byte[]> files) {
    return CHECK.check(SampleUnit.NAME, files, ModelCheck.Owners.NOBODY);
  }

  @Test
  void theSampleIsWithoutAFault() {
    assertThat(check(SampleUnit.files())).isEmpty();
    assertThat(CHECK.check("copied", SampleUnit.copy("copied"), ModelCheck.Owners.NOBODY)).isEmpty();
    assertThat(CHECK.wall(SampleUnit.NAME, SampleUnit.files())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void everyRuleFindsItsBadExample(Bad bad) {
    List<Finding> findings = check(SampleUnit.with(bad.file(), bad.text(), bad.replacement()));
    assertThat(findings).extracting(Finding::rule).contains(bad.rule());
    assertThat(findings).allSatisfy(finding -> {
      assertThat(finding.message().zh()).isNotBlank();
      assertThat(finding.message().en()).isNotBlank();
      assertThat(finding.help().zh()).isNotBlank();
      assertThat(finding.help().en()).isNotBlank();
    });
    Finding found = findings.stream().filter(finding -> finding.rule().equals(bad.rule())).findFirst().orElseThrow();
    assertThat(found.file()).isEqualTo(bad.file());
  }

  @Test
  void everyRuleHasABadExample() {
    Set<String> shown = bad().map(Bad::rule).collect(Collectors.toCollection(TreeSet::new));
    shown.add("L1");
    assertThat(ModelCheck.rules()).extracting(ModelCheck.Promise::rule).containsExactlyInAnyOrderElementsOf(shown);
  }

  @Test
  void sizesAndNamesAreBounded() {
    Map<String, byte[]> many = SampleUnit.files();
    for (int i = 0; i < 60; i++) {
      many.put("form" + i + ".form", "{}".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(check(many)).extracting(Finding::rule).contains("L1");
    for (String name : List.of("../../evil.bpmn", "x.bpmn20.xml", "a/b.form", "x".repeat(130) + ".form", "a\nb.dmn")) {
      Map<String, byte[]> odd = SampleUnit.files();
      odd.put(name, "{}".getBytes(StandardCharsets.UTF_8));
      assertThat(check(odd)).as(name).extracting(Finding::rule).contains("L1");
    }
    Map<String, byte[]> large = SampleUnit.files();
    large.put("large.form", ("{\"id\":\"" + "x".repeat(300_000) + "\"}").getBytes(StandardCharsets.UTF_8));
    assertThat(check(large)).extracting(Finding::rule).contains("L1");
  }

  @Test
  void aFindingNamesFileLineAndElement() {
    List<Finding> findings = check(SampleUnit.with(BPMN, "${due('verify')}", "${nobodyKnows()}"));
    Finding finding = findings.stream().filter(one -> one.rule().equals("L4")).findFirst().orElseThrow();
    int line = (int) SampleUnit.changed(BPMN, "${due('verify')}", "${nobodyKnows()}").lines()
        .takeWhile(text -> !text.contains("nobodyKnows")).count() + 1;
    assertThat(finding.line()).isEqualTo(line);
    assertThat(finding.element()).isEqualTo("verify");
    assertThat(finding.inOneLine()).startsWith("sample.bpmn:" + line + " [L4] verify: ");
  }

  @Test
  void aKeyThatBelongsToAnotherFolderIsRefused() {
    ModelCheck.Owners owners = (kind, key) -> kind.equals("decision") ? Optional.of("county") : Optional.empty();
    assertThat(CHECK.check(SampleUnit.NAME, SampleUnit.files(), owners)).extracting(Finding::rule).containsOnly("L9");
  }

  @Test
  void hostileFilesAreRefusedQuicklyAndWithLittleMemory() {
    Map<String, String> hostile = new TreeMap<>();
    String head = "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">";
    hostile.put("laughs.bpmn", "<!DOCTYPE l [<!ENTITY a \"ha\">" + laughs() + "]>" + head + "&z;</bpmn:definitions>");
    hostile.put("external.bpmn", "<!DOCTYPE l SYSTEM \"http://127.0.0.1:9/x.dtd\">" + head + "</bpmn:definitions>");
    hostile.put("deep.bpmn", head + "<a>".repeat(100_000));
    hostile.put("wide.bpmn", head + "<a/>".repeat(400_000) + "</bpmn:definitions>");
    hostile.put("long.bpmn", head + "<bpmn:process id=\"" + "x".repeat(10_000_000) + "\"/></bpmn:definitions>");
    hostile.put("attributes.bpmn", head.replace(">", "") + attributes() + "/>");
    hostile.put("nul.bpmn", head + "\u0000</bpmn:definitions>");
    hostile.put("deep.form", "{\"components\":[".repeat(20_000));
    hostile.put("number.form", "{\"n\":" + "9".repeat(200_000) + "}");
    hostile.put("two.form", "{}{}");
    hostile.put("list.form", "[]");
    hostile.put("empty.form", "");
    hostile.put("empty.bpmn", "");
    hostile.put("other.bpmn", "<html/>");
    hostile.forEach((name, text) -> {
      List<Finding> findings = Assertions.assertTimeout(Duration.ofSeconds(5),
          () -> check(Map.of(name, text.getBytes(StandardCharsets.UTF_8))), name);
      assertThat(findings).as(name).isNotEmpty().allMatch(Finding::isError);
    });
    byte[] utf16 = (head + "</bpmn:definitions>").getBytes(StandardCharsets.UTF_16);
    assertThat(check(Map.of("utf16.bpmn", utf16))).extracting(Finding::rule).containsExactly("L2");
  }

  private static String laughs() {
    StringBuilder entities = new StringBuilder();
    for (char c = 'b'; c <= 'z'; c++) {
      entities.append("<!ENTITY ").append(c).append(" \"").append(("&" + (char) (c - 1) + ";").repeat(10)).append("\">");
    }
    return entities.toString();
  }

  private static String attributes() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      attributes.append(" a").append(i).append("='1'");
    }
    return attributes.toString();
  }
}

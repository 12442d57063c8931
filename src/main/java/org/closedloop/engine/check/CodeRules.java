package org.closedloop.engine.check;

import static org.closedloop.engine.check.Rule.words;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.closedloop.engine.check.Rule.Report;
import org.closedloop.engine.expression.ReadExpression;

/**
 * L3 and L4: a model brings no code along. Both are lists of what is allowed, so that a door nobody thought of is
 * closed as well.
 */
final class CodeRules {

  private static final int LONGEST_EXPRESSION = 500;

  private static final Set<String> ELEMENTS = Set.of(
      "bpmn:definitions", "bpmn:process", "bpmn:collaboration", "bpmn:participant", "bpmn:messageFlow",
      "bpmn:laneSet", "bpmn:childLaneSet", "bpmn:lane", "bpmn:flowNodeRef", "bpmn:documentation",
      "bpmn:extensionElements", "bpmn:incoming", "bpmn:outgoing", "bpmn:sequenceFlow", "bpmn:conditionExpression",
      "bpmn:startEvent", "bpmn:endEvent", "bpmn:intermediateThrowEvent", "bpmn:intermediateCatchEvent",
      "bpmn:boundaryEvent", "bpmn:userTask", "bpmn:serviceTask", "bpmn:sendTask", "bpmn:receiveTask",
      "bpmn:businessRuleTask", "bpmn:manualTask", "bpmn:task", "bpmn:subProcess", "bpmn:callActivity",
      "bpmn:exclusiveGateway", "bpmn:parallelGateway", "bpmn:inclusiveGateway", "bpmn:eventBasedGateway",
      "bpmn:timerEventDefinition", "bpmn:timeDate", "bpmn:timeDuration", "bpmn:timeCycle",
      "bpmn:messageEventDefinition", "bpmn:signalEventDefinition", "bpmn:errorEventDefinition",
      "bpmn:escalationEventDefinition", "bpmn:terminateEventDefinition", "bpmn:linkEventDefinition",
      "bpmn:message", "bpmn:signal", "bpmn:error", "bpmn:escalation",
      "bpmn:multiInstanceLoopCharacteristics", "bpmn:loopCardinality", "bpmn:completionCondition",
      "bpmn:textAnnotation", "bpmn:text", "bpmn:association", "bpmn:group", "bpmn:category", "bpmn:categoryValue",
      "bpmn:dataObject", "bpmn:dataObjectReference", "bpmn:dataStoreReference",
      "camunda:properties", "camunda:property", "camunda:inputOutput", "camunda:inputParameter",
      "camunda:outputParameter", "camunda:list", "camunda:map", "camunda:entry", "camunda:value",
      "camunda:in", "camunda:out", "camunda:failedJobRetryTimeCycle");

  private static final Set<String> DRAWING = Set.of("bpmndi:", "dc:", "di:", "color:");

  private static final Set<String> CAMUNDA_ATTRIBUTES = Set.of("camunda:historyTimeToLive", "camunda:versionTag",
      "camunda:isStartableInTasklist", "camunda:asyncBefore", "camunda:asyncAfter", "camunda:exclusive",
      "camunda:jobPriority", "camunda:assignee", "camunda:candidateGroups", "camunda:candidateUsers",
      "camunda:dueDate", "camunda:followUpDate", "camunda:priority", "camunda:formRef", "camunda:formRefBinding",
      "camunda:formKey", "camunda:delegateExpression", "camunda:expression", "camunda:resultVariable",
      "camunda:decisionRef", "camunda:decisionRefBinding", "camunda:mapDecisionResult",
      "camunda:calledElementBinding", "camunda:collection", "camunda:elementVariable", "camunda:initiator",
      "camunda:errorCodeVariable", "camunda:errorMessageVariable", "camunda:escalationCodeVariable",
      "camunda:modelerTemplate", "camunda:modelerTemplateVersion", "camunda:modelerTemplateIcon");

  private static final Map<String, String> CURES = Map.of(
      "bpmn:scriptTask", "use a decision table, or a task with a delegate of the vocabulary",
      "camunda:script", "use an expression with a function of the vocabulary",
      "camunda:class", "use camunda:delegateExpression with a delegate of the vocabulary",
      "camunda:executionListener", "milestones and work items are recorded without listeners",
      "camunda:taskListener", "milestones and work items are recorded without listeners",
      "camunda:connector", "use the delegate ${notify}; messages go out through the outbox");

  static final List<Rule> ALL = List.of(
      new Rule("L3", true, words("模型不带代码：没有脚本、类、监听器、连接器。",
          "A model carries no code: no scripts, classes, listeners, connectors."), CodeRules::nothingButTheAllowed),
      new Rule("L4", true, words("表达式只用词汇表里的函数、委托和已声明的变量。",
          "Expressions use only the vocabulary's functions and delegates, and declared variables."),
          CodeRules::onlyKnownWords));

  private CodeRules() {}

  private static void nothingButTheAllowed(UnitModels unit, Report report) {
    unit.bpmn().values().stream().flatMap(XmlNode::everything).forEach(node -> {
      boolean drawing = DRAWING.stream().anyMatch(node.name()::startsWith);
      if (!drawing && !ELEMENTS.contains(node.name())) {
        report.error(node, words("不允许的元素 " + node.name() + "。", "The element " + node.name() + " is not allowed."),
            cure(node.name()));
      }
      node.attributes().keySet().forEach(attribute -> {
        if (attribute.startsWith("camunda:") ? !CAMUNDA_ATTRIBUTES.contains(attribute)
            : attribute.startsWith("{")) {
          report.error(node, words("不允许的属性 " + attribute + "。", "The attribute " + attribute + " is not allowed."),
              cure(attribute));
        }
      });
      // Conditions and time expressions may name a script language instead of a namespace of ours.
      if (node.has("language") || node.has("scriptFormat")) {
        report.error(node, words("不允许指定脚本语言。", "No script language may be named."),
            words("写成 ${…} 表达式。", "Write a ${…} expression."));
      }
      // The engine reads these two as languages for every expression of the file.
      if (node.is("bpmn:definitions") && node.has("expressionLanguage")
          && !node.get("expressionLanguage").startsWith("http://www.w3.org/")) {
        report.error(node, words("不允许指定表达式语言。", "No expression language may be named."),
            words("删去 expressionLanguage。", "Remove expressionLanguage."));
      }
      if (node.is("bpmn:serviceTask", "bpmn:sendTask", "bpmn:businessRuleTask")) {
        implementation(node, report);
      }
      if (node.is("bpmn:messageEventDefinition", "bpmn:signalEventDefinition", "bpmn:endEvent")
          && node.has("camunda:delegateExpression")) {
        delegate(node, report);
      }
      if (node.is("camunda:failedJobRetryTimeCycle") && ReadExpression.isIn(node.text())) {
        report.error(node, words("重试时间不能是表达式。", "The retry cycle must not be an expression."),
            words("删去它，用引擎的设置。", "Remove it; the engine's setting does."));
      }
      if (node.is("camunda:in", "camunda:out") && node.has("variables")) {
        report.error(node, words("不能把全部变量传过去。", "All variables must not be handed over."),
            words("逐个列出 source 和 target。", "List source and target one by one."));
      }
    });
  }

  private static void implementation(XmlNode node, Report report) {
    if (node.is("bpmn:businessRuleTask") && node.has("camunda:decisionRef")) {
      return;
    }
    if (node.has("camunda:delegateExpression")) {
      delegate(node, report);
    } else if (!node.has("camunda:expression")) {
      report.error(node, words("任务没有说明做什么。", "The task does not say what it does."),
          words("写 camunda:delegateExpression=\"${委托}\"。",
              "Give it camunda:delegateExpression=\"${delegate}\" from the vocabulary."));
    }
  }

  private static void delegate(XmlNode node, Report report) {
    String text = node.get("camunda:delegateExpression");
    if (text.matches("\\$\\{[A-Za-z]\\w*}")) {
      return;
    }
    report.error(node, words("委托只能写成 ${名字}，不能是“" + text + "”。",
        "A delegate is written ${name}, not \"" + text + "\"."),
        words("从词汇表里选一个委托。", "Choose a delegate of the vocabulary."));
  }

  private static org.closedloop.problem.Words cure(String name) {
    String cure = CURES.getOrDefault(name, "remove it; models use only the elements of the modelling guide");
    return words("删去它；模型只用建模指南里的元素。", Character.toUpperCase(cure.charAt(0)) + cure.substring(1) + ".");
  }

  private static void onlyKnownWords(UnitModels unit, Report report) {
    Set<String> variables = unit.declaredVariables();
    unit.bpmn().values().stream().flatMap(XmlNode::everything).forEach(node -> {
      node.attributes().forEach((attribute, value) -> {
        if (ReadExpression.isIn(value)) {
          if (attribute.equals("name") || attribute.equals("id")) {
            report.error(node, words("名称里不能有表达式。", "A label or id must not contain an expression."),
                words("写成普通文字。", "Write plain text."));
          } else {
            expression(unit, node, value, variables, attribute.equals("camunda:delegateExpression"), report);
          }
        }
      });
      if (ReadExpression.isIn(node.text())) {
        if (node.is("bpmn:documentation")) {
          report.error(node, words("说明里不能有表达式。", "Documentation must not contain an expression."),
              words("写成普通文字。", "Write plain text."));
        } else if (!node.is("bpmn:text")) {
          expression(unit, node, node.text(), variables, false, report);
        }
      }
      if (node.has("camunda:collection") && !ReadExpression.isIn(node.get("camunda:collection"))) {
        variable(unit, node, node.get("camunda:collection"), variables, report);
      }
      if (node.is("camunda:in", "camunda:out") && node.has("source") && node.is("camunda:in")) {
        variable(unit, node, node.get("source"), variables, report);
      }
    });
  }

  private static void expression(UnitModels unit, XmlNode node, String text, Set<String> variables, boolean delegate,
      Report report) {
    if (text.length() > LONGEST_EXPRESSION) {
      report.error(node, words("表达式超过 500 个字符。", "The expression is longer than 500 characters."),
          words("用决策表。", "Use a decision table."));
      return;
    }
    ReadExpression read;
    try {
      read = ReadExpression.of(text);
    } catch (ReadExpression.Unreadable wrong) {
      report.error(node, words("表达式“" + text + "”读不懂（" + wrong.getMessage() + "）。",
          "The expression \"" + text + "\" cannot be read (" + wrong.getMessage() + ")."),
          words("表达式里没有方法调用；只有函数、变量和比较。",
              "Expressions know no method calls, only functions, variables and comparisons."));
      return;
    }
    if (read.dotted()) {
      report.error(node, words("表达式“" + text + "”读取对象的属性。", "The expression \"" + text + "\" reads a property."),
          words("变量都是简单的值，不要用“.”。", "Variables are plain values; do without the dot."));
    }
    for (ReadExpression.Call call : read.calls()) {
      var function = unit.vocabulary().function(call.function());
      if (function.isEmpty()) {
        report.error(node, words("词汇表里没有函数“" + call.function() + "”。",
            "The vocabulary has no function \"" + call.function() + "\"."), known(unit, "function"));
      } else if (function.get().method().getParameterCount() != call.arguments()) {
        report.error(node, words("函数“" + call.function() + "”的参数个数不对。",
            "The function \"" + call.function() + "\" takes " + function.get().method().getParameterCount()
                + " argument(s)."), known(unit, "function"));
      }
    }
    for (String name : read.names()) {
      if (delegate) {
        if (unit.vocabulary().delegate(name).isEmpty()) {
          report.error(node, words("词汇表里没有委托“" + name + "”。",
              "The vocabulary has no delegate \"" + name + "\"."), known(unit, "delegate"));
        }
      } else {
        variable(unit, node, name, variables, report);
      }
    }
  }

  private static void variable(UnitModels unit, XmlNode node, String name, Set<String> variables, Report report) {
    if (!unit.vocabulary().knowsVariable(name) && !variables.contains(name)) {
      report.error(node, words("没有声明过的变量“" + name + "”。", "The variable \"" + name + "\" is declared nowhere."),
          words("在表单字段上标 route，或写成输入参数；每个案卷都有的变量见词汇表：" + names(unit, "variable"),
              "Mark the form field with route, or make it an input parameter; every case has: "
                  + names(unit, "variable")));
    }
  }

  private static org.closedloop.problem.Words known(UnitModels unit, String kind) {
    String names = names(unit, kind);
    return words("可用的有：" + names, "There are: " + names);
  }

  private static String names(UnitModels unit, String kind) {
    Set<String> names = new TreeSet<>();
    unit.vocabulary().words().stream().filter(word -> word.kind().equals(kind)).forEach(word -> names.add(word.name()));
    return String.join(", ", names);
  }
}

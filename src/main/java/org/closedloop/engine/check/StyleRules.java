package org.closedloop.engine.check;

import static org.closedloop.engine.check.Rule.words;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.engine.check.Rule.Report;
import org.closedloop.engine.expression.ReadExpression;

/** L12 and the modelling rules: what makes a model readable, and what the product reads out of it. */
final class StyleRules {

  private static final int MOST_NODES = 40;
  private static final String GENERATED = "(?:[A-Z][A-Za-z]*|sid)[_-][0-9a-zA-Z-]{5,}";
  private static final String KEBAB = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private static final String[] TASKS = {"bpmn:userTask", "bpmn:serviceTask", "bpmn:sendTask", "bpmn:receiveTask",
      "bpmn:businessRuleTask", "bpmn:manualTask", "bpmn:task", "bpmn:callActivity", "bpmn:subProcess"};
  private static final String[] GATEWAYS = {"bpmn:exclusiveGateway", "bpmn:parallelGateway", "bpmn:inclusiveGateway",
      "bpmn:eventBasedGateway"};

  static final List<Rule> ALL = List.of(
      new Rule("L12", false, words("流程有版本标签、历史保留期，能执行；人工任务有办理人规则。",
          "A process has versionTag, historyTimeToLive and is executable; a user task says who may do it."),
          StyleRules::hygiene),
      new Rule("M1", false, words("编号说明它是什么：任务是动词，事件和网关有前缀，没有自动生成的编号。",
          "Ids say what things are: tasks are verbs, events and gateways have prefixes, none is generated."),
          StyleRules::ids),
      new Rule("M2", false, words("分支网关有默认流向，其余流向有条件。",
          "A splitting gateway has a default flow and a condition on every other."), StyleRules::gateways),
      new Rule("M3", false, words("条件里最多一个比较；更多用决策表。",
          "A condition holds at most one comparison; more is a decision table."), StyleRules::conditions),
      new Rule("M4", false, words("时间来自时限表：任务有 due，定时器只写日期表达式。",
          "Time comes from data: tasks have a due, timers only a date expression."), StyleRules::time),
      new Rule("M5", false, words("人工任务有自己的表单。", "A user task has its own form."), StyleRules::taskForms),
      new Rule("M6", false, words("图上每个元素都画出来了。", "Every element is drawn."), StyleRules::drawing),
      new Rule("M7", false, words("调用活动带业务编号和明写的变量；决策按部署绑定。",
          "Call activities pass the business key and named variables; decisions are bound by deployment."),
          StyleRules::bindings),
      new Rule("M8", false, words("元素有中文名称，说明里有英文。", "Elements have a label, and English in documentation."),
          StyleRules::labels),
      new Rule("M9", false, words("发送任务和并行汇合是异步的。", "Send tasks and parallel joins are asynchronous."),
          StyleRules::async),
      new Rule("M10", false, words("一屏能看完，大约四十个节点。", "One screen, about forty nodes."), StyleRules::size));

  private StyleRules() {}

  private static void hygiene(UnitModels unit, Report report) {
    unit.processElements().forEach(process -> {
      if (!process.has("camunda:historyTimeToLive")) {
        report.error(process, words("没有历史保留期。", "historyTimeToLive is missing."),
            words("例如 camunda:historyTimeToLive=\"P1095D\"。", "For example camunda:historyTimeToLive=\"P1095D\"."));
      }
      if (!process.has("camunda:versionTag")) {
        report.error(process, words("没有版本标签。", "versionTag is missing."),
            words("例如 camunda:versionTag=\"1\"。", "For example camunda:versionTag=\"1\"."));
      }
      if (!"true".equals(process.get("isExecutable"))) {
        report.error(process, words("流程没有标为可执行。", "The process is not executable."),
            words("设 isExecutable=\"true\"。", "Set isExecutable=\"true\"."));
      }
    });
    unit.all("bpmn:userTask").filter(task -> !task.has("camunda:candidateGroups") && !task.has("camunda:assignee"))
        .forEach(task -> report.error(task, words("没有说明谁可以办理。", "Nobody is said to do it."),
            words("写 camunda:candidateGroups，例如 ${unit}:handler。",
                "Give it camunda:candidateGroups, e.g. ${unit}:handler.")));
  }

  private static void ids(UnitModels unit, Report report) {
    Set<String> conditional = unit.all("bpmn:sequenceFlow")
        .filter(flow -> flow.child("bpmn:conditionExpression") != null)
        .map(flow -> flow.get("id")).filter(Objects::nonNull).collect(Collectors.toSet());
    unit.bpmn().values().stream().flatMap(XmlNode::everything).filter(node -> node.has("id")).forEach(node -> {
      String id = node.get("id");
      boolean named = isNode(node) || conditional.contains(id);
      if (named && id.matches(GENERATED)) {
        report.error(node, words("编号是自动生成的。", "The id is generated."),
            words("起一个说明它是什么的编号。", "Give it an id that says what it is."));
      } else if (isNode(node) && !expectedId(node).map(id::matches).orElse(true)) {
        report.error(node, words("编号“" + id + "”不合规则。", "The id \"" + id + "\" does not say what it is."),
            words("应为 " + expectedId(node).orElseThrow(), "It has the shape " + expectedId(node).orElseThrow()));
      }
    });
  }

  private static boolean isNode(XmlNode node) {
    return node.is(TASKS) || node.is(GATEWAYS) || node.is("bpmn:startEvent", "bpmn:endEvent",
        "bpmn:intermediateThrowEvent", "bpmn:intermediateCatchEvent", "bpmn:boundaryEvent");
  }

  /** The shape an id must have, by what the element is. */
  private static Optional<String> expectedId(XmlNode node) {
    boolean timer = node.child("bpmn:timerEventDefinition") != null;
    if (node.is(GATEWAYS)) {
      return Optional.of("gateway_[a-z0-9_]+");
    }
    return Optional.ofNullable(switch (node.name()) {
      case "bpmn:userTask" -> "(?!(task|user|activity)-)" + KEBAB;
      case "bpmn:startEvent" -> "start(_[a-z0-9_]+)?";
      case "bpmn:endEvent" -> "end_[a-z0-9_]+";
      case "bpmn:intermediateThrowEvent" ->
          node.children().stream().anyMatch(child -> child.name().endsWith("EventDefinition"))
              ? "(throw|milestone)_[a-z0-9_]+" : "milestone_[a-z0-9_]+";
      case "bpmn:intermediateCatchEvent" -> timer ? "timer_[a-z0-9_]+" : "catch_[a-z0-9_]+";
      case "bpmn:boundaryEvent" -> timer ? "(timer|boundary)_[a-z0-9_]+" : "boundary_[a-z0-9_]+";
      default -> "[a-z][a-z0-9]*([-_][a-z0-9]+)*";
    });
  }

  private static void gateways(UnitModels unit, Report report) {
    unit.processElements().map(FlowGraph::new).forEach(graph -> graph.nodes().stream()
        .filter(node -> node.is("bpmn:exclusiveGateway", "bpmn:inclusiveGateway"))
        .filter(node -> graph.outgoing(node.get("id")).size() > 1)
        .forEach(node -> {
          String byDefault = node.get("default");
          if (byDefault == null) {
            report.error(node, words("分支没有默认流向。", "The gateway has no default flow."),
                words("选一个流向设为默认。", "Make one of its flows the default."));
          }
          graph.outgoing(node.get("id")).forEach(flow -> {
            boolean condition = flow.child("bpmn:conditionExpression") != null;
            if (condition && Objects.equals(flow.get("id"), byDefault)) {
              report.error(flow, words("默认流向不能有条件。", "The default flow must not have a condition."),
                  words("删去条件。", "Remove the condition."));
            } else if (!condition && byDefault != null && !byDefault.equals(flow.get("id"))) {
              report.error(flow, words("流向没有条件。", "The flow has no condition."),
                  words("写条件，或把它设为默认。", "Give it a condition, or make it the default."));
            }
          });
        }));
    unit.all("bpmn:sequenceFlow").filter(flow -> flow.child("bpmn:conditionExpression") != null)
        .filter(flow -> unit.all("bpmn:exclusiveGateway", "bpmn:inclusiveGateway")
            .noneMatch(gateway -> gateway.get("id") != null && gateway.get("id").equals(flow.get("sourceRef"))))
        .forEach(flow -> report.error(flow, words("条件只写在网关后面。", "Conditions stand only behind gateways."),
            words("加一个网关。", "Add a gateway.")));
  }

  private static void conditions(UnitModels unit, Report report) {
    unit.all("bpmn:conditionExpression", "bpmn:completionCondition").forEach(node -> {
      try {
        ReadExpression read = ReadExpression.of(node.text());
        if (!ReadExpression.isIn(node.text())) {
          report.error(node, words("条件不是表达式。", "The condition is not an expression."),
              words("写成 ${…}。", "Write ${…}."));
        } else if (read.comparisons() > 1 || read.combined()) {
          report.error(node, words("条件里有不止一个比较。", "The condition has more than one comparison."),
              words("用决策表，条件只看它的结果。", "Use a decision table and look only at its result."));
        }
      } catch (ReadExpression.Unreadable wrong) {
        // L4 says so.
      }
    });
  }

  private static void time(UnitModels unit, Report report) {
    unit.all("bpmn:timeDuration", "bpmn:timeCycle").forEach(node -> report.error(node,
        words("模型里没有时长和循环。", "A model holds no duration and no cycle."),
        words("用 timeDate 和 ${due} 或 ${due('…')}，时长写在时限表里。",
            "Use timeDate with ${due} or ${due('…')}; the amount stands in the deadlines table.")));
    unit.all("bpmn:timeDate").filter(node -> ReadExpression.isIn(node.text()) && !readsTime(node.text()))
        .forEach(node -> report.error(node, words("定时器的日期不是一个变量或 due 函数。",
            "The timer's date is neither a variable nor a due function."),
            words("写 ${due} 或 ${due('…')}。", "Write ${due} or ${due('…')}.")));
    Set<String> rows = deadlineRows(unit);
    unit.all("bpmn:userTask").forEach(task -> {
      XmlNode due = task.extensions("camunda:inputParameter").filter(node -> "due".equals(node.get("name")))
          .findFirst().orElse(null);
      if (due == null || !"${due}".equals(task.get("camunda:dueDate"))) {
        report.error(task, words("任务没有截止时间。", "The task has no due."),
            words("输入参数 due=${due('" + task.get("id") + "')}，camunda:dueDate=\"${due}\"。",
                "Input parameter due=${due('" + task.get("id") + "')} and camunda:dueDate=\"${due}\"."));
        return;
      }
      try {
        ReadExpression.of(due.text()).calls().stream().filter(call -> call.function().startsWith("due"))
            .filter(call -> call.literal() != null && !rows.isEmpty() && !rows.contains(call.literal()))
            .forEach(call -> report.error(due, words("时限表里没有“" + call.literal() + "”这一行。",
                "The deadlines table has no row \"" + call.literal() + "\"."),
                words("在 " + unit.unit() + "-deadlines.dmn 里加一行。",
                    "Add a row to " + unit.unit() + "-deadlines.dmn.")));
      } catch (ReadExpression.Unreadable wrong) {
        // L4 says so.
      }
    });
  }

  private static boolean readsTime(String text) {
    try {
      ReadExpression read = ReadExpression.of(text);
      return read.isOneName() || read.calls().size() == 1 && read.calls().get(0).function().startsWith("due");
    } catch (ReadExpression.Unreadable wrong) {
      return true;
    }
  }

  private static Set<String> deadlineRows(UnitModels unit) {
    XmlNode table = unit.dmn().get(unit.unit() + "-deadlines.dmn");
    if (table == null) {
      return Set.of();
    }
    Set<String> rows = new HashSet<>();
    table.everything("dmn:inputEntry").map(entry -> entry.child("dmn:text")).filter(Objects::nonNull)
        .flatMap(text -> Stream.of(text.text().split(","))).map(String::trim)
        .filter(text -> text.length() > 2 && text.startsWith("\"") && text.endsWith("\""))
        .forEach(text -> rows.add(text.substring(1, text.length() - 1)));
    return rows;
  }

  private static void taskForms(UnitModels unit, Report report) {
    unit.all("bpmn:userTask").forEach(task -> {
      String expected = unit.unit() + "." + task.get("id");
      if (!task.has("camunda:formRef")) {
        report.error(task, words("任务没有表单。", "The task has no form."),
            words("camunda:formRef=\"" + expected + "\"", "camunda:formRef=\"" + expected + "\""));
      } else if (!expected.equals(task.get("camunda:formRef"))) {
        report.warn(task, words("表单和任务不同名。", "Form and task do not share their name."),
            words("一个词贯穿始终：" + expected, "One word threads everything: " + expected));
      }
    });
  }

  private static void drawing(UnitModels unit, Report report) {
    unit.bpmn().forEach((file, root) -> {
      Set<String> drawn = root.everything("bpmndi:BPMNShape", "bpmndi:BPMNEdge")
          .map(node -> node.get("bpmnElement")).filter(Objects::nonNull).collect(Collectors.toSet());
      Set<String> known = root.everything().filter(node -> node.name().startsWith("bpmn:"))
          .map(node -> node.get("id")).filter(Objects::nonNull).collect(Collectors.toSet());
      root.everything().filter(node -> isNode(node) || node.is("bpmn:sequenceFlow", "bpmn:participant", "bpmn:lane",
          "bpmn:textAnnotation")).filter(node -> !drawn.contains(node.get("id")))
          .forEach(node -> report.error(node, words("元素没有画在图上。", "The element is not drawn."),
              words("用 Modeler 打开，把它放到图上。", "Open it in the Modeler and place it.")));
      drawn.stream().filter(id -> !known.contains(id)).sorted()
          .forEach(id -> report.error(file, null, id, words("图上画了不存在的元素。", "The drawing shows what does not exist."),
              words("从图上删去它。", "Remove it from the drawing.")));
    });
  }

  private static void bindings(UnitModels unit, Report report) {
    unit.all("bpmn:callActivity").filter(call -> call.extensions("camunda:in").noneMatch(in -> in.has("businessKey")))
        .forEach(call -> report.error(call, words("没有把案卷编号传过去。", "The business key is not passed on."),
            words("加 <camunda:in businessKey=\"${caseNumber()}\"/>。",
                "Add <camunda:in businessKey=\"${caseNumber()}\"/>.")));
    unit.all("bpmn:businessRuleTask").forEach(task -> {
      if (!task.has("camunda:decisionRef")) {
        return;
      }
      if (!"deployment".equals(task.get("camunda:decisionRefBinding"))) {
        report.error(task, words("决策没有按部署绑定。", "The decision is not bound by deployment."),
            words("camunda:decisionRefBinding=\"deployment\"", "camunda:decisionRefBinding=\"deployment\""));
      }
      if (ReadExpression.isIn(task.get("camunda:decisionRef"))
          || !unit.decisionIds().contains(task.get("camunda:decisionRef"))) {
        report.error(task, words("文件夹里没有这个决策。", "The folder has no such decision."),
            words("有：" + String.join(", ", unit.decisionIds()), "There are: " + String.join(", ", unit.decisionIds())));
      }
    });
  }

  private static void labels(UnitModels unit, Report report) {
    unit.bpmn().values().stream().flatMap(XmlNode::everything)
        .filter(node -> node.is(TASKS) || node.is("bpmn:startEvent", "bpmn:intermediateThrowEvent",
            "bpmn:intermediateCatchEvent", "bpmn:boundaryEvent", "bpmn:endEvent"))
        .forEach(node -> {
          if (!node.has("name")) {
            report.error(node, words("没有名称。", "The label is missing."),
                words("任务写动宾，事件写发生了什么。", "Tasks: verb and object. Events: what happened."));
          } else if (node.children("bpmn:documentation").allMatch(text -> text.text().isBlank())) {
            report.warn(node, words("说明里没有英文名称。", "The English label in documentation is missing."),
                words("在 documentation 里写英文。", "Write the English label into documentation."));
          }
        });
    unit.processElements().map(FlowGraph::new).forEach(graph -> graph.nodes().stream()
        .filter(node -> node.is("bpmn:exclusiveGateway", "bpmn:inclusiveGateway"))
        .filter(node -> graph.outgoing(node.get("id")).size() > 1)
        .filter(node -> !node.has("name") || !node.get("name").trim().matches("(?s).*[?？]"))
        .forEach(node -> report.warn(node, words("分支网关的名称应是一个问题。", "A splitting gateway asks a question."),
            words("例如“受理吗？”，流向写回答。", "For example 受理吗？ with its flows as answers."))));
  }

  private static void async(UnitModels unit, Report report) {
    // Delegates of the vocabulary only write to the database, so service tasks may stay in the official's transaction.
    Stream<XmlNode> joins = unit.processElements().map(FlowGraph::new).flatMap(graph -> graph.nodes().stream()
        .filter(node -> node.is("bpmn:parallelGateway") && graph.incoming(node.get("id")).size() > 1));
    Stream.concat(unit.all("bpmn:sendTask"), joins)
        .filter(node -> !"true".equals(node.get("camunda:asyncBefore")))
        .forEach(node -> report.error(node, words("要设为异步。", "It must be asynchronous."),
            words("camunda:asyncBefore=\"true\"", "camunda:asyncBefore=\"true\"")));
  }

  private static void size(UnitModels unit, Report report) {
    Map<String, Long> sizes = unit.processElements().collect(Collectors.toMap(process -> process.file(),
        process -> process.everything().filter(StyleRules::isNode).count(), Long::sum));
    sizes.forEach((file, nodes) -> {
      if (nodes > MOST_NODES) {
        report.warn(file, null, unit.unit(), words("有 " + nodes + " 个节点，一屏看不完。",
            "It has " + nodes + " nodes, more than one screen."),
            words("把一部分分成被调用的流程。", "Make a called process of a part."));
      }
    });
  }
}

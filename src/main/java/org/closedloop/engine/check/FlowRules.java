package org.closedloop.engine.check;

import static org.closedloop.engine.check.Rule.words;

import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.closedloop.engine.check.Rule.Report;
import org.closedloop.engine.expression.ReadExpression;

/** L5 to L7 and the closed loop: where a case can go, and that it cannot go round for ever. */
final class FlowRules {

  private static final int MOST_INSTANCES = 200;
  private static final int MOST_REPEATS = 1_000;
  private static final Pattern CYCLE = Pattern.compile("R(\\d*)/(?:[^/]+/)?(P[^/]+)(?:/[^/]+)?");

  static final List<Rule> ALL = List.of(
      new Rule("L5", true, words("定时器不会成批轰炸：不短于一分钟，不超过一千次，不超过十年。",
          "Timers do not bomb: not under a minute, not over 1,000 times, not beyond ten years."), FlowRules::timers),
      new Rule("L6", true, words("多实例不超过 200 个。", "Multi-instance makes at most 200."), FlowRules::multiples),
      new Rule("L7", true, words("没有不停下来的回路。", "No circle without a place to wait."), FlowRules::circles),
      new Rule("C1", false, words("每条路都走到一个有名字的终点。", "Every path reaches a named end."), FlowRules::ends),
      new Rule("C2", false, words("通向“已办结”的每条路都经过反馈和核查。",
          "Every path to end_closed passes feedback and verify."), FlowRules::closedLoop));

  private FlowRules() {}

  private static void timers(UnitModels unit, Report report) {
    unit.all("bpmn:timeCycle").forEach(node -> cycle(node, report));
    unit.all("bpmn:timeDuration", "bpmn:timeDate").filter(node -> !ReadExpression.isIn(node.text()))
        .forEach(node -> literal(node, report));
    unit.all("bpmn:timerEventDefinition").forEach(timer -> {
      XmlNode event = timer.parent();
      if (event.is("bpmn:startEvent") && event.parent().is("bpmn:process")) {
        report.error(event, words("流程不能由定时器自己启动。", "A process must not be started by a timer."),
            words("由人或系统通过接口启动。", "Let people or systems start it through the API."));
      }
      if (timer.children().stream().noneMatch(child -> child.is("bpmn:timeDate", "bpmn:timeDuration",
          "bpmn:timeCycle"))) {
        report.error(event, words("定时器没有时间。", "The timer has no time."),
            words("写 timeDate，例如 ${due}。", "Give it a timeDate such as ${due}."));
      }
    });
  }

  private static void cycle(XmlNode node, Report report) {
    Matcher cycle = CYCLE.matcher(node.text());
    if (ReadExpression.isIn(node.text()) || !cycle.matches() || cycle.group(1).isEmpty()) {
      report.error(node, words("循环时间“" + node.text() + "”不是有限次的固定循环。",
          "The cycle \"" + node.text() + "\" is not a fixed, bounded one."),
          words("用 timeDate；提醒和催办由系统自动做。", "Use timeDate; reminders are raised without drawing them."));
      return;
    }
    long seconds = seconds(cycle.group(2));
    if (cycle.group(1).length() > 4 || Integer.parseInt(cycle.group(1)) > MOST_REPEATS || seconds < 60) {
      report.error(node, words("循环太密或太多：不短于一分钟，不超过一千次。",
          "The cycle is too dense or too long: not under a minute, not over 1,000 times."),
          words("用 timeDate。", "Use timeDate."));
    }
  }

  /** Seconds of an ISO 8601 duration or period; 0 when it is neither. */
  private static long seconds(String text) {
    try {
      return Duration.parse(text).toSeconds();
    } catch (DateTimeParseException notATime) {
      try {
        Period period = Period.parse(text);
        return (period.toTotalMonths() * 30 + period.getDays()) * 86_400;
      } catch (DateTimeParseException | ArithmeticException notADate) {
        return 0;
      }
    } catch (ArithmeticException tooLong) {
      return 0;
    }
  }

  private static void literal(XmlNode node, Report report) {
    long seconds = node.is("bpmn:timeDuration") ? seconds(node.text()) : 0;
    if (seconds < 60 || seconds > Duration.ofDays(3_660).toSeconds()) {
      // A date written down is either past or somebody's memory of a deadline; there is no good one.
      report.error(node, words("时间“" + node.text() + "”不能用：固定日期，或不在一分钟到十年之间。",
          "The time \"" + node.text() + "\" cannot be used: a fixed date, or not between a minute and ten years."),
          words("写 ${due} 或 ${due('…')}。", "Write ${due} or ${due('…')}."));
    }
  }

  private static void multiples(UnitModels unit, Report report) {
    unit.all("bpmn:multiInstanceLoopCharacteristics").forEach(node -> {
      XmlNode cardinality = node.child("bpmn:loopCardinality");
      if (cardinality != null && !ReadExpression.isIn(cardinality.text())
          && !(cardinality.text().matches("\\d{1,3}") && Integer.parseInt(cardinality.text()) <= MOST_INSTANCES)) {
        report.error(node, words("多实例的个数必须是 0 到 200。", "The number of instances must be 0 to 200."),
            words("更多的事项分成几个案卷。", "Make several cases of it."));
      }
      if (cardinality == null && !node.has("camunda:collection")) {
        report.error(node, words("多实例没有个数，也没有集合。", "Multi-instance has neither number nor collection."),
            words("写 camunda:collection。", "Give it camunda:collection."));
      }
    });
  }

  private static void circles(UnitModels unit, Report report) {
    unit.processElements().map(FlowGraph::new).forEach(graph -> {
      List<XmlNode> circle = graph.circleWithoutWait();
      if (!circle.isEmpty()) {
        report.error(circle.get(0), words("回路里没有等待的地方：" + ids(circle), "A circle never waits: " + ids(circle)),
            words("回路里要有人工任务、等待事件或异步点。", "Put a user task, a catch event or an async step into it."));
      }
    });
  }

  private static String ids(List<XmlNode> nodes) {
    return nodes.stream().map(XmlNode::id).collect(Collectors.joining(" → "));
  }

  private static void ends(UnitModels unit, Report report) {
    unit.processElements().map(FlowGraph::new).forEach(graph -> {
      Set<String> reached = graph.reachable(node -> false);
      Set<String> ending = graph.canReach(graph.ends());
      if (graph.entries().isEmpty()) {
        report.error(graph.process(), words("流程没有开始事件。", "The process has no start event."),
            words("画一个开始事件。", "Draw a start event."));
      }
      graph.nodes().stream().filter(node -> !FlowGraph.isEventSubProcess(node)).forEach(node -> {
        String id = node.get("id");
        if (!reached.contains(id)) {
          report.error(node, words("从开始走不到这里。", "No path from a start reaches this."),
              words("连上它，或删去它。", "Connect it, or remove it."));
        } else if (!node.is("bpmn:endEvent") && !graph.leadsOn(id)) {
          report.error(node, words("路在这里断了，没有到终点。", "The path stops here without an end."),
              words("连到一个有名字的终点。", "Lead it to a named end."));
        } else if (!ending.contains(id)) {
          report.error(node, words("从这里走不到任何终点。", "No end can be reached from here."),
              words("连到一个有名字的终点。", "Lead it to a named end."));
        }
        if (node.is("bpmn:endEvent") && !node.has("name")) {
          report.error(node, words("终点没有名字。", "The end has no name."),
              words("写明案件怎样结束，例如“已办结”。", "Say how the case ended, e.g. 已办结."));
        }
      });
    });
  }

  private static void closedLoop(UnitModels unit, Report report) {
    unit.processElements().map(FlowGraph::new).forEach(graph -> graph.ends().stream()
        .filter(end -> "end_closed".equals(end.get("id")))
        .forEach(end -> List.of("feedback", "verify").forEach(stage -> {
          Set<String> without = graph.reachable(node -> node.is("bpmn:userTask") && stage.equals(node.get("id")));
          if (without.contains("end_closed")) {
            report.error(end, words("有一条路不经过“" + stage + "”就办结了。",
                "A path reaches end_closed without passing the user task \"" + stage + "\"."),
                words("办结之前必须先反馈、再由别的单位核查。",
                    "Before a case is closed its reporter is told, and somebody else has checked."));
          }
        })));
  }
}

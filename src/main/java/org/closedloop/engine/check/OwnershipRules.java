package org.closedloop.engine.check;

import static org.closedloop.engine.check.Rule.words;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.closedloop.engine.check.Rule.Report;
import org.closedloop.engine.expression.ReadExpression;

/**
 * L8 to L11: a folder speaks only for itself. The same key would be a new version for everyone, a signal reaches every
 * running case, and a form from elsewhere shows what nobody checked.
 */
final class OwnershipRules {

  private static final int DEEPEST_CALLS = 5;

  static final List<Rule> ALL = List.of(
      new Rule("L8", true, words("调用活动写明被调用的流程，最多五层，不绕圈。",
          "A call activity names its process; at most five deep, never in a circle."), OwnershipRules::calls),
      new Rule("L9", false, words("流程、决策、表单的编号都属于本文件夹。",
          "Keys of processes, decisions and forms belong to their folder."), OwnershipRules::keys),
      new Rule("L10", true, words("信号只在本文件夹的名字下；消息名是固定的文字。",
          "Signals stay within the folder's name; message names are fixed words."), OwnershipRules::broadcasts),
      new Rule("L11", true, words("表单只引用本文件夹里、同一次部署的表单。",
          "Forms are those of the folder, of the same deployment."), OwnershipRules::forms));

  private OwnershipRules() {}

  private static void calls(UnitModels unit, Report report) {
    Map<String, Set<String>> calls = new HashMap<>();
    unit.all("bpmn:callActivity").forEach(call -> {
      String target = call.get("calledElement");
      if (target == null || target.isBlank() || ReadExpression.isIn(target)) {
        report.error(call, words("被调用的流程必须写成固定的编号。", "The called process must be a fixed key."),
            words("填 calledElement，不用表达式。", "Fill in calledElement without an expression."));
      } else {
        calls.computeIfAbsent(processOf(call), key -> new HashSet<>()).add(target);
      }
    });
    Map<String, Integer> depths = new HashMap<>();
    unit.all("bpmn:callActivity").filter(call -> call.has("calledElement"))
        .filter(call -> depth(processOf(call), calls, depths) > DEEPEST_CALLS)
        .forEach(call -> report.error(call, words("调用绕了圈，或超过五层。", "The calls run in a circle, or deeper than five."),
            words("流程不能直接或间接调用自己。", "A process calls itself neither directly nor through others.")));
  }

  private static String processOf(XmlNode node) {
    XmlNode process = node;
    while (process != null && !process.is("bpmn:process")) {
      process = process.parent();
    }
    return process == null || process.get("id") == null ? "" : process.get("id");
  }

  /** How many calls deep a process goes; more than allowed when it meets itself. Each process is looked at once. */
  private static int depth(String process, Map<String, Set<String>> calls, Map<String, Integer> depths) {
    Integer known = depths.get(process);
    if (known != null) {
      return known;
    }
    // Stands for "being looked at": whoever meets it again has found a circle.
    depths.put(process, DEEPEST_CALLS + 1);
    int deepest = 0;
    for (String called : calls.getOrDefault(process, Set.of())) {
      deepest = Math.max(deepest, depth(called, calls, depths) + 1);
    }
    depths.put(process, deepest);
    return deepest;
  }

  private static void keys(UnitModels unit, Report report) {
    unit.bpmn().forEach((file, root) -> {
      List<XmlNode> processes = root.children("bpmn:process").toList();
      if (processes.size() != 1) {
        report.error(root, words("每个 BPMN 文件正好一个流程。", "A BPMN file holds exactly one process."),
            words("分成几个文件夹。", "Make folders of the others."));
      }
      processes.forEach(process -> {
        String id = process.get("id");
        if (!unit.unit().equals(id) || !file.equals(unit.unit() + ".bpmn")) {
          report.error(process, words("流程编号、文件名和文件夹名必须相同：“" + unit.unit() + "”。",
              "Process id, file name and folder are one word: \"" + unit.unit() + "\"."),
              words("流程编号改为 " + unit.unit() + "，文件名改为 " + unit.unit() + ".bpmn。",
                  "Call the process " + unit.unit() + " and the file " + unit.unit() + ".bpmn."));
        }
        owned(unit, "process", id, process, report);
      });
    });
    unit.dmn().values().forEach(root -> root.children("dmn:decision").forEach(decision -> {
      String id = decision.get("id");
      if (id == null || !id.startsWith(unit.unit() + "-")) {
        report.error(decision, words("决策编号要以“" + unit.unit() + "-”开头。",
            "A decision's id begins with \"" + unit.unit() + "-\"."),
            words("例如 " + unit.unit() + "-deadlines。", "For example " + unit.unit() + "-deadlines."));
      }
      owned(unit, "decision", id, decision, report);
    }));
    unit.forms().forEach((file, form) -> {
      String id = form.path("id").asText("");
      String expected = unit.unit() + "." + file.replaceAll("\\.form$", "");
      if (!id.equals(expected)) {
        report.error(file, null, id, words("表单编号必须是“" + expected + "”。", "The form's id must be \"" + expected + "\"."),
            words("改表单的 id。", "Change the form's id."));
      }
      unit.owners().ownerOf("form", id).filter(owner -> !owner.equals(unit.unit())).ifPresent(owner -> report.error(
          file, null, id, taken(owner), words("换一个编号。", "Choose another id.")));
    });
  }

  private static void owned(UnitModels unit, String kind, String key, XmlNode node, Report report) {
    if (key != null) {
      unit.owners().ownerOf(kind, key).filter(owner -> !owner.equals(unit.unit()))
          .ifPresent(owner -> report.error(node, taken(owner), words("换一个编号。", "Choose another id.")));
    }
  }

  private static org.closedloop.problem.Words taken(String owner) {
    return words("这个编号属于“" + owner + "”。", "This key belongs to \"" + owner + "\".");
  }

  private static void broadcasts(UnitModels unit, Report report) {
    unit.all("bpmn:signal", "bpmn:message", "bpmn:error", "bpmn:escalation").forEach(node -> {
      String name = node.get("name");
      if (node.is("bpmn:signal", "bpmn:message") && (name == null || name.isBlank()) || name != null
          && ReadExpression.isIn(name)) {
        report.error(node, words("名字必须是固定的文字。", "The name must be fixed words."),
            words("不用表达式。", "Use no expression."));
      } else if (node.is("bpmn:signal") && !name.startsWith(unit.unit() + ".")) {
        report.error(node, words("信号名要以“" + unit.unit() + ".”开头：信号会传到所有案卷。",
            "A signal's name begins with \"" + unit.unit() + ".\": signals reach every case."),
            words("改名，或改用消息。", "Rename it, or use a message."));
      } else if (node.is("bpmn:message") && !name.matches("[a-z][a-z0-9]*([-.][a-z0-9]+)*")) {
        report.error(node, words("消息名是接口里的动作名，用小写英文和连字符。",
            "A message's name is an action of the API: lower case with hyphens."),
            words("例如 request-extension。", "For example request-extension."));
      }
    });
    Set<String> startMessages = unit.processElements()
        .flatMap(process -> process.children("bpmn:startEvent"))
        .flatMap(start -> start.children("bpmn:messageEventDefinition"))
        .map(event -> String.valueOf(event.get("messageRef"))).collect(Collectors.toSet());
    unit.all("bpmn:message").filter(message -> startMessages.contains(message.get("id")))
        .filter(message -> message.has("name") && !message.get("name").equals(unit.unit())
            && !message.get("name").startsWith(unit.unit() + "."))
        .forEach(message -> report.error(message,
            words("启动流程的消息名要是“" + unit.unit() + "”或以“" + unit.unit() + ".”开头。",
                "A message that starts a process is called \"" + unit.unit() + "\" or begins with \"" + unit.unit()
                    + ".\"."),
            words("改名。", "Rename it.")));
  }

  private static void forms(UnitModels unit, Report report) {
    unit.bpmn().values().stream().flatMap(XmlNode::everything).forEach(node -> {
      if (node.has("camunda:formKey")) {
        report.error(node, words("不用 formKey。", "formKey is not used."),
            words("用 camunda:formRef 和 camunda:formRefBinding=\"deployment\"。",
                "Use camunda:formRef with camunda:formRefBinding=\"deployment\"."));
      }
      if (node.has("camunda:formRef")) {
        String ref = node.get("camunda:formRef");
        if (!ref.matches("[a-z0-9-]+\\.[a-z0-9-]+") || !"deployment".equals(node.get("camunda:formRefBinding"))) {
          report.error(node, words("表单引用要写成固定的编号，绑定方式为 deployment。",
              "A form is referred to by a fixed id, bound by deployment."),
              words("camunda:formRef=\"" + unit.unit() + ".…\" camunda:formRefBinding=\"deployment\"",
                  "camunda:formRef=\"" + unit.unit() + ".…\" camunda:formRefBinding=\"deployment\""));
        } else if (!unit.formIds().containsKey(ref)) {
          report.error(node, words("文件夹里没有表单“" + ref + "”。", "The folder has no form \"" + ref + "\"."),
              words("在 forms/" + unit.unit() + "/ 里新建 " + ref.substring(ref.indexOf('.') + 1) + ".form。",
                  "Create " + ref.substring(ref.indexOf('.') + 1) + ".form in forms/" + unit.unit() + "/."));
        }
      }
    });
  }
}

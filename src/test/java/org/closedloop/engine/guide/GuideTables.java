package org.closedloop.engine.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;

/** The tables of the modelling guide that are read out of the models: case types, tasks, milestones, actions, rows. */
final class GuideTables {

  private GuideTables() {}

  static String types() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("processes"))) {
      return folders.filter(f -> Files.exists(f.resolve(f.getFileName() + ".bpmn"))).sorted().map(GuideTables::type)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String type(Path folder) {
    String name = folder.getFileName().toString();
    BpmnModelInstance model = Bpmn.readModelFromFile(folder.resolve(name + ".bpmn").toFile());
    Process process = model.getModelElementById(name);
    StringBuilder page = new StringBuilder("## `" + name + "` " + process.getName() + "\n\n" + english(process) + "\n");
    page.append("\n**任务 Tasks**\n\n| 任务 task | 名称 | who | 时限 allowance |\n|---|---|---|---|\n");
    List<Row> deadlines = rows(folder.resolve(name + "-deadlines.dmn"));
    for (UserTask task : model.getModelElementsByType(UserTask.class)) {
      String allowance = deadlines.stream().filter(r -> r.in.get(0).equals("\"" + task.getId() + "\""))
          .map(r -> r.out.get(0) + " " + plain(r.out.get(1)) + conditions(r)).collect(Collectors.joining("; "));
      page.append("| `%s` | %s %s | `%s` | %s |%n".formatted(task.getId(), task.getName(), english(task),
          task.getCamundaCandidateGroups(), allowance));
    }
    page.append("\n**节点 Milestones**, in order of the diagram\n\n");
    page.append(model.getModelElementsByType(FlowNode.class).stream().filter(n -> n.getId().startsWith("milestone_"))
        .map(n -> "`" + n.getId().substring("milestone_".length()) + "` " + n.getName()).collect(
            Collectors.joining(" · "))).append("\n");
    StringBuilder actions = new StringBuilder();
    for (CatchEvent event : model.getModelElementsByType(CatchEvent.class)) {
      if (event.getExtensionElements() == null) {
        // without "who" it is no action: it only waits for the system
        continue;
      }
      event.getEventDefinitions().stream().filter(MessageEventDefinition.class::isInstance)
          .map(d -> ((MessageEventDefinition) d).getMessage().getName()).filter(message -> !who(event).isEmpty())
          .forEach(message -> actions.append("| `%s` | %s %s | %s |%n".formatted(
              message.substring(message.indexOf('.') + 1), event.getName(), english(event), who(event))));
    }
    if (!actions.isEmpty()) {
      page.append("\n**动作 Actions**\n\n| 动作 action | 名称 | who |\n|---|---|---|\n").append(actions);
    }
    page.append("\n**时限表 Deadlines** (`").append(name).append("-deadlines`)\n\n").append(table(deadlines,
        folder.resolve(name + "-deadlines.dmn")));
    Path may = folder.resolve(name + "-actions.dmn");
    if (Files.exists(may)) {
      page.append("\n**事项表 What may be done** (`").append(name).append("-actions`)\n\n")
          .append(table(rows(may), may));
    }
    return page.toString();
  }

  private record Row(String id, String source, List<String> in, List<String> out) {}

  private static List<Row> rows(Path file) {
    List<Row> rows = new ArrayList<>();
    for (Rule rule : Dmn.readModelFromFile(file.toFile()).getModelElementsByType(Rule.class)) {
      rows.add(new Row(rule.getId(), rule.getDescription().getTextContent().strip(),
          rule.getInputEntries().stream().map(InputEntry::getTextContent).map(String::strip).toList(),
          rule.getOutputEntries().stream().map(OutputEntry::getTextContent).map(String::strip).toList()));
    }
    return rows;
  }

  private static String table(List<Row> rows, Path file) {
    DecisionTable table = Dmn.readModelFromFile(file.toFile()).getModelElementsByType(DecisionTable.class).iterator()
        .next();
    List<String> inputs = table.getInputs().stream().map(Input::getLabel).toList();
    List<String> outputs = table.getOutputs().stream().map(o -> o.getLabel()).toList();
    StringBuilder text = new StringBuilder("| 行 row | 条件 when | 结果 then | 依据 source |\n|---|---|---|---|\n");
    for (Row row : rows) {
      text.append("| `%s` | %s | %s | %s |%n".formatted(row.id, pairs(inputs, row.in), pairs(outputs, row.out),
          row.source));
    }
    return text.toString();
  }

  private static String pairs(List<String> labels, List<String> values) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (!values.get(i).isEmpty()) {
        pairs.add(labels.get(i) + " " + plain(values.get(i)));
      }
    }
    return String.join("；", pairs);
  }

  private static String conditions(Row row) {
    String rest = row.in.stream().skip(1).filter(t -> !t.isEmpty()).map(GuideTables::plain).collect(
        Collectors.joining(", "));
    return rest.isEmpty() ? "" : " (" + rest + ")";
  }

  private static String plain(String feel) {
    return feel.replace("\"", "").replace("|", "\\|");
  }

  private static String who(CatchEvent event) {
    return event.getExtensionElements() == null ? "" : event.getExtensionElements().getElementsQuery().filterByType(CamundaProperties.class).list().stream()
        .flatMap(p -> p.getCamundaProperties().stream()).filter(p -> p.getCamundaName().equals("who"))
        .map(CamundaProperty::getCamundaValue).map(v -> "`" + v + "`").collect(Collectors.joining());
  }

  private static String english(org.camunda.bpm.model.bpmn.instance.BaseElement element) {
    return element.getDocumentations().stream().findFirst().map(d -> d.getTextContent().strip()).orElse("");
  }
}

package org.closedloop.engine.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.closedloop.engine.check.Rule.Report;
import org.closedloop.engine.vocabulary.Vocabulary;
import org.closedloop.worklist.form.Conditions;

/**
 * The models of one folder, read: what the rules look at. Files that cannot be read are reported while reading and
 * are not among the models.
 */
final class UnitModels {

  /** A case type with all its forms is one deployment, and the largest shipped one has two dozen files. */
  static final int MOST_FILES = 40;
  private static final String FILE_NAME = "[\\w\\-. ]{1,120}\\.(bpmn|dmn|form)";
  private static final int MOST_BYTES_OF_A_FORM = 256 * 1024;
  private static final int DEEPEST_FORM = 20;

  private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST_FORM)
          .maxStringLength(100_000).maxNumberLength(30).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build());

  private final String unit;
  private final Vocabulary vocabulary;
  private final Conditions feel;
  private final ModelCheck.Owners owners;
  private final Map<String, XmlNode> processes = new TreeMap<>();
  private final Map<String, XmlNode> decisions = new TreeMap<>();
  private final Map<String, JsonNode> forms = new TreeMap<>();

  private UnitModels(String unit, Vocabulary vocabulary, Conditions feel, ModelCheck.Owners owners) {
    this.unit = unit;
    this.vocabulary = vocabulary;
    this.feel = feel;
    this.owners = owners;
  }

  /** Reads the files; what cannot be read is found under rules L1 and L2. */
  static UnitModels read(String unit, Map<String, byte[]> files, Vocabulary vocabulary, Conditions feel,
      ModelCheck.Owners owners, Report size, Report prolog) {
    UnitModels models = new UnitModels(unit, vocabulary, feel, owners);
    if (files.size() > MOST_FILES) {
      size.error(unit, null, null, Rule.words("一个文件夹最多 " + MOST_FILES + " 个模型文件，现有 " + files.size() + " 个。",
          "A folder holds at most " + MOST_FILES + " models, this one has " + files.size() + "."),
          Rule.words("拆成两个案件类型。", "Make two case types of it."));
    }
    files.forEach((name, bytes) -> {
      if (!name.matches(FILE_NAME)) {
        size.error(name, null, null, Rule.words("文件名不能用。", "The file name cannot be used."),
            Rule.words("只用字母、数字、空格、“-”“_”“.”，以 .bpmn、.dmn 或 .form 结尾。",
                "Use letters, digits, space, - _ . and end in .bpmn, .dmn or .form."));
      } else if (name.endsWith(".form")) {
        models.readForm(name, bytes, size, prolog);
      } else {
        models.readXml(name, bytes, prolog);
      }
    });
    return models;
  }

  private void readXml(String name, byte[] bytes, Report prolog) {
    try {
      XmlNode root = XmlNode.read(name, bytes);
      String expected = name.endsWith(".bpmn") ? "bpmn:definitions" : "dmn:definitions";
      if (!root.is(expected)) {
        prolog.error(root, Rule.words("文件开头不是 " + expected + "，而是 " + root.name() + "。",
            "The file begins with " + root.name() + " instead of " + expected + "."),
            Rule.words("用 Camunda Modeler 建 BPMN 2.0 或 DMN 1.3 文件。",
                "Create it as BPMN 2.0 or DMN 1.3 with Camunda Modeler."));
        return;
      }
      (name.endsWith(".bpmn") ? processes : decisions).put(name, root);
    } catch (XmlNode.Unreadable wrong) {
      prolog.error(name, wrong.line(), null,
          Rule.words("文件读不懂：" + wrong.getMessage(), "The file cannot be read: " + wrong.getMessage()),
          Rule.words("UTF-8 编码的 XML，不超过 2 MB、2000 个元素、50 层；不要 DOCTYPE 和处理指令。",
              "UTF-8 XML of at most 2 MB, 2,000 elements, depth 50; no DOCTYPE, no processing instructions."));
    }
  }

  private void readForm(String name, byte[] bytes, Report size, Report prolog) {
    if (bytes.length > MOST_BYTES_OF_A_FORM) {
      size.error(name, null, null, Rule.words("表单超过 256 KB。", "The form is larger than 256 KB."),
          Rule.words("删去不用的组件；图片放到附件里。", "Remove what is not used; pictures belong into attachments."));
      return;
    }
    try (var parser = JSON.createParser(bytes)) {
      JsonNode form = JSON.readTree(parser);
      if (form == null || !form.isObject() || parser.nextToken() != null) {
        throw new IOException("not one JSON object");
      }
      forms.put(name, form);
    } catch (JsonProcessingException wrong) {
      Integer line = wrong.getLocation() == null ? null : wrong.getLocation().getLineNr();
      prolog.error(name, line, null,
          Rule.words("表单不是正确的 JSON：" + wrong.getOriginalMessage(),
              "The form is not proper JSON: " + wrong.getOriginalMessage()),
          Rule.words("用表单设计器保存；最多 20 层。", "Save it with the form editor; at most 20 levels deep."));
    } catch (IOException wrong) {
      prolog.error(name, 1, null, Rule.words("表单不是一个 JSON 对象。", "The form is not one JSON object."),
          Rule.words("用表单设计器保存。", "Save it with the form editor."));
    }
  }

  String unit() {
    return unit;
  }

  Vocabulary vocabulary() {
    return vocabulary;
  }

  /** Judges and evaluates the FEEL of forms. */
  Conditions feel() {
    return feel;
  }

  ModelCheck.Owners owners() {
    return owners;
  }

  /** BPMN files by name. */
  Map<String, XmlNode> bpmn() {
    return processes;
  }

  /** DMN files by name. */
  Map<String, XmlNode> dmn() {
    return decisions;
  }

  /** Forms by file name. */
  Map<String, JsonNode> forms() {
    return forms;
  }

  Stream<XmlNode> processElements() {
    return processes.values().stream().flatMap(file -> file.children("bpmn:process"));
  }

  /** Elements of that name in all BPMN files. */
  Stream<XmlNode> all(String... names) {
    return processes.values().stream().flatMap(file -> file.everything(names));
  }

  /** Form ids with the file each is in. */
  Map<String, String> formIds() {
    Map<String, String> ids = new LinkedHashMap<>();
    forms.forEach((file, form) -> ids.put(form.path("id").asText(), file));
    return ids;
  }

  Set<String> decisionIds() {
    Set<String> ids = new LinkedHashSet<>();
    decisions.values().forEach(file -> file.children("dmn:decision").forEach(node -> ids.add(node.get("id"))));
    ids.remove(null);
    return ids;
  }

  /** Every component of a form, groups and dynamic lists opened. */
  static List<JsonNode> components(JsonNode form) {
    List<JsonNode> found = new ArrayList<>();
    collect(form, found);
    return found;
  }

  private static void collect(JsonNode node, List<JsonNode> found) {
    for (JsonNode component : node.path("components")) {
      found.add(component);
      collect(component, found);
    }
  }

  /** Variables that the models of this folder themselves bring into being, besides those every case has. */
  Set<String> declaredVariables() {
    Set<String> names = new LinkedHashSet<>(
        List.of("loopCounter", "nrOfInstances", "nrOfActiveInstances", "nrOfCompletedInstances"));
    processes.values().stream().flatMap(XmlNode::everything).forEach(node -> {
      if (node.is("camunda:inputParameter", "camunda:outputParameter")) {
        names.add(node.get("name"));
      }
      for (String attribute : List.of("camunda:resultVariable", "camunda:elementVariable", "camunda:initiator",
          "camunda:errorMessageVariable", "camunda:errorCodeVariable")) {
        names.add(node.get(attribute));
      }
      if (node.is("camunda:in", "camunda:out")) {
        names.add(node.get("target"));
      }
      // What a process is handed by the one that calls it: <camunda:property name="variables" value="kind, called"/>
      if (node.is("camunda:property") && "variables".equals(node.get("name")) && node.has("value")) {
        names.addAll(List.of(node.get("value").trim().split("\\s*,\\s*")));
      }
    });
    forms.values().forEach(form -> components(form).forEach(component -> {
      JsonNode route = component.path("properties").path("route");
      if (!route.isMissingNode() && !"false".equals(route.asText())) {
        names.add(component.path("key").asText());
      }
    }));
    decisions.values().forEach(file -> file.everything("dmn:output").forEach(output -> names.add(output.get("name"))));
    names.removeIf(name -> name == null || name.isBlank());
    return names;
  }
}

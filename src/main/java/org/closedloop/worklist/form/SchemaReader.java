package org.closedloop.worklist.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.worklist.form.Part.Choice;
import org.closedloop.worklist.form.Part.Computed;
import org.closedloop.worklist.form.Part.Container;
import org.closedloop.worklist.form.Part.Files;
import org.closedloop.worklist.form.Part.Input;
import org.closedloop.worklist.form.Part.Numeric;
import org.closedloop.worklist.form.Part.Option;
import org.closedloop.worklist.form.Part.Validate;
import org.closedloop.worklist.form.Part.When;

/** Reads one form and finds everything in it that could not be answered or checked later. */
final class SchemaReader {

  private static final int NEWEST = 19;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_COMPONENTS = 200;
  private static final int DEEPEST = 20;
  private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9_]{0,63}");
  private static final Set<String> SCENERY = Set.of("text", "image", "html", "separator", "spacer", "button", "table",
      "iframe", "documentPreview");
  private static final Set<String> INPUTS = Set.of("textfield", "textarea", "number", "checkbox", "checklist", "radio",
      "select", "taglist", "datetime", "filepicker");
  private static final Set<String> CHOICES = Set.of("checklist", "radio", "select", "taglist");
  /** Words JavaScript or the engine keep for themselves. */
  private static final Set<String> RESERVED = Set.of("constructor", "prototype", "execution", "task", "caseExecution",
      "authenticatedUserId", "connector");
  /** Words the models' expressions know already: a variable of that name would hide them. */
  private static final Set<String> VOCABULARY = Set.of("due", "notify", "now", "dateTime", "currentUser",
      "currentUserGroups", "loopCounter", "nrOfInstances");

  private final List<FieldError> findings = new ArrayList<>();
  private final List<Field> fields = new ArrayList<>();
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private final Set<String> optionKeys = new HashSet<>();
  /** What texts and tables show. */
  private final Set<String> shows = new HashSet<>();
  private final Shape shape = new Shape();
  private int components;

  /** What keys an answer may have at each level. */
  static final class Shape {
    final Map<String, Shape> keys = new LinkedHashMap<>();
    boolean leaf;
    boolean rows;
  }

  record Read(String id, List<Part> parts, Shape shape, List<Field> fields, Map<String, String> expressions,
      Set<String> optionKeys, Set<String> shows) {

    /** The form has a use for data of this name: a question, options, or an expression that mentions it. */
    boolean reads(String name) {
      return shape.keys.containsKey(name) || optionKeys.contains(name)
          || expressions.values().stream().anyMatch(feel -> feel.contains(name));
    }
  }

  /** @throws InvalidInput naming every component that cannot stay as it is, as {@code components[2].key} */
  static Read read(String json) {
    return new SchemaReader().form(json);
  }

  private Read form(String json) {
    if (json == null || json.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw InvalidInput.at("form", "表单文件为空或超过 256 KB", "the form is missing or larger than 256 KB");
    }
    JsonNode root;
    try {
      root = Plain.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      String line = at == null ? "" : String.valueOf(at.getLineNr());
      throw InvalidInput.at("form", "表单不是有效的 JSON（第 " + line + " 行）", "the form is not valid JSON (line " + line + ")");
    }
    if (root == null || !root.isObject() || !"default".equals(root.path("type").asText())
        || !root.path("components").isArray()) {
      throw InvalidInput.at("form", "表单须为 type 为 default、含 components 数组的 JSON 对象",
          "a form is a JSON object with type \"default\" and an array of components");
    }
    JsonNode version = root.path("schemaVersion");
    if (!version.isMissingNode() && (!version.isInt() || version.asInt() < 1 || version.asInt() > NEWEST)) {
      find("schemaVersion", "只支持 1 至 " + NEWEST + " 的 schemaVersion", "schemaVersion must be 1 to " + NEWEST);
    }
    List<Part> parts = parts(root.path("components"), "components", List.of(), shape, 1);
    if (!findings.isEmpty()) {
      throw new InvalidInput(findings.size() > 100 ? findings.subList(0, 100) : findings);
    }
    return new Read(root.path("id").asText(""), List.copyOf(parts), shape, List.copyOf(fields),
        Map.copyOf(expressions), Set.copyOf(optionKeys), Set.copyOf(shows));
  }

  private List<Part> parts(JsonNode nodes, String where, List<String> above, Shape level, int depth) {
    List<Part> parts = new ArrayList<>();
    if (depth > DEEPEST) {
      find(where, "嵌套超过 " + DEEPEST + " 层", "nested more than " + DEEPEST + " levels deep");
      return parts;
    }
    for (int i = 0; i < nodes.size() && components <= MOST_COMPONENTS; i++) {
      if (++components > MOST_COMPONENTS) {
        find(where, "组件超过 " + MOST_COMPONENTS + " 个", "more than " + MOST_COMPONENTS + " components");
        return parts;
      }
      Part part = part(nodes.get(i), where + "[" + i + "]", above, level, depth);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts;
  }

  private Part part(JsonNode node, String where, List<String> above, Shape level, int depth) {
    String type = node.path("type").asText("");
    if (SCENERY.contains(type)) {
      shows.add(node.path("text").asText("") + node.path("dataSource").asText(""));
      return null;
    }
    String hide = feel(node.path("conditional").path("hide"), where + ".conditional.hide");
    if (type.equals("group") || type.equals("dynamiclist")) {
      return container(node, type, hide, where, above, level, depth);
    }
    boolean computed = type.equals("expression");
    if (!computed && !INPUTS.contains(type)) {
      find(where + ".type", "不认识的组件类型“" + Texts.quoted(type) + "”", "unknown component type " + Texts.quoted(type));
      return null;
    }
    List<String> path = path(node.path("key").asText(""), where + ".key");
    if (path.isEmpty()) {
      find(where + ".key", "组件须有 key", "the component needs a key");
      return null;
    }
    claim(level, path, where + ".key").ifPresent(s -> s.leaf = true);
    Field field = field(node, type, path, above, where);
    if (computed) {
      String feel = feel(node.path("expression"), where + ".expression");
      if (feel == null) {
        find(where + ".expression", "表达式须以 = 开头", "the expression must begin with =");
      }
      return new Computed(path, hide, field, feel == null ? "null" : feel);
    }
    JsonNode disabled = node.path("disabled");
    Object readonly = node.path("readonly").isTextual()
        ? feel(node.path("readonly"), where + ".readonly") : Boolean.valueOf(node.path("readonly").asBoolean());
    return new Input(path, hide, field, disabled.isTextual() ? !disabled.asText().isEmpty() : disabled.asBoolean(),
        readonly == null ? Boolean.FALSE : readonly,
        node.has("valuesKey") || !node.has("defaultValue") ? null : Plain.of(node.get("defaultValue")),
        validate(node.path("validate"), type, where + ".validate"), detail(node, type, where));
  }

  private Part container(JsonNode node, String type, String hide, String where, List<String> above, Shape level,
      int depth) {
    boolean rows = type.equals("dynamiclist") && node.path("isRepeating").asBoolean(true);
    List<String> path = path(node.path("path").asText(""), where + ".path");
    if (rows && path.isEmpty()) {
      find(where + ".path", "动态列表须有 path", "a dynamic list needs a path");
      return null;
    }
    Shape inner = path.isEmpty() ? level : claim(level, path, where + ".path").orElse(new Shape());
    if (rows && (inner.rows || !inner.keys.isEmpty())) {
      find(where + ".path", "路径“" + String.join(".", path) + "”已被占用", "the path is already taken");
    }
    inner.rows = inner.rows || rows;
    List<String> below = new ArrayList<>(above);
    below.addAll(path);
    if (rows) {
      below.set(below.size() - 1, below.get(below.size() - 1) + "[]");
    }
    int repetitions = node.path("defaultRepetitions").asInt(1);
    if (repetitions < 0 || repetitions > AnswerCheck.MOST_ROWS) {
      find(where + ".defaultRepetitions", "默认行数须在 0 至 " + AnswerCheck.MOST_ROWS + " 之间",
          "default repetitions must be 0 to " + AnswerCheck.MOST_ROWS);
    }
    return new Container(path, hide, label(node, path.isEmpty() ? type : path.get(path.size() - 1)), rows,
        node.path("allowAddRemove").asBoolean(true), repetitions,
        List.copyOf(parts(node.path("components"), where + ".components", below, inner, depth + 1)));
  }

  private Field field(JsonNode node, String type, List<String> path, List<String> above, String where) {
    Map<String, String> properties = new LinkedHashMap<>();
    node.path("properties").fields().forEachRemaining(p -> properties.put(p.getKey(), p.getValue().asText()));
    List<String> whole = new ArrayList<>(above);
    whole.addAll(path);
    String key = path.get(path.size() - 1);
    boolean required = node.path("validate").path("required").asBoolean(false);
    Field field = new Field(String.join(".", whole), key, label(node, key), type, required, Map.copyOf(properties));
    if (field.route()) {
      if (field.repeated() || type.equals("filepicker")) {
        find(where + ".properties.route", "附件和列表中的字段不能成为流程变量",
            "attachments and fields in a list cannot become a variable");
      }
      if (VOCABULARY.contains(key)) {
        find(where + ".key", "“" + key + "”是模型中的保留词，不能作为流程变量名", key + " is a word models already use; rename the key");
      }
      if (fields.stream().anyMatch(f -> f.route() && f.key().equals(key))) {
        find(where + ".key", "已有另一字段以“" + key + "”作为流程变量", "another field already becomes the variable " + key);
      }
    }
    if (field.within().isPresent() && !(type.equals("datetime") && !"time".equals(node.path("subtype").asText()))) {
      find(where + ".properties.within", "within 只能用于日期字段", "within is for dates only");
    }
    if (field.most().isPresent() && !(field.many() && field.most().get().matches("[1-9][0-9]{0,2}"))) {
      find(where + ".properties.most", "most 只能用于多选字段，值为 1 到 999", "most is for lists of choices, from 1 to 999");
    }
    fields.add(field);
    return field;
  }

  private Validate validate(JsonNode node, String type, String where) {
    Pattern pattern = null;
    String text = node.path("pattern").asText("");
    if (!text.isEmpty()) {
      try {
        pattern = Texts.pattern(text);
      } catch (RuntimeException e) {
        find(where + ".pattern", "正则表达式无法使用（不支持前后查找和反向引用）",
            "the pattern cannot be used (no look-around, no back references)");
      }
    }
    Object maxLength = limit(node.path("maxLength"), where + ".maxLength");
    if (maxLength instanceof BigDecimal most && most.compareTo(BigDecimal.valueOf(Texts.MOST)) > 0) {
      find(where + ".maxLength", "长度上限不得超过 " + Texts.MOST, "maxLength must not exceed " + Texts.MOST);
    }
    String kind = node.path("validationType").asText("");
    boolean number = type.equals("number");
    boolean line = type.equals("textfield");
    boolean words = line || type.equals("textarea");
    return new Validate(node.path("required").asBoolean(false),
        number ? limit(node.path("min"), where + ".min") : null,
        number ? limit(node.path("max"), where + ".max") : null,
        words ? limit(node.path("minLength"), where + ".minLength") : null, words ? maxLength : null,
        words ? pattern : null, node.path("patternErrorMessage").asText(null),
        line && (kind.equals("email") || kind.equals("phone")) ? kind : null);
  }

  private Object limit(JsonNode node, String where) {
    if (node.isMissingNode() || node.isNull() || node.isTextual() && node.asText().isEmpty()) {
      return null;
    }
    if (node.isTextual() && node.asText().startsWith("=")) {
      return feel(node, where);
    }
    try {
      if (node.isNumber() || node.isTextual() && node.asText().length() <= 40) {
        return node.isNumber() ? node.decimalValue() : new BigDecimal(node.asText().strip());
      }
    } catch (NumberFormatException e) {
      // said below, together with what is no number at all
    }
    find(where, "须为数字或以 = 开头的表达式", "must be a number or an expression beginning with =");
    return null;
  }

  private Part.Detail detail(JsonNode node, String type, String where) {
    if (CHOICES.contains(type)) {
      String key = node.path("valuesKey").asText("");
      if (!key.isEmpty()) {
        optionKeys.add(key);
      }
      String feel = feel(node.path("valuesExpression"), where + ".valuesExpression");
      if (key.isEmpty() && feel == null && !node.path("values").isArray()) {
        find(where + ".values", "选择类组件须有 values、valuesKey 或 valuesExpression 之一",
            "options must come from values, valuesKey or valuesExpression");
      }
      List<Option> values = node.path("values").isArray() ? Options.normal(Plain.of(node.get("values"))) : null;
      return new Choice(key.isEmpty() ? null : key, values, feel);
    }
    return switch (type) {
      case "number" -> {
        Object step = limit(node.path("increment"), where + ".increment");
        boolean usable = step instanceof BigDecimal s && s.signum() > 0;
        if (step != null && !usable) {
          find(where + ".increment", "步长须为正数", "the increment must be a positive number");
        }
        yield new Numeric(node.path("decimalDigits").asInt(-1), usable ? (BigDecimal) step : null,
            node.path("serializeToString").asBoolean(false));
      }
      case "datetime" -> {
        String subtype = node.path("subtype").asText("date");
        if (!Set.of("date", "time", "datetime").contains(subtype)) {
          find(where + ".subtype", "须为 date、time 或 datetime", "must be date, time or datetime");
        }
        yield new When(subtype, node.path("disallowPassedDates").asBoolean(false),
            node.path("timeSerializingFormat").asText("no_timezone"));
      }
      case "filepicker" -> {
        JsonNode multiple = node.path("multiple");
        Object many = multiple.isTextual() ? feel(multiple, where + ".multiple") : multiple.asBoolean(false);
        yield new Files(many == null ? Boolean.FALSE : many, node.path("accept").asText(""));
      }
      default -> null;
    };
  }

  /** FEEL of a property that begins with {@code =}; the browser ignores other texts, a designer surely did not. */
  private String feel(JsonNode node, String where) {
    if (!node.isTextual() || node.asText().isBlank()) {
      return null;
    }
    String text = node.asText();
    if (!text.startsWith("=")) {
      find(where, "表达式须以 = 开头", "an expression must begin with =");
      return null;
    }
    String feel = text.substring(1).strip();
    expressions.put(where, feel);
    return feel;
  }

  private List<String> path(String dotted, String where) {
    if (dotted.isEmpty()) {
      return List.of();
    }
    List<String> path = List.of(dotted.split("\\.", -1));
    for (String word : path) {
      if (!KEY.matches(word) || RESERVED.contains(word)) {
        find(where, "“" + Texts.quoted(dotted) + "”不可用：以小写字母开头，只含字母、数字、下划线，且不是保留字",
            Texts.quoted(dotted) + " cannot be used: begin with a small letter, then letters, digits, underscores; no "
                + "reserved word");
        return List.of();
      }
    }
    return path;
  }

  /** Takes a place in the answers, empty when somebody else has it already. */
  private java.util.Optional<Shape> claim(Shape level, List<String> path, String where) {
    Shape here = level;
    for (int i = 0; i < path.size(); i++) {
      boolean last = i == path.size() - 1;
      boolean fresh = !here.keys.containsKey(path.get(i));
      here = here.keys.computeIfAbsent(path.get(i), k -> new Shape());
      boolean taken = here.leaf || !last && here.rows || last && where.endsWith(".key") && !fresh
          || last && here.rows;
      if (taken) {
        find(where, "“" + String.join(".", path) + "”已被另一组件使用", String.join(".", path) + " is used by another component");
        return java.util.Optional.empty();
      }
    }
    return java.util.Optional.of(here);
  }

  private String label(JsonNode node, String otherwise) {
    for (String name : List.of("label", "dateLabel", "timeLabel")) {
      String text = node.path(name).asText("").strip();
      // templates and expressions are for the page; in a sentence they would be noise
      if (!text.isEmpty() && !text.startsWith("=") && !text.contains("{{")) {
        return text.length() > 60 ? text.substring(0, text.offsetByCodePoints(0, Math.min(60, Texts.length(text))))
            : text;
      }
    }
    return otherwise;
  }

  private void find(String where, String zh, String en) {
    findings.add(FieldError.of(where, zh, en));
  }
}

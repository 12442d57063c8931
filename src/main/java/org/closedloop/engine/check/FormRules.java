package org.closedloop.engine.check;

import static org.closedloop.engine.check.Rule.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.closedloop.engine.check.Rule.Report;

/** Camunda Forms: components that only show and ask, names that mean nothing else, patterns that cannot hang. */
final class FormRules {

  private static final int MOST_COMPONENTS = 200;
  private static final String KEY = "[a-z][A-Za-z0-9_]{0,63}";

  private static final Set<String> INPUTS = Set.of("textfield", "textarea", "number", "datetime", "checkbox",
      "checklist", "radio", "select", "taglist", "filepicker");
  private static final Set<String> OTHERS = Set.of("text", "image", "group", "dynamiclist", "table", "spacer",
      "separator", "button", "expression");
  private static final Set<String> OPTIONS = Set.of("checklist", "radio", "select", "taglist");

  static final List<Rule> ALL = List.of(
      new Rule("F1", true, words("表单只用允许的组件，不超过 200 个；没有 HTML、框架和外部图片。",
          "Forms use only allowed components, at most 200; no HTML, frames or remote pictures."), FormRules::components),
      new Rule("F2", true, words("字段名是普通的词，不重复，不是词汇表或引擎的词。",
          "Keys are plain words, unique, and neither vocabulary nor the engine's."), FormRules::keys),
      new Rule("F3", true, words("模式不会卡死，FEEL 不超过 500 个字符且读得懂。",
          "Patterns cannot hang; FEEL is readable and at most 500 characters."), FormRules::expressions),
      new Rule("F4", false, words("每个字段有标签，选择有选项。", "Every field has a label, every choice its options."),
          FormRules::labels));

  private FormRules() {}

  private static void components(UnitModels unit, Report report) {
    unit.forms().forEach((file, form) -> {
      List<JsonNode> all = UnitModels.components(form);
      if (!"default".equals(form.path("type").asText()) || !form.path("components").isArray()) {
        report.error(file, null, null, words("这不是一个 Camunda 表单。", "This is not a Camunda Form."),
            words("用表单设计器新建。", "Create it with the form editor."));
      }
      if (all.size() > MOST_COMPONENTS) {
        report.error(file, null, null, words("组件超过 200 个。", "The form has more than 200 components."),
            words("拆成几个环节。", "Make several stages of it."));
      }
      for (JsonNode component : all) {
        String type = component.path("type").asText();
        if (!INPUTS.contains(type) && !OTHERS.contains(type)) {
          report.error(file, null, named(component), words("不允许的组件“" + type + "”。",
              "The component \"" + type + "\" is not allowed."), words("换一种组件。", "Use another component."));
        }
        if (type.equals("image") && !component.path("source").asText().startsWith("data:image/")) {
          report.error(file, null, named(component), words("不能引用外部图片。", "A remote picture must not be shown."),
              words("把图片嵌入表单。", "Embed the picture."));
        }
        if (type.equals("text") && component.path("text").asText().matches("(?s).*<\\s*[a-zA-Z/!].*")) {
          report.error(file, null, named(component), words("文字里不能有 HTML。", "Texts must not contain HTML."),
              words("用 Markdown。", "Use Markdown."));
        }
        if (type.equals("text") && component.path("text").asText().matches("(?is).*(javascript|data|vbscript):.*")) {
          report.error(file, null, named(component), words("文字里的链接只能是 https。", "Links must be https."),
              words("改链接。", "Change the link."));
        }
      }
    });
  }

  private static String named(JsonNode component) {
    String key = component.path("key").asText(component.path("path").asText(""));
    return key.isBlank() ? component.path("id").asText(null) : key;
  }

  private static void keys(UnitModels unit, Report report) {
    unit.forms().forEach((file, form) -> keys(unit, file, form, new HashMap<>(), report));
  }

  /** Keys are unique among what ends up in one object; a dynamic list begins a new one. */
  private static void keys(UnitModels unit, String file, JsonNode within, Map<String, JsonNode> taken, Report report) {
    for (JsonNode component : within.path("components")) {
      String type = component.path("type").asText();
      String attribute = type.equals("dynamiclist") || type.equals("group") ? "path" : "key";
      String key = component.path(attribute).asText("");
      boolean asks = INPUTS.contains(type) || type.equals("dynamiclist") || type.equals("expression");
      if (asks || !key.isEmpty()) {
        if (!key.matches(KEY)) {
          report.error(file, null, named(component), words("字段名“" + key + "”不能用。",
              "The key \"" + key + "\" cannot be used."),
              words("小写英文字母开头，只有字母、数字和“_”，最多 64 个。",
                  "Begin with a small letter; letters, digits, _; at most 64."));
        } else if (unit.vocabulary().isTaken(key)) {
          report.error(file, null, key, words("“" + key + "”已有别的意思。", "\"" + key + "\" already means something else."),
              words("换一个字段名。", "Choose another key."));
        } else if (asks && taken.put(key, component) != null) {
          report.error(file, null, key, words("字段名“" + key + "”用了两次。", "The key \"" + key + "\" is used twice."),
              words("换一个字段名。", "Choose another key."));
        }
      }
      boolean ownObject = type.equals("dynamiclist") || type.equals("group") && !key.isEmpty();
      keys(unit, file, component, ownObject ? new HashMap<>() : taken, report);
    }
  }

  private static void expressions(UnitModels unit, Report report) {
    unit.forms().forEach((file, form) -> {
      for (JsonNode component : UnitModels.components(form)) {
        JsonNode pattern = component.path("validate").path("pattern");
        if (!pattern.isMissingNode() && !pattern.isNull() && !pattern.asText().startsWith("=")) {
          try {
            Pattern.compile(pattern.asText());
          } catch (PatternSyntaxException wrong) {
            report.error(file, null, named(component), words("模式不能用：" + wrong.getDescription(),
                "The pattern cannot be used: " + wrong.getDescription()),
                words("不用反向引用和前后查看。", "Do without back references and look-around."));
          }
        }
        feel(unit, file, component, component, report);
      }
    });
  }

  private static void feel(UnitModels unit, String file, JsonNode component, JsonNode within, Report report) {
    within.fields().forEachRemaining(field -> {
      JsonNode value = field.getValue();
      if (field.getKey().equals("components")) {
        return;
      }
      boolean expression = value.isTextual()
          && (value.asText().startsWith("=") || field.getKey().equals("expression"));
      if (expression) {
        String text = value.asText().startsWith("=") ? value.asText().substring(1) : value.asText();
        unit.feel().fault(text).ifPresent(fault -> report.error(file, null, named(component),
            words("表达式“" + text + "”：" + fault.zh() + "。", "The expression \"" + text + "\": " + fault.en() + "."),
            words("最多 500 个字符；不定义函数。", "At most 500 characters; no function definitions.")));
      } else if (value.isObject()) {
        feel(unit, file, component, value, report);
      }
    });
  }

  private static void labels(UnitModels unit, Report report) {
    unit.forms().forEach((file, form) -> {
      for (JsonNode component : UnitModels.components(form)) {
        String type = component.path("type").asText();
        if (INPUTS.contains(type) && component.path("label").asText("").isBlank()
            && component.path("dateLabel").asText("").isBlank() && component.path("timeLabel").asText("").isBlank()) {
          report.error(file, null, named(component), words("字段没有标签。", "The field has no label."),
              words("写标签。", "Give it a label."));
        }
        if (OPTIONS.contains(type) && component.path("values").isEmpty() && !component.has("valuesKey")
            && !component.has("valuesExpression")) {
          report.error(file, null, named(component), words("没有选项。", "It has no options."),
              words("写 values。", "Give it values."));
        }
      }
    });
  }
}

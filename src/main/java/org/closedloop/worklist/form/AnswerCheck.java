package org.closedloop.worklist.form;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.problem.Words;
import org.closedloop.worklist.form.Instances.Instance;
import org.closedloop.worklist.form.Part.Choice;
import org.closedloop.worklist.form.Part.Computed;
import org.closedloop.worklist.form.Part.Files;
import org.closedloop.worklist.form.Part.Input;
import org.closedloop.worklist.form.Part.Numeric;
import org.closedloop.worklist.form.Part.Option;
import org.closedloop.worklist.form.Part.Validate;
import org.closedloop.worklist.form.Part.When;
import org.closedloop.worklist.form.SchemaReader.Shape;
import org.closedloop.worklist.form.TypedValue.Typed;

/**
 * One check of one set of answers: collects every finding before it refuses. Where the browser is lax the server is
 * not: blank texts do not answer a required question, hidden and read-only questions cannot be smuggled, and options
 * are compared with what the server itself offers.
 */
final class AnswerCheck {

  static final int MOST_ROWS = 200;
  static final int MOST_FILES = 20;
  private static final int MOST_FINDINGS = 100;
  private static final int MOST_VALUES = 20_000;
  private static final int DEEPEST = 16;

  private final SchemaReader.Read form;
  private final Map<String, Object> raw;
  private final Map<String, Object> data;
  private final Surroundings surroundings;
  private final List<FieldError> findings = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final List<Answers.Open> open = new ArrayList<>();
  private Instances instances;

  @SuppressWarnings("unchecked")
  AnswerCheck(SchemaReader.Read form, Map<String, ?> answers, Map<String, ?> data, Surroundings surroundings) {
    this.form = form;
    if (values(answers, 0) > MOST_VALUES) {
      throw InvalidInput.at("answers", "内容过多或嵌套过深", "too many values, or nested too deep");
    }
    this.raw = (Map<String, Object>) Plain.of(answers);
    // servers offer every list any form might ask for; making plain the thousand areas nobody asked for takes longer
    // than the whole check
    Map<String, Object> read = new LinkedHashMap<>();
    data.forEach((name, value) -> {
      if (form.reads(name)) {
        read.put(name, value);
      }
    });
    this.data = (Map<String, Object>) Plain.of(read);
    this.surroundings = surroundings;
  }

  Answers run() {
    unknown(raw, form.shape(), "answers");
    instances = new Instances(form, raw, data, surroundings);
    instances.lists.forEach(this::rows);
    instances.all.forEach(this::judge);
    if (!findings.isEmpty()) {
      throw new InvalidInput(findings);
    }
    Map<String, Object> routes = new LinkedHashMap<>();
    for (Field field : form.fields()) {
      if (field.route()) {
        List<String> path = List.of(field.path().split("\\."));
        Object value = Plain.at(values, path);
        boolean untouched = value == null && !Plain.has(raw, path) && Plain.at(data, path) != null;
        if (!untouched) {
          routes.put(field.key(), TypedValue.scalar(value) || field.many() ? value : null);
        }
      }
    }
    return new Answers(values, routes, open);
  }

  /** Counts values; what is too deep counts as too many. */
  private static int values(Object any, int depth) {
    if (depth > DEEPEST) {
      return MOST_VALUES + 1;
    }
    Iterable<?> below = any instanceof Map<?, ?> map ? map.values() : any instanceof List<?> list ? list : List.of();
    int count = 1;
    for (Object one : below) {
      count += values(one, depth + 1);
      if (count > MOST_VALUES) {
        return count;
      }
    }
    return count;
  }

  private void unknown(Object any, Shape shape, String where) {
    if (shape.leaf || any == null) {
      return;
    }
    if (shape.rows) {
      if (!(any instanceof List<?> list)) {
        find(where, "须为数组，每行一个对象", "must be an array with an object per row");
        return;
      }
      for (int i = 0; i < Math.min(list.size(), MOST_ROWS); i++) {
        object(list.get(i), shape, where + "[" + i + "]");
      }
      return;
    }
    object(any, shape, where);
  }

  private void object(Object any, Shape shape, String where) {
    if (!(any instanceof Map<?, ?> map)) {
      find(where, "须为 JSON 对象", "must be a JSON object");
      return;
    }
    map.forEach((key, value) -> {
      Shape below = shape.keys.get((String) key);
      if (below == null) {
        find(where + "." + Texts.quoted((String) key), "表单中没有这一项，请去掉", "the form has no such field; leave it out");
      } else {
        unknown(value, below, where + "." + key);
      }
    });
  }

  private void rows(Instances.Rows list) {
    if (instances.hidden(list)) {
      return;
    }
    String where = where(list.scope().path);
    String label = list.scope().container.label();
    if (list.came() > MOST_ROWS) {
      find(where, "“" + label + "”最多 " + MOST_ROWS + " 行", label + ": at most " + MOST_ROWS + " rows");
    } else if (list.fixed() >= 0 && list.came() >= 0 && list.came() != list.fixed()) {
      find(where, "“" + label + "”须正好 " + list.fixed() + " 行，不能增减",
          label + ": exactly " + list.fixed() + " rows, none may be added or removed");
    }
  }

  private void judge(Instance one) {
    if (one.part() instanceof Computed computed) {
      if (!instances.hidden(one)) {
        Object value = Plain.at(instances.context(one), one.path());
        if (value != null && values(value, 0) <= 1_000 && tidy(value)) {
          keep(one, computed.field(), value, String.valueOf(value));
        }
      }
      return;
    }
    Input input = (Input) one.part();
    if (instances.hidden(one)) {
      if (!Plain.nothing(one.raw())) {
        find(one, "按其他填写内容，此项不需要填写，请去掉", "is not asked for with the other answers given; leave it out");
      }
      return;
    }
    boolean readonly = input.readonly() instanceof String feel
        ? surroundings.conditions().isTrue(feel, instances.context(one)) : (Boolean) input.readonly();
    if (input.disabled() || readonly) {
      locked(one, input);
      return;
    }
    if (one.typed().fault() != null) {
      find(one, one.typed().fault());
      return;
    }
    Object value = one.typed().value();
    if (value == null && !one.sent() && !input.field().required() && input.defaultValue() != null) {
      value = TypedValue.of(input, input.defaultValue()).value();
    }
    if (value == null && input.field().type().equals("checkbox")) {
      value = Boolean.FALSE;
    }
    if (input.field().required() && missing(value)) {
      find(one, value instanceof Boolean ? Words.of("须勾选", "must be ticked") : Words.of("必填", "is required"));
      return;
    }
    if (value != null) {
      int before = findings.size();
      Object kept = rules(one, input, value);
      if (findings.size() == before && kept != null) {
        keep(one, input.field(), kept, text(one, input, kept));
      }
    }
  }

  private static boolean missing(Object value) {
    return value == null || Boolean.FALSE.equals(value) || value instanceof String s && Texts.trimmed(s).isEmpty();
  }

  /** What a person could not have changed must be as it was; for rows that move, as it was in any row. */
  private void locked(Instance one, Input input) {
    List<Object> allowed = new ArrayList<>();
    if (one.scope().row == null) {
      allowed.add(instances.start(input, one.path()));
    } else {
      List<Object> rowPath = one.scope().row.path();
      Object given = Plain.at(data, rowPath.subList(0, rowPath.size() - 1));
      List<Object> inner = one.path().subList(rowPath.size(), one.path().size());
      if (given instanceof List<?> rows) {
        rows.forEach(row -> allowed.add(Plain.at(row, inner)));
      }
      allowed.add(input.defaultValue());
    }
    Object was = allowed.get(0);
    if (!Plain.nothing(one.raw())) {
      was = allowed.stream().filter(a -> alike(input, a, one.raw())).findFirst().orElse(null);
      if (was == null) {
        find(one, "不可修改，请保持原值或不填", "cannot be changed; send the value it had, or leave it out");
        return;
      }
    } else if (one.scope().row != null) {
      return;
    }
    // a disabled field is not part of the answer, a read-only one is
    Object value = input.disabled() ? null : TypedValue.of(input, was).value();
    if (value != null) {
      keep(one, input.field(), value, text(one, input, value));
    }
  }

  private static boolean alike(Input input, Object given, Object sent) {
    if (Plain.same(given, sent)) {
      return true;
    }
    boolean words = input.field().type().startsWith("text");
    return words && given != null && sent instanceof String s
        && Texts.normal(String.valueOf(given), !input.field().type().equals("textfield")).equals(
            Texts.normal(s, !input.field().type().equals("textfield")));
  }

  /** Everything a value of the right type still has to satisfy; answers the value to keep. */
  private Object rules(Instance one, Input input, Object value) {
    switch (input.field().type()) {
      case "textfield", "textarea" -> words(one, input, (String) value);
      case "number" -> number(one, input, value);
      case "checklist", "taglist", "radio", "select" -> {
        return choice(one, input.field(), (Choice) input.detail(), value);
      }
      case "datetime" -> day(one, input, (When) input.detail(), value);
      case "filepicker" -> files(one, (Files) input.detail(), (List<?>) value);
      default -> { }
    }
    return value;
  }

  private void words(Instance one, Input input, String text) {
    Validate rule = input.validate();
    int length = Texts.length(Texts.trimmed(text));
    BigDecimal least = limit(one, rule.minLength());
    BigDecimal most = limit(one, rule.maxLength());
    if (most == null || most.compareTo(BigDecimal.valueOf(Texts.MOST)) > 0) {
      most = BigDecimal.valueOf(most != null ? Texts.MOST
          : input.field().type().equals("textfield") ? Texts.LINE : Texts.AREA);
    }
    if (least != null && BigDecimal.valueOf(length).compareTo(least) < 0) {
      find(one, "至少 " + say(least) + " 个字，现有 " + length + " 个",
          "at least " + say(least) + " characters, it has " + length);
    }
    if (BigDecimal.valueOf(length).compareTo(most) > 0 || Texts.length(text) > Texts.MOST) {
      find(one, "最多 " + say(most) + " 个字，现有 " + length + " 个", "at most " + say(most) + " characters, it has " + length);
      return;
    }
    if (rule.pattern() != null && !rule.pattern().matcher(text).find()) {
      String own = rule.patternMessage();
      find(one, own == null ? Words.of("格式不符合要求", "does not have the form asked for") : Words.of(own, own));
    }
    if ("email".equals(rule.kind()) && !Texts.email(text)) {
      find(one, "须为电子邮箱地址，如 name@example.cn", "must be an e-mail address such as name@example.cn");
    }
    if ("phone".equals(rule.kind()) && !Texts.phone(text)) {
      find(one, "须为电话号码，如 13800000000、0350-4520000 或 +8613800000000",
          "must be a telephone number such as +8613800000000");
    }
  }

  private void number(Instance one, Input input, Object value) {
    Numeric rule = (Numeric) input.detail();
    BigDecimal number = Plain.decimal(value);
    if (rule.digits() >= 0 && Math.max(0, number.stripTrailingZeros().scale()) > rule.digits()) {
      find(one, rule.digits() == 0 ? Words.of("须为整数", "must be a whole number")
          : Words.of("最多 " + rule.digits() + " 位小数", "at most " + rule.digits() + " decimals"));
    }
    if (rule.step() != null && number.remainder(rule.step()).signum() != 0) {
      BigDecimal below = number.subtract(number.remainder(rule.step()));
      BigDecimal next = below.add(number.signum() < 0 ? rule.step().negate() : rule.step());
      find(one, "须为 " + say(rule.step()) + " 的倍数，如 " + say(below) + " 或 " + say(next),
          "must be a multiple of " + say(rule.step()) + ", such as " + say(below) + " or " + say(next));
    }
    BigDecimal least = limit(one, input.validate().min());
    BigDecimal most = limit(one, input.validate().max());
    if (least != null && number.compareTo(least) < 0) {
      find(one, "不得小于 " + say(least), "must be at least " + say(least));
    }
    if (most != null && number.compareTo(most) > 0) {
      find(one, "不得大于 " + say(most), "must be at most " + say(most));
    }
  }

  /** A limit written in the form or computed by FEEL; null when there is none or FEEL gives none. */
  private BigDecimal limit(Instance one, Object limit) {
    if (!(limit instanceof String feel)) {
      return (BigDecimal) limit;
    }
    Object value = surroundings.conditions().evaluate(feel, instances.context(one));
    BigDecimal number = Plain.decimal(value);
    if (number == null && value instanceof String text && text.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
      number = new BigDecimal(text);
    }
    if (number == null && value != null) {
      find(one, "表单的限值无法计算，请告知流程设计人员", "the form's limit cannot be computed; tell the designers");
    }
    return number;
  }

  private Object choice(Instance one, Field field, Choice choice, Object value) {
    int most = field.most().map(Integer::valueOf).orElse(Integer.MAX_VALUE);
    if (value instanceof List<?> list && list.size() > most) {
      find(one, "最多选 " + most + " 个，现有 " + list.size() + " 个", "choose at most " + most + ", there are " + list.size());
      return null;
    }
    List<Option> options = Options.of(choice, data, surroundings.conditions(), instances.context(one));
    List<Object> kept = new ArrayList<>();
    for (Object chosen : value instanceof List<?> list ? list : List.of(value)) {
      Option option = Options.find(options, chosen);
      if (option == null) {
        find(one, options.isEmpty() ? Words.of("现在没有可选项，请告知流程设计人员", "there is nothing to choose from; tell the designers")
            : Words.of("须从所列选项中选择" + examples(options), "must be one of the options" + examples(options)));
        return null;
      }
      kept.add(option.value());
    }
    return value instanceof List<?> ? List.copyOf(kept) : kept.get(0);
  }

  private static String examples(List<Option> options) {
    List<String> few = options.stream().map(Option::value).filter(TypedValue::scalar).limit(8).map(String::valueOf)
        .toList();
    return few.isEmpty() ? "" : (options.size() > few.size() ? " (" + String.join(", ", few) + ", …)"
        : " (" + String.join(", ", few) + ")");
  }

  private void day(Instance one, Input input, When rule, Object value) {
    if (rule.subtype().equals("time")) {
      return;
    }
    LocalDate today = LocalDate.now(surroundings.clock());
    LocalDate day = TypedValue.day(value, surroundings.clock().getZone());
    if (rule.noPast() && day.isBefore(today)) {
      find(one, "不得早于今天 " + today, "must not be before today, " + today);
    }
    if (input.field().within().isPresent()) {
      String row = input.field().within().get();
      LocalDate latest = surroundings.limits().latest(row).orElse(null);
      if (latest == null) {
        find(one, "时限表中没有“" + Texts.quoted(row) + "”这一行，请告知流程设计人员",
            "the deadlines table has no row " + Texts.quoted(row) + "; tell the designers");
      } else if (!day.isAfter(today) || day.isAfter(latest)) {
        find(one, "须晚于今天 " + today + "，且不晚于 " + latest, "must be after today, " + today + ", and not after " + latest);
      }
    }
  }

  private void files(Instance one, Files rule, List<?> ids) {
    boolean many = rule.multiple() instanceof String feel
        ? surroundings.conditions().isTrue(feel, instances.context(one)) : (Boolean) rule.multiple();
    if (!many && ids.size() > 1) {
      find(one, "只能有一个附件", "only one attachment is allowed");
      return;
    }
    if (surroundings.uploads() == null) {
      return;
    }
    for (Object id : ids) {
      var upload = surroundings.uploads().find((String) id);
      if (upload.isEmpty()) {
        find(one, "没有这个附件，请重新上传", "there is no such attachment; upload it again");
        return;
      }
      if (!accepted(rule.accept(), upload.get())) {
        find(one, "附件类型须为 " + rule.accept(), "attachments must be " + rule.accept());
        return;
      }
    }
  }

  private static boolean accepted(String accept, Surroundings.Upload upload) {
    if (accept.isBlank() || accept.startsWith("=") || accept.contains("{{")) {
      return true;
    }
    String name = upload.name() == null ? "" : upload.name().toLowerCase(Locale.ROOT);
    String type = upload.mediaType() == null ? "" : upload.mediaType().toLowerCase(Locale.ROOT);
    for (String one : accept.toLowerCase(Locale.ROOT).split(",")) {
      String kind = one.strip();
      if (kind.startsWith(".") ? name.endsWith(kind)
          : kind.endsWith("/*") ? type.startsWith(kind.substring(0, kind.length() - 1)) : type.equals(kind)) {
        return true;
      }
    }
    return false;
  }

  private void keep(Instance one, Field field, Object value, String text) {
    Plain.put(values, one.path(), value);
    if (field.open()) {
      open.add(new Answers.Open(where(one.path()).substring("answers.".length()), field.label(), text));
    }
  }

  private String text(Instance one, Input input, Object value) {
    if (!input.field().open()) {
      return "";
    }
    if (value instanceof Boolean yes) {
      return yes ? "是" : "否";
    }
    if (input.detail() instanceof Files) {
      return ((List<?>) value).size() + " 个附件";
    }
    if (input.detail() instanceof Choice choice) {
      List<Option> options = Options.of(choice, data, surroundings.conditions(), instances.context(one));
      List<String> labels = new ArrayList<>();
      for (Object chosen : value instanceof List<?> list ? list : List.of(value)) {
        Option option = Options.find(options, chosen);
        labels.add(option == null ? String.valueOf(chosen) : option.label());
      }
      return String.join("、", labels);
    }
    return value instanceof BigDecimal d ? d.toPlainString() : String.valueOf(value);
  }

  private static boolean tidy(Object value) {
    if (value instanceof String text) {
      return text.length() <= Texts.AREA && Texts.fault(text) == null;
    }
    Iterable<?> below = value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
    for (Object one : below) {
      if (!tidy(one)) {
        return false;
      }
    }
    return true;
  }

  private static String say(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String where(List<Object> path) {
    StringBuilder where = new StringBuilder("answers");
    path.forEach(step -> where.append(step instanceof Integer i ? "[" + i + "]" : "." + step));
    return where.toString();
  }

  private void find(Instance one, Words words) {
    String label = one.part() instanceof Input input ? input.field().label() : "";
    find(where(one.path()), "“" + label + "”" + words.zh(), label + ": " + words.en());
  }

  private void find(Instance one, String zh, String en) {
    find(one, Words.of(zh, en));
  }

  private void find(String where, String zh, String en) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(FieldError.of(where, zh, en));
    }
  }
}

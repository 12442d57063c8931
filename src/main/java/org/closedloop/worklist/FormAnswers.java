package org.closedloop.worklist;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.attachment.Attachments;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.journal.Entry;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.Allowances;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.dutylist.DutyList;
import org.closedloop.dutylist.Proposal;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.closedloop.worklist.form.Answers;
import org.closedloop.worklist.form.Conditions;
import org.closedloop.worklist.form.Field;
import org.closedloop.worklist.form.FormSchema;
import org.closedloop.worklist.form.Surroundings;
import org.springframework.stereotype.Component;

/**
 * What a form starts with, and what becomes of its answers: checked against the deployed schema and against what only
 * the server knows (units that may lead, days within an allowance, attachments of this case), then split into what is
 * filed, what the process reads and what the reporter may read.
 */
@Component
public class FormAnswers {

  private static final String NO_FORM = "{\"id\":\"none\",\"type\":\"default\",\"components\":[]}";

  private final Conditions conditions;
  private final Organisation organisation;
  private final Categories categories;
  private final DutyList dutyList;
  private final Allowances allowances;
  private final WorkingCalendar.Source calendar;
  private final Journal journal;
  private final Attachments attachments;
  private final CaseRegister register;
  private final FormHelp help;
  private final List<FormFacts> features;
  private final Clock clock;

  FormAnswers(Conditions conditions, Organisation organisation, Categories categories, DutyList dutyList,
      Allowances allowances, WorkingCalendar.Source calendar, Journal journal, Attachments attachments,
      CaseRegister register, FormHelp help, List<FormFacts> features, Clock clock) {
    this.conditions = conditions;
    this.organisation = organisation;
    this.categories = categories;
    this.dutyList = dutyList;
    this.allowances = allowances;
    this.calendar = calendar;
    this.journal = journal;
    this.attachments = attachments;
    this.register = register;
    this.help = help;
    this.features = features;
    this.clock = clock;
  }

  /**
   * Answers that passed.
   *
   * @param answers    what is filed
   * @param variables  what the process reads: the fields marked {@code route}
   * @param publicText what the reporter may read, null: nothing
   */
  public record Filed(Map<String, Object> answers, Map<String, Object> variables, String publicText) {}

  /** A choice of a list whose options come from the server. */
  public record Option(String label, String value) {}

  /** What a person is shown with the form: {@link #data} and what helps to fill it in, see {@link FormHelp}. */
  Map<String, Object> shown(CaseFile file, WorkQueue.Asked asked) {
    Map<String, Object> data = data(file, asked);
    data.putAll(help.with(file, fields(asked.schema())));
    return data;
  }

  /**
   * What a form of this case starts with: the case's facts under their own names, the duty list's proposal with its
   * reason, the request a decision is about, and the options of server-side lists.
   *
   * @param asked who asks: the request that is being decided stands under {@code request}, what the process knows
   *              where it asks under {@code process}
   */
  Map<String, Object> data(CaseFile file, WorkQueue.Asked asked) {
    Map<String, Object> data = new LinkedHashMap<>();
    Proposal proposal = dutyList.propose(file.category(), file.area());
    data.put("number", file.number());
    data.put("title", file.title());
    data.put("category", file.category());
    data.put("area", file.area());
    data.put("urgency", file.urgency());
    data.put("proposedUnit", proposal.unit());
    data.put("leadUnit", file.leadUnit() != null ? file.leadUnit() : proposal.unit());
    data.put("why", proposal.why().zh());
    data.put("whyEn", proposal.why().en());
    journal.lastAction(file, asked.request()).ifPresent(request -> {
      data.put("request", request);
      data.put("grantedAmount", request.get("amount"));
      data.put("grantedUnit", request.get("unit"));
      data.put("reviewDate", request.get("reviewDate"));
    });
    data.put("process", asked.variables());
    data.putAll(startData());
    said(file, asked, data);
    features.forEach(feature -> data.putAll(feature.of(file, asked)));
    return data;
  }

  /**
   * What was said around the process that asks, for forms that show or take up something of it: under {@code entries},
   * and as the start of each field with the property {@code from}.
   */
  private void said(CaseFile file, WorkQueue.Asked asked, Map<String, Object> data) {
    if (asked.schema() == null || asked.place().instance() == null) {
      return;
    }
    FormSchema form = FormSchema.parse(asked.schema());
    if (!form.reads("entries") && form.fields().stream().allMatch(f -> f.from().isEmpty())) {
      return;
    }
    List<Map<String, Object>> entries = journal.around(file, asked.place()).stream().map(this::shown).toList();
    data.put("entries", entries);
    for (Field field : form.fields()) {
      field.from().stream().map(name -> known(name, asked, entries)).filter(v -> v != null && !v.equals(""))
          .findFirst().ifPresent(value -> data.put(field.key(), field.many() ? several(value) : value));
    }
  }

  /** One entry as forms read it: its answers flat beside who gave them. */
  private Map<String, Object> shown(Entry entry) {
    Map<String, Object> shown = new LinkedHashMap<>(journal.answers(entry));
    shown.put("entry", entry.key());
    shown.put("entryName", entry.name());
    shown.put("fromUnit", entry.unit());
    shown.put("fromUnitName", organisation.unit(entry.unit()).map(Unit::name).orElse(entry.unit()));
    shown.put("fromOfficial", organisation.official(entry.official()).map(Official::name).orElse(entry.official()));
    return shown;
  }

  private static Object known(String name, WorkQueue.Asked asked, List<Map<String, Object>> entries) {
    Object variable = asked.variables().get(name);
    return variable != null && !variable.equals("") ? variable : entries.stream().map(e -> e.get(name))
        .filter(Objects::nonNull).reduce((first, last) -> last).orElse(null);
  }

  private static List<?> several(Object value) {
    return value instanceof List<?> list ? list
        : Arrays.stream(value.toString().split(",")).map(String::strip).filter(s -> !s.isEmpty()).distinct().toList();
  }

  /** What every form may choose from, a start form too: the options of server-side lists. */
  public Map<String, Object> startData() {
    Map<String, Object> data = new LinkedHashMap<>();
    List<Unit> units = organisation.units().stream().filter(u -> !organisation.dissolved(u.code())).toList();
    data.put("units", units.stream().filter(u -> u.kind() != UnitKind.GRID).map(u -> new Option(u.name(), u.code()))
        .toList());
    data.put("departments", units.stream().filter(u -> u.kind() == UnitKind.DEPARTMENT)
        .map(u -> new Option(u.name(), u.code())).toList());
    data.put("areas", organisation.areas().stream().map(a -> new Option(a.name(), a.code())).toList());
    data.put("categories", categories.all().stream().map(c -> new Option(c.name(), c.code())).toList());
    return data;
  }

  /**
   * @param asked   the deployed form; without one nothing may be answered
   * @param answers as sent
   * @throws org.closedloop.problem.InvalidInput with every finding at {@code answers.<key>}
   */
  public Filed check(WorkQueue.Asked asked, Map<String, Object> answers, CaseFile file) {
    String form = asked.schema() == null ? NO_FORM : asked.schema();
    Surroundings around = new Surroundings(conditions, clock, row -> latest(file, asked, row),
        id -> attachments.find(file.number(), id).map(a -> new Surroundings.Upload(a.name(), a.mediaType())));
    Answers checked = FormSchema.parse(form).check(answers, data(file, asked), around);
    Map<String, Object> values = checked.values();
    if (values.get("leadUnit") instanceof String unit) {
      Object category = values.getOrDefault("category", file.category());
      Object area = values.getOrDefault("area", file.area());
      dutyList.mayLead((String) category, (String) area, unit, "answers.leadUnit");
    }
    Map<String, Object> variables = new LinkedHashMap<>();
    checked.routes().forEach((name, value) -> variables.put(name, variable(value)));
    return new Filed(values, variables, publicText(checked));
  }

  /** Of these answers those that the form has a field for. */
  public Map<String, Object> asked(String schema, Map<String, Object> answers) {
    Set<String> fields = fields(schema);
    return answers.entrySet().stream().filter(a -> a.getValue() != null && fields.contains(a.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Set<String> fields(String schema) {
    return schema == null ? Set.of() : FormSchema.parse(schema).fields().stream()
        .map(f -> f.path().split("\\.|\\[", 2)[0]).collect(Collectors.toSet());
  }

  /** Answers of a start form, before there is a case. */
  public Filed checkStart(String schema, Map<String, Object> answers) {
    String form = schema == null ? NO_FORM : schema;
    Answers checked = FormSchema.parse(form).check(answers, startData(),
        new Surroundings(conditions, clock, row -> Optional.empty(), id -> Optional.empty()));
    Map<String, Object> variables = new LinkedHashMap<>();
    checked.routes().forEach((name, value) -> variables.put(name, variable(value)));
    return new Filed(checked.values(), variables, null);
  }

  /** Process variables are few and primitive: dates as ISO text, lists joined. */
  private static Object variable(Object value) {
    if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long
        || value instanceof Double) {
      return value;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value.toString();
  }

  private static String publicText(Answers checked) {
    return checked.open().isEmpty() ? null
        : checked.open().stream().map(o -> o.label() + "：" + o.text()).collect(Collectors.joining("\n"));
  }

  private Optional<LocalDate> latest(CaseFile file, WorkQueue.Asked asked, String row) {
    Instant now = clock.instant();
    return allowances
        .row(asked.process(), asked.definition(), row, file.urgency(), journal.counts(file, asked.process()))
        .map(r -> calendar.current().dueAt(now, r.allowance().amount(), r.allowance().unit()).toLocalDate());
  }

  /** What answers mean for the register: further units concerned, the unit's result. */
  void settle(CaseFile file, Filed filed) {
    concern(file, filed.answers().get("coUnits"), "co-handling");
    concern(file, filed.answers().get("copiedTo"), "copied");
    if (filed.answers().get("result") instanceof String result) {
      register.outcome(file.number(), result);
    }
  }

  private void concern(CaseFile file, Object units, String role) {
    if (units instanceof List<?> codes) {
      codes.forEach(code -> register.concerns(file.number(), (String) code, role));
    }
  }
}

package org.closedloop.worklist.reply;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.worklist.form.Field;
import org.closedloop.worklist.form.FormSchema;
import org.springframework.stereotype.Component;

/** What templates may be written for: the long texts of tasks' forms that are {@code public}, as they are deployed. */
@Component
class ReplyFields {

  private final CaseProcess process;

  ReplyFields(CaseProcess process) {
    this.process = process;
  }

  /** In the order of the case types and their forms; of a field that several have, the first. */
  Collection<ReplyField> all() {
    Map<String, ReplyField> found = new LinkedHashMap<>();
    for (CaseProcess.InWords type : process.inWords()) {
      type.steps().stream().filter(step -> task(step.key()) && type.forms().containsKey(step.key()))
          .flatMap(step -> fields(step, FormSchema.parse(type.forms().get(step.key()))))
          .forEach(field -> found.merge(field.field(), field, ReplyField::orShorter));
    }
    return found.values();
  }

  private static Stream<ReplyField> fields(CaseProcess.Step task, FormSchema form) {
    return form.fields().stream().filter(ReplyFields::takes).map(f -> new ReplyField(task.key() + "." + f.key(),
        task.key(), task.name(), task.nameEn(), f.label(), form.longest(f)));
  }

  /** Of one form, e.g. that of an older version of the process: the keys a template may fill. */
  static Set<String> of(String schema) {
    return schema == null ? Set.of() : FormSchema.parse(schema).fields().stream().filter(ReplyFields::takes)
        .map(Field::key).collect(Collectors.toSet());
  }

  private static boolean takes(Field field) {
    return field.type().equals("textarea") && field.open() && field.path().equals(field.key());
  }

  /** Events have forms, too, which reporters fill in; ids of tasks, and of tasks only, are without an underscore. */
  private static boolean task(String id) {
    return id.indexOf('_') < 0;
  }
}

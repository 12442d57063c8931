package org.closedloop.engine.running;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.pvm.PvmActivity;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.Allowances;
import org.closedloop.organisation.Organisation;
import org.closedloop.worklist.OpenItems;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The case behind an execution. Locks its row, so that an official and a timer never write at once, and lets the
 * register follow the routing facts the case's own process runs on. A side process (a consultation, a supervision)
 * works on the same case and changes none of its facts. Features are looked up late: they reach back to the engine.
 */
@Component
class RunningCase {

  private final ObjectProvider<CaseRegister> register;
  private final ObjectProvider<Journal> journal;
  private final ObjectProvider<OpenItems> items;
  private final ObjectProvider<Allowances> allowances;
  private final Organisation organisation;

  private final ObjectProvider<Models> models;

  RunningCase(ObjectProvider<CaseRegister> register, ObjectProvider<Journal> journal, ObjectProvider<OpenItems> items,
      ObjectProvider<Allowances> allowances, Organisation organisation, ObjectProvider<Models> models) {
    this.register = register;
    this.journal = journal;
    this.items = items;
    this.allowances = allowances;
    this.organisation = organisation;
    this.models = models;
  }

  /** Whether this is the process of the case's own type and not one that runs beside it. */
  static boolean own(DelegateExecution execution, CaseFile file) {
    return process(execution).equals(file.process());
  }

  /** The key of the process an execution runs in. */
  static String process(DelegateExecution execution) {
    return ((ExecutionEntity) execution).getProcessDefinition().getKey();
  }

  /** The process instance of an execution and the one that called it. */
  static Journal.Place place(DelegateExecution execution) {
    ExecutionEntity instance = ((ExecutionEntity) execution).getProcessInstance();
    ExecutionEntity caller = instance.getSuperExecution();
    return new Journal.Place(instance.getId(), caller == null ? null : caller.getProcessInstanceId());
  }

  /** The file as it is now, locked, with the process's routing facts taken over. */
  CaseFile of(DelegateExecution execution) {
    CaseRegister cases = register.getObject();
    CaseFile file = cases.lock(execution.getProcessBusinessKey());
    if (!own(execution, file)) {
      return file;
    }
    CaseFile now = cases.facts(file, text(execution, "category"), text(execution, "area"), text(execution, "urgency"),
        text(execution, "leadUnit"));
    if (!now.equals(file)) {
      items.getObject().factsChanged(file.number());
    }
    return now;
  }

  /** The row of the deadlines table for this case now; fails loudly where a designer forgot it. */
  Allowances.Row allowance(DelegateExecution execution, CaseFile file, String key) {
    return find(execution, file, key)
        .orElseThrow(() -> new IllegalStateException("the deadlines table of " + execution.getProcessDefinitionId()
            + " has no row for " + key));
  }

  /** The same row, where there may be none. */
  Optional<Allowances.Row> find(DelegateExecution execution, CaseFile file, String key) {
    return allowances.getObject()
        .row(process(execution), execution.getProcessDefinitionId(), key, file.urgency(),
            text(execution, "kind"), counts(execution, file));
  }

  Map<String, Integer> counts(DelegateExecution execution, CaseFile file) {
    return journal.getObject().counts(file, process(execution),
        unit(execution, models.getObject().of(execution.getProcessDefinitionId())));
  }

  /** The unit whose call this execution is part of, where units are called side by side; null elsewhere. */
  static String unit(DelegateExecution execution, Model model) {
    return model.unitVariable() == null ? null : text(execution, model.unitVariable());
  }

  String centre(CaseFile file) {
    return organisation.commandCentreFor(file.area()).code();
  }

  /** The element an expression stands on: the task, or the gateway that waits for one of several events. */
  static String element(DelegateExecution execution, String otherwise) {
    if (execution.getCurrentActivityId() != null) {
      return execution.getCurrentActivityId();
    }
    PvmActivity activity = execution instanceof ActivityExecution a ? a.getActivity() : null;
    return activity == null ? otherwise : activity.getId();
  }

  private static String text(DelegateExecution execution, String variable) {
    Object value = execution.getVariable(variable);
    return value == null || value.toString().isEmpty() ? null : Objects.toString(value);
  }
}

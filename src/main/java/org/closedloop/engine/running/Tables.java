package org.closedloop.engine.running;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.closedloop.deadline.Allowance;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Allowances;
import org.closedloop.problem.Words;
import org.closedloop.worklist.ActionRules;
import org.springframework.stereotype.Component;

/**
 * The decision tables that stand beside a model in its folder: {@code <type>-deadlines} and {@code <type>-actions}. A
 * case is judged by the tables that were deployed together with the version it runs on.
 */
@Component
class Tables implements Allowances, ActionRules {

  private final DecisionService decisions;
  private final RepositoryService repository;
  private final Models models;
  private final Map<String, Optional<String>> known = new ConcurrentHashMap<>();

  Tables(DecisionService decisions, RepositoryService repository, Models models) {
    this.decisions = decisions;
    this.repository = repository;
    this.models = models;
  }

  @Override
  public Optional<Row> row(String process, String definition, String key, String urgency, String kind,
      Map<String, Integer> milestones) {
    Model model = definition == null ? models.newest(process) : models.of(definition);
    Map<String, Object> inputs = new HashMap<>();
    inputs.put("key", key);
    inputs.put("urgency", urgency);
    inputs.put("kind", kind);
    inputs.put("milestones", milestones);
    return first(model, "-deadlines", inputs).map(r -> new Row(
        new Allowance(((Number) r.get("amount")).intValue(), AllowanceUnit.valueOf((String) r.get("unit")),
            r.get("warn") == null ? Allowance.USUAL_WARN : ((Number) r.get("warn")).doubleValue(),
            (String) r.get("kind")),
        (String) r.get("since")));
  }

  @Override
  public Verdict verdict(String definition, Map<String, Object> facts) {
    return first(models.of(definition), "-actions", facts)
        .map(r -> new Verdict(Boolean.TRUE.equals(r.get("allowed")), (String) r.get("by"),
            Words.of(text(r.get("zh")), text(r.get("en")))))
        .orElse(new Verdict(true, null, Words.of("", "")));
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  private Optional<Map<String, Object>> first(Model model, String suffix, Map<String, Object> inputs) {
    return known.computeIfAbsent(model.definition() + suffix, k -> decision(model, suffix)).flatMap(id -> {
      var result = decisions.evaluateDecisionTableById(id, Variables.fromMap(inputs));
      return result.isEmpty() ? Optional.empty() : Optional.of(result.get(0).getEntryMap());
    });
  }

  private Optional<String> decision(Model model, String suffix) {
    String deployment = repository.getProcessDefinition(model.definition()).getDeploymentId();
    return repository.createDecisionDefinitionQuery().deploymentId(deployment)
        .decisionDefinitionKey(model.key() + suffix).list().stream().map(DecisionDefinition::getId).findFirst();
  }
}

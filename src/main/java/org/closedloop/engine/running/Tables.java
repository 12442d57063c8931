package org.closedloop.engine.running;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
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
 * case is judged by the tables that were deployed together with the version it runs on. A table that was asked the same
 * before is not evaluated again: the facts are few, a page asks a table once for every action, and each evaluation
 * takes milliseconds. A deployed table never changes; one that looks at the time is evaluated every time.
 */
@Component
class Tables implements Allowances, ActionRules {

  private static final Pattern OF_THE_MOMENT = Pattern.compile("\\b(now|today|random number)\\s*\\(");

  private final DecisionService decisions;
  private final RepositoryService repository;
  private final Models models;
  private final Map<String, Optional<Table>> known = new ConcurrentHashMap<>();
  private final Cache<Asked, Optional<Map<String, Object>>> answered =
      Caffeine.newBuilder().maximumSize(20_000).build();

  /** @param timeless whether the same facts always get the same answer */
  private record Table(String id, boolean timeless) {}

  private record Asked(String table, Map<String, Object> facts) {}

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

  /** Nobody waits for another's evaluation: it takes a connection, and who waits may be holding the last one. */
  private Optional<Map<String, Object>> first(Model model, String suffix, Map<String, Object> facts) {
    String name = model.definition() + suffix;
    Optional<Table> found = known.get(name);
    if (found == null) {
      found = table(model, suffix);
      known.put(name, found);
    }
    if (found.isEmpty() || !found.get().timeless()) {
      return found.flatMap(t -> evaluated(t, facts));
    }
    Asked asked = new Asked(found.get().id(), facts);
    Optional<Map<String, Object>> answer = answered.getIfPresent(asked);
    if (answer == null) {
      answer = evaluated(found.get(), facts);
      answered.put(asked, answer);
    }
    return answer;
  }

  private Optional<Map<String, Object>> evaluated(Table table, Map<String, Object> facts) {
    var result = decisions.evaluateDecisionTableById(table.id(), Variables.fromMap(facts));
    return result.isEmpty() ? Optional.empty() : Optional.of(result.get(0).getEntryMap());
  }

  private Optional<Table> table(Model model, String suffix) {
    String deployment = repository.getProcessDefinition(model.definition()).getDeploymentId();
    return repository.createDecisionDefinitionQuery().deploymentId(deployment)
        .decisionDefinitionKey(model.key() + suffix).list().stream().map(DecisionDefinition::getId).findFirst()
        .map(id -> new Table(id, !OF_THE_MOMENT.matcher(source(id)).find()));
  }

  private String source(String decision) {
    try (InputStream file = repository.getDecisionModel(decision)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

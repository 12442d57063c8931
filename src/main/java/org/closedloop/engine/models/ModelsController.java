package org.closedloop.engine.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.closedloop.engine.check.Finding;
import org.closedloop.engine.models.DeployedModelMapper.DeployedModel;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Post;
import org.closedloop.page.Page;
import org.closedloop.problem.Forbidden;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which models there are, in which versions, and what keeps a saved one out; for designers and administrators. */
@RestController
@RequestMapping("/api/models")
class ModelsController {

  /**
   * @param kind     {@code bpmn}, {@code dmn} or {@code form}
   * @param versions oldest first; the last is the one new cases get
   * @param running  cases running on any version
   * @param problem  what keeps the folder's newest files out, null when nothing does
   */
  record Model(String key, String kind, String unit, List<Integer> versions, long running, List<Fault> problem) {}

  /** A finding in the reader's language. */
  record Fault(String rule, String level, String file, Integer line, String element, String message, String help) {}

  private final DeployedModelMapper deployed;
  private final ModelProblems problems;
  private final Me me;

  ModelsController(DeployedModelMapper deployed, ModelProblems problems, Me me) {
    this.deployed = deployed;
    this.problems = problems;
    this.me = me;
  }

  /** All models, few enough for one page. A folder that was never deployed is shown by its process, without versions. */
  @GetMapping
  Page<Model> models(Locale locale) {
    Official who = me.current();
    if (!who.holds(Post.DESIGNER) && !who.holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有流程设计人员和管理员能看模型。", "Only designers and administrators may see the models.");
    }
    Map<String, Model> models = new LinkedHashMap<>();
    for (DeployedModel one : deployed.all()) {
      models.merge(one.unit() + " " + one.kind() + " " + one.key(),
          new Model(one.key(), one.kind(), one.unit(), List.of(one.version()), one.running(),
              faults(one.unit(), locale)), ModelsController::together);
    }
    problems.all().keySet().stream()
        .filter(unit -> models.values().stream().noneMatch(model -> model.unit().equals(unit)))
        .forEach(unit -> models.put(unit, new Model(unit, "bpmn", unit, List.of(), 0, faults(unit, locale))));
    return new Page<>(List.copyOf(models.values()), null);
  }

  private static Model together(Model older, Model newer) {
    List<Integer> versions = new ArrayList<>(older.versions());
    versions.addAll(newer.versions());
    return new Model(older.key(), older.kind(), older.unit(), versions, older.running() + newer.running(),
        older.problem());
  }

  private List<Fault> faults(String unit, Locale locale) {
    List<Fault> faults = problems.of(unit).stream().map(finding -> fault(finding, locale)).toList();
    return faults.isEmpty() ? null : faults;
  }

  private static Fault fault(Finding finding, Locale locale) {
    return new Fault(finding.rule(), finding.level().word(), finding.file(), finding.line(), finding.element(),
        finding.message().in(locale), finding.help().in(locale));
  }
}

package org.closedloop.engine.models;

import java.util.List;
import org.closedloop.engine.check.Finding;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** A folder of models was not deployed because of what was found in it; what runs stays as it was. Answers 422. */
public final class ModelRefused extends Problem {

  private final transient List<Finding> findings;

  ModelRefused(String unit, List<Finding> findings) {
    super(422, "model-refused", Words.of(
        "“" + unit + "”有 " + errors(findings).size() + " 处错误，没有部署；正在用的版本不变。",
        unit + " has " + errors(findings).size() + " error(s) and was not deployed; the running version stays."),
        errors(findings).stream().map(ModelRefused::field).toList());
    this.findings = List.copyOf(findings);
  }

  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream().filter(Finding::isError).toList();
  }

  private static FieldError field(Finding finding) {
    String place = finding.file() + (finding.line() == null ? "" : ":" + finding.line())
        + (finding.element() == null ? "" : " " + finding.element());
    return FieldError.of(place, finding.message().zh() + finding.help().zh(),
        finding.message().en() + " " + finding.help().en());
  }

  public List<Finding> findings() {
    return findings;
  }
}

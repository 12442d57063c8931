package org.closedloop.engine.guard;

import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngineException;
import org.closedloop.engine.check.Finding;

/** The engine's own wall refused a model; whatever deployed it went past the front door. */
public final class RefusedModel extends ProcessEngineException {

  private final transient List<Finding> findings;

  RefusedModel(List<Finding> findings) {
    super(findings.stream().map(Finding::inOneLine).collect(Collectors.joining("; ")));
    this.findings = findings;
  }

  public List<Finding> findings() {
    return findings;
  }
}

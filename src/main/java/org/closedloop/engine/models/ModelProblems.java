package org.closedloop.engine.models;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.closedloop.engine.check.Finding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What is wrong with the models this node last looked at, by folder; a folder that is well again is not in it. */
@Component
public class ModelProblems {

  private static final Logger LOG = LoggerFactory.getLogger(ModelProblems.class);

  private final Map<String, List<Finding>> byUnit = new ConcurrentHashMap<>();

  public Map<String, List<Finding>> all() {
    return new TreeMap<>(byUnit);
  }

  /** The findings of a folder that kept it from being deployed; empty when it is well. */
  public List<Finding> of(String unit) {
    return byUnit.getOrDefault(unit, List.of());
  }

  void found(String unit, List<Finding> findings) {
    if (!findings.equals(byUnit.put(unit, List.copyOf(findings)))) {
      findings.stream().filter(Finding::isError)
          .forEach(finding -> LOG.error("{} is not deployed, the last good version stays: {}", unit,
              finding.inOneLine()));
    }
  }

  void solved(String unit) {
    if (byUnit.remove(unit) != null) {
      LOG.info("{} is well again.", unit);
    }
  }
}

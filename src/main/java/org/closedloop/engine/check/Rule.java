package org.closedloop.engine.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.closedloop.engine.check.Finding.Level;
import org.closedloop.problem.Words;

/**
 * One rule: looks at a folder's models and says what it finds.
 *
 * @param wall    whether the engine itself holds models to it as well, so that no way past the front door exists
 * @param promise what holds for every model that passed
 */
record Rule(String id, boolean wall, Words promise, BiConsumer<UnitModels, Report> look) {

  /** Where a rule says what it finds. */
  static final class Report {

    private final String rule;
    private final List<Finding> findings;

    Report(String rule, List<Finding> findings) {
      this.rule = rule;
      this.findings = findings;
    }

    void error(XmlNode at, Words message, Words help) {
      findings.add(new Finding(rule, Level.ERROR, at.file(), at.line(), at.id(), message, help));
    }

    void warn(XmlNode at, Words message, Words help) {
      findings.add(new Finding(rule, Level.WARNING, at.file(), at.line(), at.id(), message, help));
    }

    void error(String file, Integer line, String element, Words message, Words help) {
      findings.add(new Finding(rule, Level.ERROR, file, line, element, message, help));
    }

    void warn(String file, Integer line, String element, Words message, Words help) {
      findings.add(new Finding(rule, Level.WARNING, file, line, element, message, help));
    }
  }

  void lookAt(UnitModels unit, List<Finding> findings) {
    look.accept(unit, new Report(id, findings));
  }

  static Words words(String zh, String en) {
    return Words.of(zh, en);
  }

  static List<Rule> all(List<Rule> one, List<Rule> two) {
    List<Rule> all = new ArrayList<>(one);
    all.addAll(two);
    return all;
  }
}

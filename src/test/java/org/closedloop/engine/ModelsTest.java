package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.closedloop.LiveApp;
import org.closedloop.engine.check.Finding;
import org.closedloop.engine.check.ModelCheck;
import org.closedloop.engine.models.ModelFiles;
import org.closedloop.engine.models.ModelProblems;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The models the product ships keep every rule, with the product's own vocabulary. */
@LiveApp
class ModelsTest {

  @Autowired ModelCheck check;
  @Autowired ModelProblems problems;

  @Test
  void everyShippedModelKeepsEveryRule() {
    Map<String, Map<String, byte[]>> units = ModelFiles.in(Path.of("."));
    assertThat(units).containsKey("case-handling");
    units.forEach((unit, files) -> {
      List<Finding> findings = check.check(unit, files, ModelCheck.Owners.NOBODY);
      assertThat(findings.stream().filter(Finding::isError).map(Finding::inOneLine)).as(unit).isEmpty();
    });
  }

  @Test
  void everyShippedModelIsDeployed() {
    assertThat(ModelFiles.packaged().keySet()).isEqualTo(ModelFiles.in(Path.of(".")).keySet());
    assertThat(problems.all().keySet()).doesNotContainAnyElementsOf(ModelFiles.packaged().keySet());
  }
}

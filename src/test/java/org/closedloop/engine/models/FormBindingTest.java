package org.closedloop.engine.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.task.Task;
import org.closedloop.engine.SampleUnit;
import org.closedloop.engine.TestEngine;
import org.closedloop.engine.Words4Tests;
import org.junit.jupiter.api.Test;

/** A case keeps the forms it was started with; the binding {@code deployment} finds them in the folder's deployment. */
class FormBindingTest {

  @Test
  void aCaseFindsTheFormOfItsOwnDeployment() throws IOException {
    ProcessEngine engine = TestEngine.with(Words4Tests.vocabulary(), settings -> { });
    try {
      deploy(engine, SampleUnit.files());
      String older = engine.getRuntimeService().startProcessInstanceByKey("sample", "CL-1").getId();
      deploy(engine, SampleUnit.with("accept.form", "是否受理", "受理吗"));
      String newer = engine.getRuntimeService().startProcessInstanceByKey("sample", "CL-2").getId();

      assertThat(form(engine, older)).contains("是否受理").doesNotContain("受理吗");
      assertThat(form(engine, newer)).contains("受理吗").doesNotContain("是否受理");

      Task task = engine.getTaskService().createTaskQuery().processInstanceId(older).singleResult();
      assertThat(task.getDueDate()).isEqualTo(Words4Tests.due("accept"));
      engine.getTaskService().complete(task.getId(), Map.of("accepted", "accept"));
      assertThat(engine.getTaskService().createTaskQuery().processInstanceId(older).singleResult()
          .getTaskDefinitionKey()).isEqualTo("handle");
    } finally {
      engine.close();
    }
  }

  private static void deploy(ProcessEngine engine, Map<String, byte[]> files) {
    DeploymentBuilder deployment = engine.getRepositoryService().createDeployment().name(SampleUnit.NAME);
    files.forEach((name, content) -> deployment.addString(name, new String(content, StandardCharsets.UTF_8)));
    deployment.deploy();
  }

  private static String form(ProcessEngine engine, String instance) throws IOException {
    String task = engine.getTaskService().createTaskQuery().processInstanceId(instance).singleResult().getId();
    try (InputStream form = engine.getFormService().getDeployedTaskForm(task)) {
      return new String(form.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.complete;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.execute;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.job;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.runtimeService;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.withVariables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The reading example of a process test: the model alone, on an engine of its own, told in the words of
 * camunda-bpm-assert. What a case type must do is said in its scenarios; this shows how to look at a model from inside.
 */
class CaseHandlingProcessTest {

  private static ProcessEngine engine;

  @BeforeAll
  static void deploy() throws IOException {
    engine = TestEngine.with(Words4Tests.vocabulary(), configuration -> { });
    init(engine);
    var deployment = engine.getRepositoryService().createDeployment().name("case-handling");
    for (Path folder : List.of(Path.of("processes/case-handling"), Path.of("forms/case-handling"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(f -> !f.toString().endsWith(".yaml")).toList()) {
          deployment.addString(file.getFileName().toString(), Files.readString(file));
        }
      }
    }
    deployment.deploy();
  }

  private static ProcessInstance reported() {
    return runtimeService().startProcessInstanceByKey("case-handling", "number 1", Map.of("leadUnit", "140929-ga"));
  }

  private static ProcessInstance handled() {
    ProcessInstance matter = reported();
    complete(task("accept", matter), withVariables("accepted", "accept"));
    complete(task("dispatch", matter), withVariables("leadUnit", "140929-zj"));
    return matter;
  }

  private static void said(ProcessInstance matter, String message, Map<String, Object> variables) {
    runtimeService().createMessageCorrelation("case-handling." + message).processInstanceId(matter.getId())
        .setVariables(variables).correlate();
  }

  @Test
  void aReportIsClosedAfterItsReporterWasAnsweredAndTheResultVerified() {
    ProcessInstance matter = handled();
    assertThat(matter).isWaitingAt("handle");
    assertThat(task(matter)).hasCandidateGroup("140929-zj:handler").hasDueDate(Words4Tests.due("handle"));
    complete(task(matter));
    complete(task("feedback", matter));
    complete(task("verify", matter), withVariables("verified", "pass"));
    complete(task("close", matter));
    assertThat(matter).isEnded().hasPassedInOrder("milestone_accepted", "milestone_dispatched", "milestone_handled",
        "milestone_answered", "milestone_verified", "end_closed");
  }

  @Test
  void withoutAnAnswerTheTimerBringsTheCaseBackToAccepting() {
    ProcessInstance matter = reported();
    complete(task("accept", matter), withVariables("accepted", "ask"));
    assertThat(matter).isWaitingAt("gateway_answer");
    execute(job("timer_answer_due", matter));
    assertThat(matter).isWaitingAtExactly("accept");
  }

  @Test
  void anAcceptedReturnTakesTheWorkAwayAndIsDispatchedAgain() {
    ProcessInstance matter = handled();
    said(matter, "return", Map.of());
    assertThat(matter).isWaitingAt("handle", "decide-return");
    complete(task("decide-return", matter), withVariables("returnAccepted", "yes"));
    assertThat(matter).isWaitingAtExactly("dispatch").hasPassed("milestone_returned");
  }

  @Test
  void requestsEndWithTheWork() {
    ProcessInstance matter = handled();
    said(matter, "request-extension", Map.of("decidedBy", "duty-leader"));
    assertThat(task("decide-extension", matter)).hasCandidateGroup("140929-cc:duty-leader");
    complete(task("handle", matter));
    assertThat(matter).isWaitingAtExactly("feedback");
  }

  @Test
  void aWithdrawnCaseHasNoWorkLeft() {
    ProcessInstance matter = handled();
    said(matter, "withdraw", Map.of());
    assertThat(matter).isEnded().hasPassed("end_withdrawn");
    assertThat(engine.getTaskService().createTaskQuery().processInstanceId(matter.getId()).count()).isZero();
  }
}

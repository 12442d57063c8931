package org.closedloop.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.closedloop.engine.TestEngine;
import org.closedloop.engine.Words4Tests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What would take the node down is ended while it runs, even where the rules in front were not asked. */
@Timeout(120)
class RuntimeLimitsTest {

  private static ProcessEngine unchecked;
  private static ProcessEngine product;

  @BeforeAll
  static void start() {
    unchecked = TestEngine.with(Words4Tests.vocabulary(), settings -> settings.setCustomPreDeployers(null));
    product = TestEngine.with(Words4Tests.vocabulary(), settings -> { });
  }

  @AfterAll
  static void stop() {
    unchecked.close();
    product.close();
  }

  @Test
  void aCircleOfGatewaysIsEnded() {
    deploy(unchecked, "circle", """
        <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="one"/>
        <exclusiveGateway id="one"/><sequenceFlow id="f2" sourceRef="one" targetRef="two"/>
        <exclusiveGateway id="two"/><sequenceFlow id="f3" sourceRef="two" targetRef="one"/>""");
    assertThatThrownBy(() -> unchecked.getRuntimeService().startProcessInstanceByKey("circle"))
        .isInstanceOf(ProcessEngineException.class).hasMessageContaining("more than 2000 steps");
    assertThat(unchecked.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("circle").count()).isZero();
  }

  @Test
  void aParallelBombIsEnded() {
    deploy(unchecked, "bomb", """
        <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="one"/>
        <exclusiveGateway id="one"/><sequenceFlow id="f2" sourceRef="one" targetRef="fork"/>
        <parallelGateway id="fork"/><sequenceFlow id="f3" sourceRef="fork" targetRef="one"/>
        <sequenceFlow id="f4" sourceRef="fork" targetRef="one"/>""");
    assertThatThrownBy(() -> unchecked.getRuntimeService().startProcessInstanceByKey("bomb"))
        .hasMessageContaining("more than 2000 steps");
  }

  @Test
  void aProcessThatCallsItselfIsEnded() {
    deploy(unchecked, "selfish", """
        <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="call"/>
        <callActivity id="call" calledElement="selfish"/>""");
    assertThatThrownBy(() -> unchecked.getRuntimeService().startProcessInstanceByKey("selfish"))
        .isInstanceOfAny(ProcessEngineException.class, StackOverflowError.class);
    assertThat(unchecked.getRuntimeService().createProcessInstanceQuery().processDefinitionKey("selfish").count())
        .isZero();
  }

  @Test
  void aThousandMillionInstancesAreNotMade() {
    deploy(unchecked, "many", """
        <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="each"/>
        <userTask id="each"><multiInstanceLoopCharacteristics>
          <loopCardinality>1000000000</loopCardinality></multiInstanceLoopCharacteristics></userTask>""");
    assertThatThrownBy(() -> unchecked.getRuntimeService().startProcessInstanceByKey("many"))
        .hasMessageContaining("1000000000 instances");
  }

  @Test
  void aVariableCannotAskForMoreInstancesThanAllowed() {
    deploy(unchecked, "wide", """
        <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="each"/>
        <userTask id="each"><multiInstanceLoopCharacteristics>
          <loopCardinality>${many}</loopCardinality></multiInstanceLoopCharacteristics></userTask>""");
    for (Object many : List.of(201, 1_000_000_000L, "201", "99999999999999999999")) {
      assertThatThrownBy(() -> unchecked.getRuntimeService().startProcessInstanceByKey("wide", Map.of("many", many)))
          .as("%s", many).isInstanceOf(RuntimeException.class);
    }
    String id = unchecked.getRuntimeService().startProcessInstanceByKey("wide", Map.of("many", 200)).getId();
    assertThat(unchecked.getTaskService().createTaskQuery().processInstanceId(id).count()).isEqualTo(200);
  }

  @Test
  void aTransactionOfHonestLengthIsLeftAlone() {
    StringBuilder steps = new StringBuilder("<startEvent id=\"start\"/><sequenceFlow id=\"f\" sourceRef=\"start\" "
        + "targetRef=\"s0\"/>");
    for (int i = 0; i < 300; i++) {
      steps.append("<task id=\"s%d\"/><sequenceFlow id=\"f%d\" sourceRef=\"s%d\" targetRef=\"s%d\"/>"
          .formatted(i, i, i, i + 1));
    }
    deploy(unchecked, "long", steps + "<endEvent id=\"s300\"/>");
    for (int i = 0; i < 10; i++) {
      // The steps are counted for each command anew.
      assertThat(unchecked.getRuntimeService().startProcessInstanceByKey("long").isEnded()).isTrue();
    }
  }

  @Test
  void theEngineRefusesTimerBombsAndCirclesBeforeTheyRun() {
    for (String inner : List.of(
        "<userTask id=\"t\"/><boundaryEvent id=\"b\" attachedToRef=\"t\" cancelActivity=\"false\"><timerEventDefinition>"
            + "<timeCycle>R/PT0.001S</timeCycle></timerEventDefinition></boundaryEvent>",
        "<exclusiveGateway id=\"t\"/><sequenceFlow id=\"f2\" sourceRef=\"t\" targetRef=\"t\"/>",
        "<userTask id=\"t\"><multiInstanceLoopCharacteristics><loopCardinality>1000000000</loopCardinality>"
            + "</multiInstanceLoopCharacteristics></userTask>",
        "<callActivity id=\"t\" calledElement=\"refused\"/>")) {
      assertThatThrownBy(() -> deploy(product, "refused", "<startEvent id=\"start\"/>"
          + "<sequenceFlow id=\"f1\" sourceRef=\"start\" targetRef=\"t\"/>" + inner))
          .as(inner).isInstanceOf(RefusedModel.class);
    }
    assertThat(product.getRepositoryService().createDeploymentQuery().count()).isZero();
  }

  @Test
  void theParseGuardSeesCodeThatTheRulesWereNotAskedAbout() {
    for (String attribute : List.of("camunda:class=\"x.Y\"", "camunda:type=\"external\" camunda:topic=\"t\"",
        "camunda:type=\"shell\"")) {
      assertThatThrownBy(() -> deploy(unchecked, "coded", "<startEvent id=\"start\"/><sequenceFlow id=\"f1\" "
          + "sourceRef=\"start\" targetRef=\"t\"/><serviceTask id=\"t\" " + attribute + "/>"))
          .as(attribute).isInstanceOf(ProcessEngineException.class);
    }
    assertThat(Collections.frequency(unchecked.getRepositoryService().createProcessDefinitionQuery().list().stream()
        .map(definition -> definition.getKey()).toList(), "coded")).isZero();
  }

  private static void deploy(ProcessEngine engine, String key, String inner) {
    engine.getRepositoryService().createDeployment().name(key).addString(key + ".bpmn", """
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="t">
          <process id="%s" isExecutable="true" camunda:historyTimeToLive="P1D">%s</process>
        </definitions>""".formatted(key, inner)).deploy();
  }
}

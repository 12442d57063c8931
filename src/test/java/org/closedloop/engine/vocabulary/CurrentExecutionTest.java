package org.closedloop.engine.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.closedloop.engine.TestEngine;
import org.closedloop.problem.Words;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A function knows which case asks, wherever in a model it is called. */
class CurrentExecutionTest {

  private static final Date DUE = Date.from(Instant.parse("2031-03-04T10:00:00Z"));
  private static final List<String> ASKED = new ArrayList<>();
  private static ProcessEngine engine;

  /** {@code due(place)}: notes who asked where, and answers a date. */
  public static final class Due implements ModelFunction {

    private final Date answer = DUE;

    public static Date due(String place) {
      DelegateExecution execution = CurrentExecution.get();
      ASKED.add(place + " " + execution.getProcessBusinessKey() + " " + execution.getVariable("area"));
      return CurrentExecution.word(Due.class).answer;
    }

    @Override
    public String name() {
      return "due";
    }

    @Override
    public Method method() {
      return ModelFunction.staticMethod(Due.class, "due");
    }

    @Override
    public Words meaning() {
      return Words.of("某环节的截止时间", "when a stage is due");
    }
  }

  /** {@code unit(place)}: a candidate group. */
  public static final class Unit implements ModelFunction {

    public static String unit(String place) {
      ASKED.add(place + " " + CurrentExecution.get().getProcessBusinessKey() + " "
          + CurrentExecution.get().getVariable("area"));
      return CurrentExecution.get().getVariable("area") + ":handler";
    }

    @Override
    public String name() {
      return "unit";
    }

    @Override
    public Method method() {
      return ModelFunction.staticMethod(Unit.class, "unit");
    }

    @Override
    public Words meaning() {
      return Words.of("单位", "a unit");
    }
  }

  /** Answers whom it was called for. */
  public static final class Note implements ModelDelegate {

    @Override
    public void execute(DelegateExecution execution) {
      ASKED.add("delegate " + execution.getProcessBusinessKey() + " " + execution.getVariable("area"));
    }

    @Override
    public String name() {
      return "note";
    }

    @Override
    public Words meaning() {
      return Words.of("记下", "notes");
    }
  }

  @BeforeAll
  static void start() {
    engine = TestEngine.with(TestEngine.words(List.of(new Due(), new Unit()), List.of(new Note())), settings -> { });
    BpmnModelInstance model = Bpmn.createExecutableProcess("asking").camundaHistoryTimeToLive(1)
        .startEvent()
        .exclusiveGateway("gateway")
        .condition("to task", "${unit('condition') == '140929:handler'}")
        .userTask("handle")
          .camundaInputParameter("due", "${due('input')}")
          .camundaOutputParameter("handledBy", "${unit('output')}")
          .camundaDueDate("${due}")
          .camundaCandidateGroups("${unit('groups')}")
          .boundaryEvent("late").cancelActivity(false).timerWithDate("${due('boundary')}")
          .endEvent("end_late")
        .moveToActivity("handle")
        .serviceTask("tell").camundaDelegateExpression("${note}")
        .eventBasedGateway()
        .intermediateCatchEvent("wait").timerWithDate("${due('intermediate')}")
        .endEvent("end_waited")
        .moveToLastGateway()
        .intermediateCatchEvent("told").message("told")
        .endEvent("end_told")
        .moveToNode("gateway")
        .endEvent("end_else")
        .done();
    engine.getRepositoryService().createDeployment().addModelInstance("asking.bpmn", model).deploy();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @BeforeEach
  void forget() {
    ASKED.clear();
  }

  @Test
  void aFunctionSeesTheCaseInEveryPlaceOfAModel() {
    ProcessInstance instance = engine.getRuntimeService()
        .startProcessInstanceByKey("asking", "CL-1", Map.of("area", "140929"));

    assertThat(ASKED).contains("condition CL-1 140929", "input CL-1 140929", "boundary CL-1 140929",
        "groups CL-1 140929");
    Task task = engine.getTaskService().createTaskQuery().processInstanceId(instance.getId()).singleResult();
    assertThat(task.getDueDate()).isEqualTo(DUE);
    assertThat(engine.getTaskService().createTaskQuery().processInstanceId(instance.getId())
        .taskCandidateGroup("140929:handler").count()).isOne();
    assertThat(engine.getManagementService().createJobQuery().processInstanceId(instance.getId()).singleResult()
        .getDuedate()).isEqualTo(DUE);

    ASKED.clear();
    engine.getTaskService().complete(task.getId());
    assertThat(ASKED).contains("output CL-1 140929", "delegate CL-1 140929", "intermediate CL-1 140929");
    assertThat(engine.getRuntimeService().getVariable(instance.getId(), "handledBy")).isEqualTo("140929:handler");
  }

  @Test
  void twoCasesAskInTurnAndNeitherSeesTheOther() {
    for (String area : List.of("140929", "140930", "140931")) {
      ASKED.clear();
      engine.getRuntimeService().startProcessInstanceByKey("asking", "CL-" + area,
          Map.of("area", area));
      assertThat(ASKED).isNotEmpty().allSatisfy(asked -> assertThat(asked).endsWith("CL-" + area + " " + area));
    }
  }

  @Test
  void aVariableCannotTakeTheNameOfADelegate() {
    ProcessInstance instance = engine.getRuntimeService()
        .startProcessInstanceByKey("asking", "CL-2", Map.of("area", "140929", "note", "mine", "due", "mine"));
    engine.getTaskService().complete(
        engine.getTaskService().createTaskQuery().processInstanceId(instance.getId()).singleResult().getId());
    assertThat(ASKED).contains("delegate CL-2 140929");
  }

  @Test
  void outsideOfACaseThereIsNoExecution() {
    assertThatThrownBy(CurrentExecution::get).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> CurrentExecution.word(Due.class)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theVocabularyPrintsEveryWordWithItsMeaning() {
    Vocabulary words = TestEngine.words(List.of(new Due(), new Unit()), List.of(new Note()),
        new ModelVariable("area", Words.of("区域", "the area")));
    assertThat(words.printed()).contains("| `${due(place)}` | 某环节的截止时间 | when a stage is due |",
        "| `camunda:delegateExpression=\"${note}\"` | 记下 | notes |", "| `${area}` | 区域 | the area |");
    assertThatThrownBy(() -> TestEngine.words(List.of(new Due(), new Due()), List.of()).words())
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("due");
  }
}

package org.closedloop.engine.running;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseNotFound;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.dutylist.DutyProposals;
import org.closedloop.engine.vocabulary.ModelDelegate;
import org.closedloop.intake.Intake;
import org.closedloop.notice.Outbox;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What service tasks of models may do. Each touches only the database, in the transaction of the step. */
@Configuration(proxyBeanMethods = false)
class CaseDelegates {

  /** Local to where a process waits for the case it opened: that case's number. */
  static final String LINKED = "linkedCase";
  /** Local to the same place: {@code yes} when that case ended while it was opened, so that nothing is to wait for. */
  static final String LINKED_ENDED = "linkedEnded";

  private final RunningCase cases;
  private final ObjectProvider<CaseRegister> register;
  private final ObjectProvider<Journal> journal;
  private final ObjectProvider<Clocks> clocks;
  private final ObjectProvider<Models> models;
  private final ObjectProvider<Intake> intake;
  private final Clock clock;

  CaseDelegates(RunningCase cases, ObjectProvider<Models> models, ObjectProvider<Intake> intake,
      ObjectProvider<CaseRegister> register, ObjectProvider<Journal> journal,
      ObjectProvider<Clocks> clocks, Clock clock) {
    this.cases = cases;
    this.models = models;
    this.intake = intake;
    this.register = register;
    this.journal = journal;
    this.clocks = clocks;
    this.clock = clock;
  }

  @Bean
  ModelDelegate stopClock() {
    return word("stopClock", "停表：本环节的时限不再走", "stops the clock of the case's stage", execution -> {
      CaseFile file = cases.of(execution);
      clocks.getObject().pause(file.number(), execution.getProcessInstanceId(), file.stage(), clock.instant());
    });
  }

  @Bean
  ModelDelegate resumeClock() {
    return word("resumeClock", "续表：剩余时限从现在起接着走", "lets the stopped clock of the stage run on", execution -> {
      CaseFile file = cases.of(execution);
      clocks.getObject().resume(file.number(), execution.getProcessInstanceId(), file.stage(), clock.instant());
    });
  }

  @Bean
  ModelDelegate extendDeadline() {
    return word("extendDeadline", "按批准的数量（grantedAmount、grantedUnit）延长本环节的截止时间",
        "moves the stage's deadline by what was granted (grantedAmount, grantedUnit)", execution -> {
          CaseFile file = cases.of(execution);
          Object amount = execution.getVariable("grantedAmount");
          Object unit = execution.getVariable("grantedUnit");
          if (!(amount instanceof Number granted) || unit == null) {
            throw InvalidInput.at("answers.grantedAmount", "请填写批准延长的数量和单位。",
                "Say how much time is granted, and in which unit.");
          }
          clocks.getObject().extend(file.number(), execution.getProcessInstanceId(), file.stage(), granted.intValue(),
              AllowanceUnit.valueOf(unit.toString()), Context.getCommandContext().getAuthenticatedUserId(),
              "answers.grantedAmount", asked(execution, file),
              cases.allowance(execution, file, "extension").allowance());
        });
  }

  /** When the request this step answers was made. */
  private Instant asked(DelegateExecution execution, CaseFile file) {
    String action = models.getObject().of(execution.getProcessDefinitionId()).requests()
        .get(execution.getCurrentActivityId());
    return journal.getObject().lastActionAt(file, action).orElse(clock.instant());
  }

  @Bean
  ModelDelegate mergeCase() {
    return word("mergeCase", "并入主件（mergeInto），反映人随主件得到告知", "merges the case into an older one (mergeInto)",
        execution -> {
          CaseFile file = cases.of(execution);
          CaseFile into = mainCase(file, String.valueOf(execution.getVariable("mergeInto")).strip());
          register.getObject().merge(file.number(), into.number());
          journal.getObject().fact(into, "merged", Words.of("并入案卷 " + file.number(), "Merged in: " + file.number()),
              Map.of("case", file.number()));
        });
  }

  /** An older open case, not itself merged; a case cannot be merged into itself or into its own follower. */
  private CaseFile mainCase(CaseFile file, String number) {
    CaseFile into;
    try {
      into = register.getObject().file(number);
    } catch (CaseNotFound e) {
      throw InvalidInput.at("answers.mergeInto", "没有编号为该号的案卷。", "There is no case of this number.");
    }
    if (into.number().equals(file.number())) {
      throw InvalidInput.at("answers.mergeInto", "不能并入自身。", "A case cannot be merged into itself.");
    }
    if (!into.open()) {
      throw InvalidInput.at("answers.mergeInto", "主件已经结束，不能并入。", "That case has ended; nothing can be merged into it.");
    }
    if (into.openedAt().isAfter(file.openedAt())) {
      throw InvalidInput.at("answers.mergeInto", "只能并入更早的案卷；请在较新的案卷上操作。",
          "Merge the newer case into the older one.");
    }
    return into;
  }

  @Bean
  ModelDelegate openLinked() {
    return word("openLinked", "用刚才那项操作的答案另开一个案卷（属性 type 写案件类型），与本案关联；它结束时本流程收到消息 <流程>.linked-ended",
        "opens another case (property type) with the answers of the action just taken and links it; when it ends, this "
            + "process receives the message <process>.linked-ended", execution -> {
          CaseFile file = cases.of(execution);
          Model model = models.getObject().of(execution.getProcessDefinitionId());
          String element = execution.getCurrentActivityId();
          Map<String, Object> answers = journal.getObject().lastAction(file, model.requests().get(element))
              .orElse(Map.of());
          CaseFile linked = intake.getObject().openLinked(file, model.property(element, "type"), answers);
          execution.setVariableLocal(LINKED, linked.number());
          execution.setVariableLocal(LINKED_ENDED, linked.open() ? "no" : "yes");
        });
  }

  @Bean
  ModelDelegate recordFact() {
    return word("recordFact", "在案卷里记下一件事：元素的名称，以及属性 unit 所写变量中的单位",
        "files a fact in the case file: the element's name, about the unit in the variable that property unit names",
        execution -> {
          Model model = models.getObject().of(execution.getProcessDefinitionId());
          String element = execution.getCurrentActivityId();
          journal.getObject().fact(cases.of(execution), element, model.name(element), unit(execution, model), Map.of(),
              RunningCase.place(execution));
        });
  }

  @Bean
  ModelDelegate notify(ObjectProvider<Outbox> outbox) {
    return word("notify", "告知（属性 topic 写主题，属性 unit 写存放单位的变量，变量里有几个单位就告知几个，属性 about 可写是哪个任务）；发给谁、怎么发由通知规则决定",
        "tells people (property topic; property unit names the variable that holds the unit or several, about a task); who is told "
            + "and how is a matter of the notice rules", execution -> {
          Model model = models.getObject().of(execution.getProcessDefinitionId());
          String element = execution.getCurrentActivityId();
          String topic = model.property(element, "topic");
          String once = topic + "/" + execution.getActivityInstanceId();
          String units = unit(execution, model);
          for (String unit : units == null ? new String[] {null} : units.split(",")) {
            outbox.getObject().add(topic, execution.getProcessBusinessKey(), unit, null, about(execution, model),
                units == null || units.equals(unit) ? once : once + "/" + unit);
          }
        });
  }

  @Bean
  ModelDelegate proposeDuty(ObjectProvider<DutyProposals> proposals) {
    return word("proposeDuty", "把裁定的单位（leadUnit）和依据（dutyBasis）提请写入权责清单，范围见 dutyScope",
        "proposes the unit that was ruled (leadUnit) with its basis (dutyBasis) for the duty list; dutyScope says for "
            + "which area", execution -> {
          CaseFile file = cases.of(execution);
          proposals.getObject().propose(file.number(), file.category(), file.area(),
              "county".equals(execution.getVariable("dutyScope")), text(execution, "leadUnit"),
              text(execution, "dutyBasis"), Context.getCommandContext().getAuthenticatedUserId());
        });
  }

  /** Name and deadline of the task that the element's property {@code about} names, for the text of a notice. */
  private Map<String, Object> about(DelegateExecution execution, Model model) {
    String task = model.property(execution.getCurrentActivityId(), "about");
    if (task == null) {
      return Map.of();
    }
    Map<String, Object> about = new HashMap<>(Map.of("task", model.name(task).zh(), "taskEn", model.name(task).en()));
    clocks.getObject().history(execution.getProcessBusinessKey()).stream()
        .filter(c -> c.processInstance().equals(execution.getProcessInstanceId()) && c.key().equals(task))
        .reduce((first, last) -> last).ifPresent(c -> about.put("due", c.due()));
    return about;
  }

  /** The unit in the first variable of the element's property {@code unit} that holds one; null without one. */
  private static String unit(DelegateExecution execution, Model model) {
    String variables = model.property(execution.getCurrentActivityId(), "unit");
    return variables == null ? null : Arrays.stream(variables.split(",")).map(String::strip)
        .map(variable -> text(execution, variable)).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static String text(DelegateExecution execution, String variable) {
    Object value = execution.getVariable(variable);
    return value == null || value.toString().isEmpty() ? null : value.toString();
  }

  @Bean
  ModelDelegate unmergeCase() {
    return word("unmergeCase", "撤销并案", "undoes the merge", execution -> {
      CaseFile file = cases.of(execution);
      journal.getObject().fact(file, "unmerged", Words.of("撤销并案", "Merge undone"), Map.of());
    });
  }

  static ModelDelegate word(String name, String zh, String en, Consumer<DelegateExecution> act) {
    return new ModelDelegate() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Words meaning() {
        return Words.of(zh, en);
      }

      @Override
      public void execute(DelegateExecution execution) {
        act.accept(execution);
      }
    };
  }
}

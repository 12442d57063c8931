package org.closedloop.engine.running;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.Allowance;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.engine.vocabulary.CurrentExecution;
import org.closedloop.engine.vocabulary.ModelDelegate;
import org.closedloop.engine.vocabulary.ModelFunction;
import org.closedloop.engine.vocabulary.ModelVariable;
import org.closedloop.problem.Words;
import org.closedloop.whistle.Step;
import org.closedloop.whistle.Whistles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The words with which models of whistles keep the whistle register. */
@Configuration(proxyBeanMethods = false)
class WhistleDelegates {

  private static final String CHECK_IN = "check-in";

  private final RunningCase cases;
  private final ObjectProvider<Models> models;
  private final ObjectProvider<Whistles> whistles;
  private final ObjectProvider<CaseRegister> register;
  private final ObjectProvider<CaseProcess> process;
  private final ObjectProvider<WorkingCalendar.Source> calendar;
  private final ObjectProvider<Clocks> clocks;
  private final Clock clock;

  WhistleDelegates(RunningCase cases, ObjectProvider<Models> models, ObjectProvider<Whistles> whistles,
      ObjectProvider<CaseRegister> register, ObjectProvider<CaseProcess> process,
      ObjectProvider<WorkingCalendar.Source> calendar, ObjectProvider<Clocks> clocks, Clock clock) {
    this.cases = cases;
    this.models = models;
    this.whistles = whistles;
    this.register = register;
    this.process = process;
    this.calendar = calendar;
    this.clocks = clocks;
    this.clock = clock;
  }

  @Bean
  ModelDelegate soundWhistle() {
    return CaseDelegates.word("soundWhistle", "登记吹哨并查权责清单，依据记入案卷；由所在乡镇主办（leadUnit），是否其本级职责（ownMatter）",
        "registers the whistle, asks the duty list and files its reason; the township leads (leadUnit); whether the "
            + "matter is its own (ownMatter)", execution -> {
          Whistles.Sounded sounded = whistles.getObject().sound(cases.of(execution));
          execution.setVariable("leadUnit", sounded.township());
          execution.setVariable("ownMatter", sounded.own() ? "yes" : "no");
        });
  }

  @Bean
  ModelVariable ownMatter() {
    return new ModelVariable("ownMatter",
        Words.of("吹哨的事项是否乡镇本级职责：yes 或 no", "whether a whistle is about the township's own matter: yes or no"));
  }

  @Bean
  ModelDelegate recordWhistle() {
    return CaseDelegates.word("recordWhistle", "把这一步（属性 step）记入吹哨登记",
        "notes this step (property step) in the register of whistles", this::record);
  }

  private void record(DelegateExecution execution) {
    CaseFile file = cases.of(execution);
    Model model = models.getObject().of(execution.getProcessDefinitionId());
    Step step = Step.of(model.property(execution.getCurrentActivityId(), "step"));
    OffsetDateTime due = clocks.getObject().history(file.number()).stream()
        .filter(c -> c.processInstance().equals(execution.getProcessInstanceId()) && c.key().equals(CHECK_IN))
        .reduce((first, last) -> last).map(Running::due).orElse(null);
    if (step == Step.CALLED) {
      // laid as the clock of the check-in will be, which starts in this very transaction
      Allowance time = cases.allowance(execution, file, CHECK_IN).allowance();
      due = calendar.getObject().current().dueAt(clock.instant().truncatedTo(ChronoUnit.SECONDS), time.amount(),
          time.unit());
    }
    whistles.getObject().record(step, file, RunningCase.unit(execution, model), due == null ? null : due.toInstant());
  }

  /** What this case was opened from need not wait any longer; what still follows here is none of its business. */
  @Bean
  ModelDelegate tellOpener() {
    return CaseDelegates.word("tellOpener", "告诉开出本案的案卷：不必再等", "tells the case this one was opened from to wait no longer",
        execution -> {
          CaseFile file = cases.of(execution);
          register.getObject().openedFrom(file.number())
              .ifPresent(parent -> process.getObject().linkedEnded(parent, file.number()));
        });
  }

  /** {@code calledUnits()}: the departments of a whistle that are to be marked. */
  public static final class CalledUnits extends CaseFunctions.Word {
    private final RunningCase cases;
    private final ObjectProvider<Whistles> whistles;

    CalledUnits(RunningCase cases, ObjectProvider<Whistles> whistles) {
      super("calledUnits", "吹哨所叫的部门，异议成立的除外", "the departments a whistle called, without those whose objection was upheld");
      this.cases = cases;
      this.whistles = whistles;
    }

    public static List<String> calledUnits() {
      CalledUnits word = CurrentExecution.word(CalledUnits.class);
      return word.whistles.getObject().toBeMarked(word.cases.of(CurrentExecution.get()));
    }
  }

  @Bean
  ModelFunction calledUnits() {
    return new CalledUnits(cases, whistles);
  }

  @Bean
  ModelVariable linkedEnded() {
    return new ModelVariable(CaseDelegates.LINKED_ENDED,
        Words.of("刚开的关联案卷是否已经结束：yes 或 no", "whether the case just opened has ended already: yes or no"));
  }
}

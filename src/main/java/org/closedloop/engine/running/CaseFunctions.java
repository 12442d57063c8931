package org.closedloop.engine.running;

import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.closedloop.casefile.CaseFile;
import org.closedloop.deadline.Allowances;
import org.closedloop.deadline.Clocks;
import org.closedloop.dutylist.DutyList;
import org.closedloop.engine.vocabulary.CurrentExecution;
import org.closedloop.engine.vocabulary.ModelFunction;
import org.closedloop.engine.vocabulary.ModelVariable;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The functions models may call. Each finds the case that asks by the execution's business key. Public only because the
 * expression language calls the static methods by reflection.
 */
@Configuration(proxyBeanMethods = false)
public class CaseFunctions {

  /** {@code due(key)}: starts the clock of that name, or goes on with the one that runs or stands; its deadline. */
  public static final class Due extends Word {
    private final RunningCase cases;
    private final ObjectProvider<Clocks> clocks;
    private final Clock clock;

    Due(RunningCase cases, ObjectProvider<Clocks> clocks, Clock clock) {
      super("due", "从时限表取该环节的时限并起表，返回截止时间；表已在走则不变，停着则续走",
          "starts the clock of that row of the deadlines table and gives its deadline; a running clock stays as it is");
      this.cases = cases;
      this.clocks = clocks;
      this.clock = clock;
    }

    public static Date due(String key) {
      return CurrentExecution.word(Due.class).of(CurrentExecution.get(), key);
    }

    private Date of(DelegateExecution execution, String key) {
      CaseFile file = cases.of(execution);
      Allowances.Row row = cases.allowance(execution, file, key);
      Instant now = clock.instant();
      Clocks all = clocks.getObject();
      boolean stage = "stage".equals(row.allowance().kind());
      if (stage) {
        // The stage before ends where the next begins; its clock ran until here.
        all.endOthers(file.number(), execution.getProcessInstanceId(), key, now);
      }
      return Date.from(all.start(file.number(), RunningCase.process(execution), execution.getProcessInstanceId(), key,
          row.allowance().kind(), row.allowance(), RunningCase.element(execution, key), now).due().toInstant());
    }
  }

  /** {@code dueOn(key, date)}: a clock that ends on a day a person chose, within the limit of that row. */
  public static final class DueOn extends Word {
    private final RunningCase cases;
    private final ObjectProvider<Clocks> clocks;
    private final Clock clock;

    DueOn(RunningCase cases, ObjectProvider<Clocks> clocks, Clock clock) {
      super("dueOn", "按人工选定的日期起表，不得超过时限表该行（或“该行-limit”行）的上限；没有选定日期则同 due",
          "a clock that ends on a chosen day, at most as far away as the row, or the row named <key>-limit, allows; "
              + "without a day as due");
      this.cases = cases;
      this.clocks = clocks;
      this.clock = clock;
    }

    public static Date dueOn(String key, Object date) {
      if (date == null || date.toString().isEmpty()) {
        return Due.due(key);
      }
      return CurrentExecution.word(DueOn.class).of(CurrentExecution.get(), key, date);
    }

    private Date of(DelegateExecution execution, String key, Object date) {
      CaseFile file = cases.of(execution);
      Allowances.Row row = cases.allowance(execution, file, key);
      Allowances.Row limit = cases.find(execution, file, key + "-limit").orElse(row);
      try {
        LocalDate day = date instanceof LocalDate d ? d : LocalDate.parse(String.valueOf(date));
        return Date.from(clocks.getObject().startOn(file.number(), RunningCase.process(execution), execution.getProcessInstanceId(),
            key, row.allowance().kind(), day, limit.allowance(), RunningCase.element(execution, key), "answers.reviewDate",
            clock.instant()).due().toInstant());
      } catch (DateTimeParseException e) {
        throw InvalidInput.at("answers.reviewDate", "请填写日期，例如 2026-12-01。", "Give a date such as 2026-12-01.");
      }
    }
  }

  /** {@code dueFrom(key, moment)}: as {@code due}, but the time counts from a moment the process knows. */
  public static final class DueFrom extends Word {
    private final RunningCase cases;
    private final ObjectProvider<Clocks> clocks;

    DueFrom(RunningCase cases, ObjectProvider<Clocks> clocks) {
      super("dueFrom", "同 due，但从给定的时刻（ISO 文本）起算", "as due, counted from a given moment (ISO text)");
      this.cases = cases;
      this.clocks = clocks;
    }

    public static Date dueFrom(String key, Object moment) {
      return CurrentExecution.word(DueFrom.class).of(CurrentExecution.get(), key, moment);
    }

    private Date of(DelegateExecution execution, String key, Object moment) {
      CaseFile file = cases.of(execution);
      Allowances.Row row = cases.allowance(execution, file, key);
      Clocks all = clocks.getObject();
      Date due = Date.from(all.start(file.number(), RunningCase.process(execution), execution.getProcessInstanceId(),
          key, row.allowance().kind(), row.allowance(), RunningCase.element(execution, key),
          OffsetDateTime.parse(String.valueOf(moment)).toInstant()).due().toInstant());
      if (execution.getVariable("unit") instanceof String unit && !unit.isEmpty()) {
        // No work item will say whose it is.
        all.bind(file.number(), execution.getProcessInstanceId(), key, null, unit);
      }
      return due;
    }
  }

  public static final class Township extends Word {
    private final RunningCase cases;
    private final Organisation organisation;

    Township(RunningCase cases, Organisation organisation) {
      super("township", "案卷所在乡镇的单位代码，没有则为空", "code of the township in which the case lies, empty if none");
      this.cases = cases;
      this.organisation = organisation;
    }

    public static String township() {
      Township word = CurrentExecution.word(Township.class);
      return word.organisation.climb(word.cases.of(CurrentExecution.get()).area(), UnitKind.TOWNSHIP)
          .map(Unit::code).orElse("");
    }
  }

  /** {@code each(text)}: what was chosen in a list, one by one, for a call activity that is done once for each. */
  public static final class Each extends Word {

    Each() {
      super("each", "把多选的结果逐个取出，供逐个调用", "the chosen values of a list, one by one, to call something once for each");
    }

    public static List<String> each(Object chosen) {
      return chosen == null ? List.of()
          : Arrays.stream(chosen.toString().split(",")).map(String::strip).filter(s -> !s.isEmpty()).distinct().toList();
    }
  }

  public static final class CaseNumber extends Word {

    CaseNumber() {
      super("caseNumber", "案卷编号，即业务编号；调用活动用它把案卷传过去",
          "the case's number, which is the business key; a call activity hands the case over with it");
    }

    public static String caseNumber() {
      return CurrentExecution.get().getProcessBusinessKey();
    }
  }

  public static final class Centre extends Word {
    private final RunningCase cases;

    Centre(RunningCase cases) {
      super("centre", "案卷所在区域的指挥中心的单位代码", "code of the command centre that answers for the case's area");
      this.cases = cases;
    }

    public static String centre() {
      Centre word = CurrentExecution.word(Centre.class);
      return word.cases.centre(word.cases.of(CurrentExecution.get()));
    }
  }

  public static final class Times extends Word {
    private final RunningCase cases;

    Times(RunningCase cases) {
      super("times", "本轮中到达某节点的次数", "how often a milestone was reached in the running round");
      this.cases = cases;
    }

    public static int times(String milestone) {
      Times word = CurrentExecution.word(Times.class);
      DelegateExecution execution = CurrentExecution.get();
      return word.cases.counts(execution, word.cases.of(execution)).getOrDefault(milestone, 0);
    }
  }

  public static final class DutyUnit extends Word {
    private final RunningCase cases;
    private final ObjectProvider<DutyList> dutyList;

    DutyUnit(RunningCase cases, ObjectProvider<DutyList> dutyList) {
      super("dutyUnit", "权责清单对本案给出的主办单位代码，没有则为空", "code of the unit the duty list names for the case, empty if none");
      this.cases = cases;
      this.dutyList = dutyList;
    }

    public static String dutyUnit() {
      DutyUnit word = CurrentExecution.word(DutyUnit.class);
      CaseFile file = word.cases.of(CurrentExecution.get());
      String unit = word.dutyList.getObject().propose(file.category(), file.area()).unit();
      return unit == null ? "" : unit;
    }
  }

  public static final class Direct extends Word {
    private final RunningCase cases;
    private final ObjectProvider<DutyList> dutyList;

    Direct(RunningCase cases, ObjectProvider<DutyList> dutyList) {
      super("direct", "权责清单对本案标为直派", "the duty list marks this case's row as direct");
      this.cases = cases;
      this.dutyList = dutyList;
    }

    public static boolean direct() {
      Direct word = CurrentExecution.word(Direct.class);
      CaseFile file = word.cases.of(CurrentExecution.get());
      return word.dutyList.getObject().propose(file.category(), file.area()).direct();
    }
  }

  /** Name, meaning and method of a function; the method is the static one of that name in the subclass. */
  abstract static class Word implements ModelFunction {
    private final String name;
    private final Words meaning;

    Word(String name, String zh, String en) {
      this.name = name;
      this.meaning = Words.of(zh, en);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Method method() {
      return ModelFunction.staticMethod(getClass(), name);
    }

    @Override
    public Words meaning() {
      return meaning;
    }
  }

  @Bean
  ModelFunction due(RunningCase cases, ObjectProvider<Clocks> clocks, Clock clock) {
    return new Due(cases, clocks, clock);
  }

  @Bean
  ModelFunction dueOn(RunningCase cases, ObjectProvider<Clocks> clocks, Clock clock) {
    return new DueOn(cases, clocks, clock);
  }

  @Bean
  ModelFunction dueFrom(RunningCase cases, ObjectProvider<Clocks> clocks) {
    return new DueFrom(cases, clocks);
  }

  @Bean
  ModelFunction township(RunningCase cases, Organisation organisation) {
    return new Township(cases, organisation);
  }

  @Bean
  ModelFunction each() {
    return new Each();
  }

  @Bean
  ModelFunction caseNumber() {
    return new CaseNumber();
  }

  @Bean
  ModelFunction centre(RunningCase cases) {
    return new Centre(cases);
  }

  @Bean
  ModelFunction times(RunningCase cases) {
    return new Times(cases);
  }

  @Bean
  ModelFunction dutyUnit(RunningCase cases, ObjectProvider<DutyList> dutyList) {
    return new DutyUnit(cases, dutyList);
  }

  @Bean
  ModelFunction direct(RunningCase cases, ObjectProvider<DutyList> dutyList) {
    return new Direct(cases, dutyList);
  }

  @Bean
  ModelVariable category() {
    return new ModelVariable("category", Words.of("事项分类的代码", "code of the category"));
  }

  @Bean
  ModelVariable area() {
    return new ModelVariable("area", Words.of("所在区域的代码", "code of the area"));
  }

  @Bean
  ModelVariable urgency() {
    return new ModelVariable("urgency", Words.of("紧急程度", "the urgency"));
  }

  @Bean
  ModelVariable leadUnit() {
    return new ModelVariable("leadUnit", Words.of("主办单位的代码", "code of the lead unit"));
  }

  @Bean
  ModelVariable decidedBy() {
    return new ModelVariable("decidedBy",
        Words.of("事项规则表给出的审批岗位", "the post that decides, given by the table of actions"));
  }
}

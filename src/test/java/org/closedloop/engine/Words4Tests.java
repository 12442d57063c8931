package org.closedloop.engine;

import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.closedloop.engine.vocabulary.CurrentExecution;
import org.closedloop.engine.vocabulary.ModelDelegate;
import org.closedloop.engine.vocabulary.ModelFunction;
import org.closedloop.engine.vocabulary.ModelVariable;
import org.closedloop.engine.vocabulary.Vocabulary;
import org.closedloop.problem.Words;

/** A vocabulary with the names of the product's, for tests that need no more of it than that. */
public final class Words4Tests {

  private Words4Tests() {}

  public static Date due(String stage) {
    return Date.from(Instant.parse("2031-03-04T10:00:00Z"));
  }

  public static Date dueOn(String kind, Object date) {
    return due(kind);
  }

  public static String centre() {
    return "140929-cc";
  }

  public static String number() {
    return CurrentExecution.get().getProcessBusinessKey();
  }

  public static String caseNumber() {
    return number();
  }

  public static boolean direct() {
    return false;
  }

  public static String dutyUnit() {
    return "140929-ga";
  }

  public static long times(String milestone) {
    return 0;
  }

  public static List<String> each(Object chosen) {
    return List.of(chosen.toString().split(","));
  }

  public static Vocabulary vocabulary() {
    return Vocabulary.of(
        List.of(function("due"), function("dueOn"), function("centre"), function("number"), function("caseNumber"),
            function("direct"),
            function("dutyUnit"), function("times"), function("each")),
        List.of(delegate("notify"), delegate("extendDeadline"), delegate("stopClock"), delegate("resumeClock"),
            delegate("mergeCase"), delegate("unmergeCase"), delegate("openLinked"), delegate("supervise"),
            delegate("raise")),
        List.of(new ModelVariable("urgency", Words.of("紧急程度", "urgency")),
            new ModelVariable("area", Words.of("区域", "area")),
            new ModelVariable("category", Words.of("事项分类", "category")),
            new ModelVariable("leadUnit", Words.of("主办单位", "lead unit")),
            new ModelVariable("linkedEnded", Words.of("关联案卷已结束", "the linked case has ended")),
            new ModelVariable("decidedBy", Words.of("由谁审批", "post that decides"))));
  }

  private static ModelFunction function(String name) {
    return new ModelFunction() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Method method() {
        return ModelFunction.staticMethod(Words4Tests.class, name);
      }

      @Override
      public Words meaning() {
        return Words.of("函数 " + name, "the function " + name);
      }
    };
  }

  private static ModelDelegate delegate(String name) {
    return new ModelDelegate() {
      @Override
      public void execute(DelegateExecution execution) {
        execution.setVariable("told", name);
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public Words meaning() {
        return Words.of("委托 " + name, "the delegate " + name);
      }
    };
  }
}

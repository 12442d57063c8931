package org.closedloop.engine.running;

import static org.closedloop.engine.running.CaseDelegates.word;

import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.closedloop.alert.Level;
import org.closedloop.alert.ladder.Ladder;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.engine.vocabulary.ModelDelegate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What models may do about supervision: climb a rung, put a case on the ladder, take a card back. */
@Configuration(proxyBeanMethods = false)
class LadderDelegates {

  private final RunningCase cases;
  private final ObjectProvider<Models> models;
  private final ObjectProvider<Ladder> ladder;
  private final ObjectProvider<Journal> journal;

  LadderDelegates(RunningCase cases, ObjectProvider<Models> models, ObjectProvider<Ladder> ladder,
      ObjectProvider<Journal> journal) {
    this.cases = cases;
    this.models = models;
    this.ladder = ladder;
    this.journal = journal;
  }

  @Bean
  ModelDelegate raise() {
    return word("raise", "督办升一级（属性 level：order、yellow-card、red-card），告警并通知；只用在 supervision 里",
        "climbs a rung of supervision (property level: order, yellow-card, red-card) with its alert and notice; only in "
            + "supervision", execution -> {
          String level = property(execution, "level");
          if (!(execution.getVariable("supervision") instanceof Number row)) {
            throw new IllegalStateException("no supervision runs in " + execution.getProcessDefinitionId());
          }
          cases.of(execution);
          ladder.getObject().raise(row.longValue(), Level.of(level)
              .orElseThrow(() -> new IllegalStateException(execution.getCurrentActivityId() + " has no such level: "
                  + level)));
        });
  }

  @Bean
  ModelDelegate supervise() {
    return word("supervise", "列入督办，直接下督办单：盯住本流程接下来走的那个时限（属性 clock，如 handle）",
        "puts the matter under supervision beginning with the order: the clock of this process that runs next (property "
            + "clock, e.g. handle) is watched", execution -> {
          CaseFile file = cases.of(execution);
          ladder.getObject().superviseNext(file.number(), execution.getProcessInstanceId(),
              Objects.requireNonNull(property(execution, "clock"), "supervise needs the property clock"));
        });
  }

  @Bean
  ModelDelegate liftCard() {
    return word("liftCard", "按刚才那项操作的答案（unit、reason）取消黄牌或红牌", "lifts a yellow or red card by the answers of the "
        + "action just taken (unit, reason)", execution -> {
          CaseFile file = cases.of(execution);
          String action = models.getObject().of(execution.getProcessDefinitionId()).requests()
              .get(execution.getCurrentActivityId());
          Map<String, Object> answers = journal.getObject().lastAction(file, action).orElse(Map.of());
          String unit = Objects.toString(answers.get("unit"), "");
          ladder.getObject().lift(file, unit.isEmpty() ? null : unit, journal.getObject().lastActionBy(file, action),
              Objects.toString(answers.get("reason"), ""));
        });
  }

  private String property(DelegateExecution execution, String name) {
    return models.getObject().of(execution.getProcessDefinitionId()).property(execution.getCurrentActivityId(), name);
  }
}

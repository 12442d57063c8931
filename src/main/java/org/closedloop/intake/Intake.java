package org.closedloop.intake;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.Channel;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.category.Categories;
import org.closedloop.dutylist.DutyList;
import org.closedloop.dutylist.Proposal;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Forbidden;
import org.closedloop.worklist.Actions;
import org.closedloop.worklist.FormAnswers;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 信息采集: a checked report becomes a case file and its process, in one transaction. */
@Service
class Intake {

  private final CaseRegister register;
  private final CaseProcess process;
  private final FormAnswers forms;
  private final DutyList dutyList;
  private final Categories categories;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  Intake(CaseRegister register, CaseProcess process, FormAnswers forms, DutyList dutyList, Categories categories,
      Organisation organisation, Me me, Clock clock) {
    this.register = register;
    this.process = process;
    this.forms = forms;
    this.dutyList = dutyList;
    this.categories = categories;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  /** A case just opened, and what the duty list says about it. */
  record Opened(CaseFile file, Proposal proposal) {}

  /** An official reports. Designers and administrators do not deal with cases. */
  @Transactional
  public Opened report(Report report) {
    Official by = me.current();
    if (!by.mayReport()) {
      throw new Forbidden("您的岗位不能上报案件。", "Your posts do not allow reporting a case.");
    }
    return open(report, by, by.unit().area(), Channel.DEPARTMENT, Channel.ALL);
  }

  /** A person reports without an account. */
  @Transactional
  public Opened reportPublicly(Report report) {
    return open(report, null, county(), Channel.CITIZEN_PAGE, Set.of(Channel.CITIZEN_PAGE, "open311"));
  }

  private Opened open(Report report, Official by, String area, String channel, Set<String> channels) {
    NewCase checked = report.checked(codes(), area, channel, channels, clock);
    FormAnswers.Filed filed = forms.checkStart(process.type(checked.process()).orElseThrow().startForm(),
        report.answers() == null ? Map.of() : report.answers());
    CaseFile file = register.open(checked, by, filed.answers());
    Map<String, Object> variables = Actions.routing(file);
    variables.putAll(filed.variables());
    process.start(file.number(), file.process(), variables);
    return new Opened(register.file(file.number()), dutyList.propose(file.category(), file.area()));
  }

  private String county() {
    return organisation.areas().stream().filter(a -> a.parent() == null).map(Area::code).findFirst().orElse("");
  }

  private Report.Codes codes() {
    return new Report.Codes() {
      @Override
      public boolean process(String code) {
        return process.type(code).isPresent();
      }

      @Override
      public boolean category(String code) {
        return categories.usable(code).isPresent();
      }

      @Override
      public boolean area(String code) {
        return organisation.area(code).isPresent();
      }
    };
  }
}

package org.closedloop.intake;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.Channel;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.category.Category;
import org.closedloop.casefile.nearby.Nearby;
import org.closedloop.casefile.nearby.NearbyCases;
import org.closedloop.casefile.search.Matter;
import org.closedloop.dutylist.DutyList;
import org.closedloop.dutylist.Proposal;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.NotFound;
import org.closedloop.worklist.Actions;
import org.closedloop.worklist.FormAnswers;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 信息采集: a checked report becomes a case file and its process, in one transaction. */
@Service
public class Intake {

  private final CaseRegister register;
  private final CaseProcess process;
  private final FormAnswers forms;
  private final DutyList dutyList;
  private final Categories categories;
  private final NearbyCases nearby;
  private final Actions actions;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  Intake(CaseRegister register, CaseProcess process, FormAnswers forms, DutyList dutyList, Categories categories,
      NearbyCases nearby, Actions actions, Organisation organisation, Me me, Clock clock) {
    this.nearby = nearby;
    this.actions = actions;
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
    Official by = mayReport();
    return open(report, by, by.unit().area(), Channel.DEPARTMENT, Channel.ALL);
  }

  /** A report that is still being written, checked as far as it goes. */
  NewCase draft(Report report) {
    Official by = mayReport();
    return report.checked(codes(), by.unit().area(), Channel.DEPARTMENT, Channel.ALL, clock);
  }

  Proposal proposal(NewCase draft) {
    return dutyList.propose(draft.category(), draft.area());
  }

  Matter matter(NewCase draft) {
    return new Matter("", draft.title(), draft.description(), organisation.area(draft.area()).orElseThrow().path(),
        draft.lng(), draft.lat(), clock.instant());
  }

  private Official mayReport() {
    Official by = me.current();
    if (!by.mayReport()) {
      throw new Forbidden("您的岗位不能上报案件。", "Your posts do not allow reporting a case.");
    }
    return by;
  }

  /** A person reports without an account. */
  @Transactional
  public Opened reportPublicly(Report report) {
    return open(report, null, county(), Channel.CITIZEN_PAGE, Set.of(Channel.CITIZEN_PAGE, "open311"));
  }

  /** What others have reported of the same kind close by. @throws InvalidInput when category or place are none */
  List<Nearby> nearby(String category, String area, Report.Location location) {
    return nearby.like(new Report(null, null, "?", null, category, area, location, null, null, null, null)
        .checked(codes(), county(), Channel.CITIZEN_PAGE, Channel.ALL, clock));
  }

  /**
   * Somebody has met with what another has reported: their own case file, merged into the older one at once, as a
   * dispatcher would. What the older one says stays its reporter's.
   *
   * @param text what there is to add; may be missing
   */
  @Transactional
  public CaseFile join(String ref, String text, Report.Location location, Report.Person reporter) {
    CaseFile older = nearby.open(ref);
    String title = "我也遇到：" + categories.usable(older.category()).map(Category::name).orElse("同一问题");
    CaseFile own = reportPublicly(new Report(older.process(), null, title, text, older.category(), older.area(), location,
        older.urgency(), reporter, null, null)).file();
    return actions.actAsReporter(own, "merge",
        Map.of("mergeInto", older.number(), "reason", "反映人从附近的同类反映中认出是同一件事。"))
        .orElseThrow(() -> new Conflict("not-listening", "现在不能并入先前的反映，请直接提交您的反映。",
            "It cannot join the older report now; send your own report."));
  }

  /**
   * Opens a case of another type from a running one: same matter, place and urgency. Who acts in the running case has
   * been checked by its own process.
   *
   * @param answers answers to the other type's start form; what it does not ask is left out
   */
  @Transactional
  public CaseFile openLinked(CaseFile from, String type, Map<String, Object> answers) {
    CaseProcess.CaseType wanted = process.type(type).orElseThrow(
        () -> new IllegalStateException(from.process() + " opens cases of an unknown type: " + type));
    NewCase report = new NewCase(type, from.channel(), from.title(), from.description(), from.category(), from.area(),
        from.lng(), from.lat(), from.urgency(), Reporter.ANONYMOUS, from.occurredAt());
    CaseFile file = start(wanted, report, me.current(), forms.asked(wanted.startForm(), answers));
    register.link(from.number(), file);
    return file;
  }

  /** What the start of that type asks; without a form of its own nothing beyond the report. */
  ReportController.StartForm startForm(String type) {
    CaseProcess.CaseType found = process.type(type).filter(t -> t.mayStart(me.current())).orElseThrow(
        () -> new NotFound("没有这种案件类型，或者您不能发起。", "No such case type, or you may not start it."));
    return new ReportController.StartForm(found.startForm(), forms.startData());
  }

  private Opened open(Report report, Official by, String area, String channel, Set<String> channels) {
    NewCase checked = report.checked(codes(), area, channel, channels, clock);
    CaseProcess.CaseType type = process.type(checked.process()).orElseThrow();
    if (!type.mayStart(by)) {
      throw new Forbidden("您的单位或岗位不能发起“" + type.name() + "”。",
          "Neither your unit nor your posts allow starting: " + type.nameEn() + ".");
    }
    CaseFile file = start(type, checked, by, report.answers() == null ? Map.of() : report.answers());
    return new Opened(file, dutyList.propose(file.category(), file.area()));
  }

  private CaseFile start(CaseProcess.CaseType type, NewCase checked, Official by, Map<String, Object> answers) {
    FormAnswers.Filed filed = forms.checkStart(type.startForm(), answers);
    CaseFile file = register.open(checked, by, filed.answers());
    Map<String, Object> variables = Actions.routing(file);
    variables.putAll(filed.variables());
    process.start(file.number(), file.process(), variables);
    return register.file(file.number());
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

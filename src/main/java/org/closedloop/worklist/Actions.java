package org.closedloop.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseProcess.Listening;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.casefile.journal.Milestone;
import org.closedloop.deadline.Allowances;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What may happen beside the open work: the messages the case listens to, with the forms, posts and rules the model
 * gives them. There is no code per action.
 */
@Service
public class Actions {

  private static final String REPORTER = "reporter";

  private final CaseProcess process;
  private final CaseRegister register;
  private final ActionRules rules;
  private final WorkItemMapper items;
  private final Allowances allowances;
  private final WorkingCalendar.Source calendar;
  private final Clocks clocks;
  private final FormAnswers forms;
  private final Journal journal;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  Actions(CaseProcess process, CaseRegister register, ActionRules rules, WorkItemMapper items,
      Allowances allowances, WorkingCalendar.Source calendar, Clocks clocks, FormAnswers forms, Journal journal, Organisation organisation, Me me, Clock clock) {
    this.process = process;
    this.register = register;
    this.rules = rules;
    this.items = items;
    this.allowances = allowances;
    this.calendar = calendar;
    this.clocks = clocks;
    this.forms = forms;
    this.journal = journal;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  /** The actions this reader may take now; what the rules forbid is left out. */
  List<Listening> offered(CaseFile file, Official reader) {
    List<Listening> mine = listening(file).stream().filter(a -> isFor(a, file, reader)).toList();
    if (mine.isEmpty()) {
      return mine;
    }
    Standing standing = standing(file);
    Set<String> keys = new HashSet<>();
    return mine.stream().filter(a -> verdict(file, a, standing).allowed()).filter(a -> keys.add(a.key())).toList();
  }

  /** @throws Conflict when the case does not listen to it */
  WorkItems.FormOf form(String number, String key) {
    CaseFile file = register.mustSee(number);
    Listening action = mine(file, key, me.current()).get(0);
    return new WorkItems.FormOf(action.form(), forms.shown(file, asked(action)));
  }

  @Transactional
  CaseFile act(String number, String key, Map<String, Object> answers) {
    CaseFile file = register.mustSeeLocked(number);
    Official by = me.current();
    return perform(file, chosen(mine(file, key, by), answers), by, answers);
  }

  /**
   * The reporter acts through the public page; the tracking code has been checked.
   *
   * @return empty when the case does not listen to it now
   */
  @Transactional
  public Optional<CaseFile> actAsReporter(CaseFile file, String key, Map<String, Object> answers) {
    CaseFile locked = register.lock(file.number());
    return listening(locked).stream().filter(a -> a.key().equals(key) && a.who().contains(REPORTER)).findFirst()
        .map(action -> perform(locked, action, null, answers));
  }

  private CaseFile perform(CaseFile file, Listening action, Official by, Map<String, Object> answers) {
    ActionRules.Verdict verdict = verdict(file, action, standing(file));
    if (!verdict.allowed()) {
      throw new Conflict("action-refused", verdict.why().zh(), verdict.why().en());
    }
    FormAnswers.Filed filed = forms.check(asked(action), answers, file);
    Map<String, Object> variables = new HashMap<>(filed.variables());
    if (verdict.by() != null) {
      variables.put("decidedBy", verdict.by());
    }
    CaseFile acting = file;
    if (!file.open()) {
      acting = register.reopen(file, file.mergedInto() == null);
      variables.putAll(routing(acting));
    }
    journal.file(acting, "action", action.key(), Words.of(action.name(), action.nameEn()), by, behalf(action, file, by), null,
        filed.answers(),
        filed.publicText(), place(action));
    forms.settle(acting, filed);
    process.deliver(file.number(), action, variables);
    return register.file(file.number());
  }

  /** The facts a process starts with. */
  public static Map<String, Object> routing(CaseFile file) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("category", file.category());
    variables.put("area", file.area());
    variables.put("urgency", file.urgency());
    variables.put("leadUnit", file.leadUnit());
    return variables;
  }

  private List<Listening> listening(CaseFile file) {
    return file.open() ? process.listening(file.number()) : process.listeningAfter(file.process(), file.stage());
  }

  /** What of that name this person may do; several where units are called side by side, never none. */
  private List<Listening> mine(CaseFile file, String key, Official by) {
    List<Listening> all = listening(file).stream().filter(a -> a.key().equals(key)).toList();
    if (all.isEmpty()) {
      throw new Conflict("not-listening", "案卷当前状态不能进行这项操作，请刷新后查看可用操作。",
          "The case does not allow this now; reload to see what it does allow.");
    }
    List<Listening> mine = all.stream().filter(a -> isFor(a, file, by)).toList();
    if (mine.isEmpty()) {
      throw new Forbidden("您的单位或岗位不能进行“" + all.get(0).name() + "”。",
          "Neither your unit nor your posts allow: " + all.get(0).nameEn() + ".");
    }
    return mine;
  }

  /** Where units are called side by side, the answer says which one is meant; elsewhere there is but one. */
  private static Listening chosen(List<Listening> mine, Map<String, Object> answers) {
    String field = mine.get(0).unitField();
    Object meant = field == null || answers == null ? null : answers.get(field);
    if (meant == null && mine.size() == 1 || field == null) {
      return mine.get(0);
    }
    return mine.stream().filter(a -> a.unit() != null && a.unit().equals(meant)).findFirst()
        .orElseThrow(() -> InvalidInput.at("answers." + field, "请选择一个在场的单位。",
            "Choose one of the units concerned."));
  }

  private static WorkQueue.Asked asked(Listening action) {
    return new WorkQueue.Asked(action.process(), action.definition(), action.form(), null, Map.of(), place(action));
  }

  private static Journal.Place place(Listening action) {
    return new Journal.Place(action.instance(), null);
  }

  private boolean isFor(Listening action, CaseFile file, Official by) {
    return postsFor(action, file, by).findAny().isPresent();
  }

  /** The posts of this person for which the action is. */
  private Stream<String> postsFor(Listening action, CaseFile file, Official by) {
    return action.who().stream().filter(w -> !w.equals(REPORTER)).map(w -> w.split(":", 2))
        .filter(w -> w.length == 2 && by.unit().code().equals(unit(w[0], file, action)))
        .map(w -> w[1]).filter(post -> by.posts().stream().anyMatch(p -> p.code().equals(post)));
  }

  /** In whose place the person acts; null when any of their own posts allows it. */
  private String behalf(Listening action, CaseFile file, Official by) {
    if (by == null || by.standsIn().isEmpty()) {
      return null;
    }
    List<String> posts = postsFor(action, file, by).toList();
    return posts.stream().anyMatch(p -> by.behalfOf(p, null) == null) ? null
        : posts.stream().map(p -> by.behalfOf(p, null)).findFirst().orElse(null);
  }

  /**
   * The unit words of models: centre, lead, area (the township in which the case lies), own (the unit that was called,
   * where several are).
   */
  private String unit(String word, CaseFile file, Listening action) {
    return switch (word) {
      case "own" -> action.unit();
      case "centre" -> organisation.commandCentreFor(file.area()).code();
      case "lead" -> file.leadUnit();
      case "area" -> organisation.climb(file.area(), org.closedloop.organisation.UnitKind.TOWNSHIP)
          .map(u -> u.code()).orElse(null);
      default -> null;
    };
  }

  /** How the case stands, read once for all its actions. */
  private record Standing(Instant now, List<Running> clocks, List<Milestone> milestones, boolean claimed) {

    Map<String, Integer> counts(CaseFile file, Listening action) {
      return Journal.counts(milestones, file.round(), action.process(), action.unit());
    }

    /** The clock of the stage; where units are called side by side, the first one of that unit's call. */
    Optional<Running> stage(CaseFile file, Listening action) {
      return clocks.stream().filter(c -> action.unit() == null ? c.key().equals(file.stage())
          : c.processInstance().equals(action.instance())).findFirst();
    }

    Optional<Milestone> last(String key, Listening action) {
      return milestones.stream().filter(m -> m.key().equals(key))
          .filter(m -> action.unit() == null || action.unit().equals(m.unit())).reduce((first, last) -> last);
    }
  }

  private Standing standing(CaseFile file) {
    return new Standing(clock.instant(), clocks.running(file.number()), journal.milestones(file.number()),
        items.ofCase(file.number()).stream().anyMatch(i -> i.task().equals(file.stage()) && i.assignee() != null));
  }

  private ActionRules.Verdict verdict(CaseFile file, Listening action, Standing standing) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("action", action.key());
    facts.put("stage", file.stage());
    facts.put("pending", action.pending());
    facts.put("claimed", standing.claimed());
    Optional<Running> stage = standing.stage(file, action);
    facts.put("late", stage.map(c -> c.due().toInstant().isBefore(standing.now())).orElse(false));
    facts.put("suspended", stage.map(c -> c.pausedSince() != null).orElse(false));
    facts.put("expired", expired(file, action, standing));
    facts.put("milestones", standing.counts(file, action));
    return rules.verdict(action.definition(), facts);
  }

  /** Whether the window of that action, a row of the deadlines table, is over; without a row there is none. */
  private boolean expired(CaseFile file, Listening action, Standing standing) {
    return allowances
        .row(action.process(), action.definition(), action.key(), file.urgency(), standing.counts(file, action))
        .filter(row -> row.since() != null)
        .flatMap(row -> standing.last(row.since(), action).map(Milestone::at)
            .map(since -> calendar.current().dueAt(since, row.allowance().amount(), row.allowance().unit())))
        .map(until -> until.toInstant().isBefore(standing.now())).orElse(false);
  }
}

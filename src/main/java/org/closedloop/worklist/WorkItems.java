package org.closedloop.worklist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.Sight;
import org.closedloop.organisation.Unit;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 待办: lists, claims, hands over and completes work items. Every change locks the case first. */
@Service
public class WorkItems {

  private final WorkItemMapper items;
  private final ListCounts counts;
  private final DoneItemMapper done;
  private final WorkQueue queue;
  private final CaseRegister register;
  private final Journal journal;
  private final FormAnswers forms;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  WorkItems(WorkItemMapper items, ListCounts counts, DoneItemMapper done, WorkQueue queue, CaseRegister register,
      Journal journal, FormAnswers forms, Organisation organisation, Me me, Clock clock) {
    this.items = items;
    this.counts = counts;
    this.done = done;
    this.queue = queue;
    this.register = register;
    this.journal = journal;
    this.forms = forms;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  /** A page of a work list and the counts of the whole list; see {@link ListCounts}. */
  record Listed(Page<WorkItem> page, WorkItemMapper.Counts counts) {}

  /**
   * @param scope {@code mine}: claimed by me; {@code unit}: what my posts may take (leaders: all of the unit's);
   *              {@code all}: every item of a case I may see
   */
  Listed list(String scope, ItemFilter filter, Cursor after, int limit) {
    WorkItemMapper.Scope s = scope(scope);
    String areaPath = areaPath(filter);
    Instant now = clock.instant();
    Sight sight = me.sight();
    if (scope.equals("all") && sight.nothing()) {
      return new Listed(new Page<>(List.of(), null), new WorkItemMapper.Counts(0, 0, 0, 0));
    }
    List<WorkItem> rows = items.list(s, filter, sight, areaPath, after, now, limit + 1);
    Page<WorkItem> page = Page.cut(rows, limit,
        i -> new Cursor(filter.byCreated() ? i.createdAt() : i.dueAt(), i.itemId()));
    return new Listed(page, counts.of(s, filter, sight, areaPath, now));
  }

  private WorkItemMapper.Scope scope(String scope) {
    Official by = me.current();
    boolean leads = by.holds(Post.DUTY_LEADER);
    List<String> posts = leads ? null : by.posts().stream().map(Post::code).sorted().toList();
    return new WorkItemMapper.Scope(scope, by.username(), by.unit().code(), posts,
        by.standsIn().stream().map(Official.StandIn::username).toList());
  }

  private String areaPath(ItemFilter filter) {
    return filter.area() == null ? null
        : organisation.area(filter.area()).map(a -> a.path()).orElse("no such area");
  }

  /** How long the list is, with its light. */
  long count(String scope, ItemFilter filter) {
    Sight sight = me.sight();
    WorkItemMapper.Counts c = scope.equals("all") && sight.nothing() ? new WorkItemMapper.Counts(0, 0, 0, 0)
        : items.counts(scope(scope), filter, sight, areaPath(filter), clock.instant());
    return filter.light() == null ? c.all() : switch (filter.light()) {
      case "green" -> c.green();
      case "yellow" -> c.yellow();
      case "red" -> c.red();
      default -> c.grey();
    };
  }

  /** Hands over one item of the list after the other, without holding them; the caller has a transaction open. */
  void each(String scope, ItemFilter filter, Instant now, Consumer<WorkItem> row) {
    Sight sight = me.sight();
    if (scope.equals("all") && sight.nothing()) {
      return;
    }
    try (var found = items.each(scope(scope), filter, sight, areaPath(filter), now)) {
      found.forEach(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The case's open items, soonest first. */
  List<WorkItem> ofCase(String number) {
    return items.ofCase(number);
  }

  /** A form and what it starts with. */
  record FormOf(String schema, Map<String, Object> data) {}

  FormOf form(String itemId) {
    Question question = question(itemId);
    return new FormOf(question.asked().schema(), forms.shown(question.file(), question.asked()));
  }

  /**
   * An open item that the reader may do.
   *
   * @param task id of the user task
   * @param unit the reader's, whose item it is
   */
  public record Question(String task, String unit, CaseFile file, WorkQueue.Asked asked) {}

  /**
   * What an item asks of whoever may do it.
   *
   * @throws NotFound     no such item, or its case is not the reader's to see
   * @throws Forbidden    it is for others to do
   * @throws WorkItemGone it was done meanwhile
   */
  public Question question(String itemId) {
    List<WorkItem> rows = items.rows(itemId);
    if (rows.isEmpty()) {
      throw gone(itemId);
    }
    CaseFile file = register.mustSee(rows.get(0).caseNumber());
    WorkItem item = mayDo(rows, me.current()).orElseThrow(WorkItems::notYours);
    return new Question(item.task(), item.unit(), file, queue.asked(itemId));
  }

  @Transactional
  WorkItem claim(String itemId) {
    Official by = me.current();
    WorkItem item = mustDo(itemId, by);
    if (!by.username().equals(item.assignee())) {
      queue.assign(itemId, by.username());
    }
    return items.rows(itemId).get(0);
  }

  @Transactional
  WorkItem release(String itemId) {
    Official by = me.current();
    WorkItem item = locked(itemId);
    if (item.assignee() == null) {
      return item;
    }
    if (!holds(by, item) && !leads(by, item)) {
      throw new Forbidden("只有签收人或本单位负责人可以释放这件待办。",
          "Only the person who claimed it or the unit's leader may release this item.");
    }
    queue.assign(itemId, null);
    return items.rows(itemId).get(0);
  }

  /** Hands the item to a colleague who may do it. Moves no deadline. */
  @Transactional
  WorkItem assign(String itemId, String username) {
    Official by = me.current();
    WorkItem item = locked(itemId);
    List<WorkItem> rows = items.rows(itemId);
    boolean own = item.assignee() != null && holds(by, item) || item.assignee() == null && mayDo(rows, by).isPresent();
    if (!own && !leads(by, item)) {
      throw new Forbidden("只有签收人或本单位负责人可以转交这件待办。",
          "Only the person who claimed it or the unit's leader may hand this item over.");
    }
    Official to = organisation.official(username).filter(o -> organisation.enabled(o.username()))
        .orElseThrow(() -> InvalidInput.at("official", "没有这位经办人员。", "No such official."));
    if (mayDo(rows, to).isEmpty()) {
      throw InvalidInput.at("official", "该人员的单位或岗位不能办理这件待办，请另选人员。",
          "Neither the unit nor the posts of this official allow the item; choose somebody else.");
    }
    queue.assign(itemId, to.username());
    return items.rows(itemId).get(0);
  }

  /** What a completion answers: the case as it stands, and what the same person may do next in it. */
  record Completed(CaseFile file, List<WorkItem> next) {}

  /** Files the answers, completes the task and lets the case run on; all of it or nothing. */
  @Transactional
  Completed complete(String itemId, Map<String, Object> answers) {
    Official by = me.current();
    WorkItem item = mustDo(itemId, by);
    CaseFile file = register.file(item.caseNumber());
    WorkQueue.Asked asked = queue.asked(itemId);
    FormAnswers.Filed filed = forms.check(asked, answers, file);
    journal.file(file, "answer", item.task(), Words.of(item.name(), item.nameEn()), by,
        by.behalfOf(item.post(), item.assignee()), itemId, filed.answers(), filed.publicText(), asked.place());
    register.concerns(file.number(), by.unit().code(), "handling");
    forms.settle(file, filed);
    queue.complete(itemId, by.username(), filed.variables());
    CaseFile after = register.file(file.number());
    List<WorkItem> next = items.ofCase(file.number()).stream()
        .filter(i -> mayDo(items.rows(i.itemId()), by).isPresent())
        .filter(i -> i.assignee() == null || holds(by, i)).toList();
    return new Completed(after, next);
  }

  /** The item, when this person may do it now; the case is locked. */
  private WorkItem mustDo(String itemId, Official by) {
    WorkItem first = locked(itemId);
    WorkItem item = mayDo(items.rows(itemId), by).orElseThrow(WorkItems::notYours);
    if (item.assignee() != null && !holds(by, item) && mayStill(itemId, item.assignee())) {
      throw WorkItemGone.held(name(item.assignee()), unitName(first.unit()), item.claimedAt());
    }
    return item;
  }

  private WorkItem locked(String itemId) {
    if (itemId.indexOf('\0') >= 0) {
      throw noSuchItem();
    }
    List<WorkItem> before = items.rows(itemId);
    if (before.isEmpty()) {
      throw gone(itemId);
    }
    register.mustSeeLocked(before.get(0).caseNumber());
    List<WorkItem> rows = items.rows(itemId);
    if (rows.isEmpty()) {
      throw gone(itemId);
    }
    return rows.get(0);
  }

  boolean mayDo(String itemId, Official by) {
    return mayDo(items.rows(itemId), by).isPresent();
  }

  /** The row by which the person may do the item; the unit that did {@code notBy} may not. */
  private Optional<WorkItem> mayDo(List<WorkItem> rows, Official by) {
    return rows.stream()
        .filter(r -> r.unit().equals(by.unit().code()) && by.posts().stream().anyMatch(p -> p.code().equals(r.post())))
        .filter(r -> r.notBy() == null
            || !by.unit().code().equals(done.unitOf(r.caseNumber(), r.round(), r.notBy())))
        .findFirst();
  }

  /** The person's own item, or one of somebody they act for. */
  private static boolean holds(Official by, WorkItem item) {
    return by.username().equals(item.assignee()) || by.actsFor(item.assignee());
  }

  /** Whoever has lost the account, the post or the delegation since keeps nobody else from doing the item. */
  private boolean mayStill(String itemId, String assignee) {
    return organisation.enabled(assignee)
        && organisation.official(assignee).filter(o -> mayDo(itemId, o)).isPresent();
  }

  private static boolean leads(Official by, WorkItem item) {
    return by.holds(Post.DUTY_LEADER) && by.unit().code().equals(item.unit());
  }

  private RuntimeException gone(String itemId) {
    DoneItemMapper.DoneItem d = done.find(itemId);
    if (d == null) {
      return noSuchItem();
    }
    register.mustSee(d.caseNumber());
    return d.official() == null ? WorkItemGone.cancelled(d.at())
        : WorkItemGone.completed(name(d.official()), unitName(d.unit()), d.at());
  }

  /** Of an official, the username where there is no such person any more. */
  String name(String username) {
    return organisation.official(username).map(Official::name).orElse(username);
  }

  private String unitName(String code) {
    return organisation.unit(code).map(Unit::name).orElse(code);
  }

  private static NotFound noSuchItem() {
    return new NotFound("没有这件待办，或者它不在您的查看范围内。", "No such work item, or it is not yours to see.");
  }

  private static Forbidden notYours() {
    return new Forbidden("这件待办不属于您的单位或岗位，或者办理单位不得核查本单位办理的案件。",
        "This item is not for your unit or post, or it must not be done by the unit that did the work.");
  }
}

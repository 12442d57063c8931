package org.closedloop.worklist.reply;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.audit.Changed;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.worklist.WorkItems;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the templates, and fills those that fit a work item with the facts of its case. */
@Service
public class ReplyTemplates {

  /** As many as a list can be looked through, and as one answer can carry. */
  static final int MOST = 500;

  /** A template as it is offered; {@code field} is the key in the item's form. */
  public record Offered(long id, String field, String title, String titleEn, String text) {}

  private final ReplyTemplateMapper rows;
  private final ReplyTemplateCheck check;
  private final ReplyFields fields;
  private final CaseInWords words;
  private final WorkItems items;
  private final Audit audit;

  ReplyTemplates(ReplyTemplateMapper rows, ReplyTemplateCheck check, ReplyFields fields, CaseInWords words,
      WorkItems items, Audit audit) {
    this.rows = rows;
    this.check = check;
    this.fields = fields;
    this.words = words;
    this.items = items;
    this.audit = audit;
  }

  /** By field, those for everybody first. */
  List<ReplyTemplate> all() {
    return rows.all();
  }

  /**
   * What somebody who may do this item can begin its answers with, the most specific first.
   *
   * @throws NotFound                               there is no such item, or its case is not the reader's to see
   * @throws org.closedloop.problem.Forbidden       it is for somebody else to do
   * @throws org.closedloop.worklist.WorkItemGone   it was done meanwhile
   */
  List<Offered> fitting(String itemId) {
    WorkItems.Question question = items.question(itemId);
    Set<String> keys = ReplyFields.of(question.asked().schema());
    if (keys.isEmpty()) {
      return List.of();
    }
    Map<String, String> values = words.of(question.file());
    return rows.fitting(question.task(), question.file().category(), question.unit()).stream()
        .map(t -> new Offered(t.id(), t.field().substring(t.field().indexOf('.') + 1), t.title(), t.titleEn(),
            ReplyText.filled(t.text(), values)))
        .filter(t -> keys.contains(t.field())).toList();
  }

  /** @throws InvalidInput with a finding at each wrong part; nothing is kept then */
  @Transactional
  ReplyTemplate add(ReplyTemplate wanted) {
    rows.oneWriter();
    List<ReplyTemplate> all = rows.all();
    mustFit(wanted, all);
    if (all.size() >= MOST) {
      throw InvalidInput.at("title", "模板已有 " + MOST + " 个，请先删除不用的。",
          "There are " + MOST + " templates already; delete some first.");
    }
    note(null, wanted);
    return wanted.with(rows.add(wanted));
  }

  @Transactional
  ReplyTemplate change(ReplyTemplate wanted) {
    rows.oneWriter();
    List<ReplyTemplate> all = rows.all();
    ReplyTemplate before = find(wanted.id(), all);
    mustFit(wanted, all);
    if (!wanted.equals(before)) {
      note(before, wanted);
      rows.put(wanted);
    }
    return wanted;
  }

  @Transactional
  void remove(long id) {
    rows.oneWriter();
    ReplyTemplate gone = find(id, rows.all());
    audit.note("reply-template", gone.key(), gone.title(), "removed", List.of(Change.of("text", gone.text(), null)));
    rows.remove(id);
  }

  private static ReplyTemplate find(long id, List<ReplyTemplate> all) {
    return all.stream().filter(t -> t.id() == id).findFirst()
        .orElseThrow(() -> new NotFound("没有这个回复模板，可能已被删除。", "There is no such template; it may have been deleted."));
  }

  private void mustFit(ReplyTemplate wanted, List<ReplyTemplate> all) {
    List<FieldError> faults = check.faults(wanted, fields.all());
    if (!faults.isEmpty()) {
      throw new InvalidInput(faults);
    }
    if (all.stream().anyMatch(t -> t.id() != wanted.id() && t.key().equals(wanted.key()))) {
      throw InvalidInput.at("title", "同一填写项、分类和单位下已有同名的模板。",
          "There is a template of that name for the same question, category and unit.");
    }
  }

  private void note(ReplyTemplate before, ReplyTemplate after) {
    audit.note("reply-template", List.of(changed(before, after)));
  }

  /** Numbers of rows say nothing to people. */
  static Changed changed(ReplyTemplate before, ReplyTemplate after) {
    return Changed.of(after.key(), after.title(), before == null ? null : before.with(0), after.with(0));
  }
}

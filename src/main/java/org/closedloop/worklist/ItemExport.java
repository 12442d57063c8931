package org.closedloop.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.export.CodeWords;
import org.closedloop.casefile.export.ExportNames;
import org.closedloop.casefile.export.ExportTable;
import org.closedloop.casefile.export.ExportTable.Column;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** A work list as a table: what the list shows, of exactly the items it shows. */
@Component
class ItemExport {

  private static final List<Column> COLUMNS = List.of(
      Column.of("时限", "Light", 10), Column.of("截止时间", "Due", 17), Column.of("环节", "Stage", 16),
      Column.of("事项", "Matter", 44), Column.of("案卷编号", "Case number", 20), Column.of("案件类型", "Case type", 18),
      Column.of("分类", "Category", 20), Column.of("区域", "Area", 22), Column.of("紧急程度", "Urgency", 10),
      Column.of("轮次", "Round", 7), Column.of("单位", "Unit", 24), Column.of("经办人", "Official", 12),
      Column.of("到达时间", "Arrived", 17));

  private final WorkItems items;
  private final CaseProcess process;
  private final Categories categories;
  private final Organisation organisation;
  private final Clock clock;

  ItemExport(WorkItems items, CaseProcess process, Categories categories, Organisation organisation, Clock clock) {
    this.items = items;
    this.process = process;
    this.categories = categories;
    this.organisation = organisation;
    this.clock = clock;
  }

  ExportTable table(String scope, ItemFilter filter, Locale locale) {
    Instant now = clock.instant();
    return new ExportTable("work-items", Words.of("待办", "work-items"), COLUMNS,
        most -> (int) Math.min(most, items.count(scope, filter)),
        row -> {
          ExportNames names = new ExportNames(process, categories, organisation, clock, locale);
          items.each(scope, filter, now, i -> row.accept(cells(i, names, now)));
        });
  }

  private Object[] cells(WorkItem i, ExportNames names, Instant now) {
    return new Object[] {names.in(CodeWords.light(i.light(now).code())), names.moment(i.dueAt()),
        names.in(Words.of(i.name(), i.nameEn())), i.title(), i.caseNumber(), names.type(i.process()),
        names.category(i.category()), names.place(i.area()), names.in(CodeWords.urgency(i.urgency())), i.round(),
        names.unit(i.unit()), i.assignee() == null ? null : items.name(i.assignee()), names.moment(i.createdAt())};
  }
}

package org.closedloop.casefile;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.export.CodeWords;
import org.closedloop.casefile.export.ExportNames;
import org.closedloop.casefile.export.ExportTable;
import org.closedloop.casefile.export.ExportTable.Column;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** The list of cases as a table: what the list shows, of exactly the cases it shows, and so nothing of who reported. */
@Component
class CaseExport {

  private static final List<Column> COLUMNS = List.of(
      Column.of("案卷编号", "Case number", 20), Column.of("事项", "Matter", 44), Column.of("案件类型", "Case type", 18),
      Column.of("环节", "Stage", 14), Column.of("时限", "Light", 10), Column.of("截止时间", "Due", 17),
      Column.of("主办单位", "Lead unit", 24), Column.of("分类", "Category", 20), Column.of("区域", "Area", 22),
      Column.of("紧急程度", "Urgency", 10), Column.of("来源渠道", "Channel", 14), Column.of("轮次", "Round", 7),
      Column.of("登记时间", "Opened", 17), Column.of("办结时间", "Ended", 17));

  private final CaseRegister register;
  private final CaseProcess process;
  private final Categories categories;
  private final Organisation organisation;
  private final Clock clock;

  CaseExport(CaseRegister register, CaseProcess process, Categories categories, Organisation organisation, Clock clock) {
    this.register = register;
    this.process = process;
    this.categories = categories;
    this.organisation = organisation;
    this.clock = clock;
  }

  ExportTable table(CaseFilter filter, Sight sight, Locale locale) {
    Instant now = clock.instant();
    return new ExportTable("cases", Words.of("案卷", "cases"), COLUMNS,
        most -> register.countByLight(filter, sight, most).values().stream().mapToInt(Integer::intValue).sum(),
        row -> {
          ExportNames names = new ExportNames(process, categories, organisation, clock, locale);
          register.each(filter, sight, now, c -> row.accept(cells(c, names, now)));
        });
  }

  private static Object[] cells(CaseRow c, ExportNames names, Instant now) {
    return new Object[] {c.number(), c.title(), names.type(c.process()), names.step(c.process(), c.stage()),
        names.in(CodeWords.light(c.light(now).code())), names.moment(c.dueAt()), names.unit(c.leadUnit()),
        names.category(c.category()), names.place(c.area()), names.in(CodeWords.urgency(c.urgency())),
        names.in(CodeWords.channel(c.channel())), c.round(), names.moment(c.openedAt()), names.moment(c.closedAt())};
  }
}

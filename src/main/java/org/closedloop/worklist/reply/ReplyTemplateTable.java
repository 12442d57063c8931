package org.closedloop.worklist.reply;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Changed;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.TableFormat;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Templates as a table, CSV or Excel, in and out. A row is known by its field, category, unit and title; templates that
 * a file does not mention stay.
 */
@Service
public class ReplyTemplateTable {

  /**
   * What an import did, or in a dry run would do.
   *
   * @param changes the templates that are new or differ
   */
  public record Outcome(int created, int changed, int unchanged, boolean dryRun, List<Changed> changes) {}

  private static final String SHIPPED = "reference/reply-templates.csv";
  private static final List<String> REQUIRED = List.of("field", "title", "text");
  private static final List<String> OPTIONAL = List.of("title_en", "category", "unit", "active");
  private static final List<String> COLUMNS =
      List.of("field", "title", "title_en", "category", "unit", "active", "text");

  private final ReplyTemplateMapper rows;
  private final ReplyTemplateCheck check;
  private final ReplyFields fields;
  private final Audit audit;

  ReplyTemplateTable(ReplyTemplateMapper rows, ReplyTemplateCheck check, ReplyFields fields, Audit audit) {
    this.rows = rows;
    this.check = check;
    this.fields = fields;
    this.audit = audit;
  }

  /**
   * Adds and changes templates, all rows or none.
   *
   * @throws org.closedloop.problem.InvalidInput naming every wrong row
   */
  @Transactional
  public Outcome keep(InputStream file, boolean dryRun) {
    rows.oneWriter();
    CsvTable table = CsvTable.read(file, "file", REQUIRED, OPTIONAL);
    Map<String, ReplyTemplate> before = new LinkedHashMap<>();
    rows.all().forEach(t -> before.put(t.key(), t));
    List<ReplyTemplate> wanted = checked(table, before);
    List<Changed> changes = new ArrayList<>();
    int created = 0;
    for (ReplyTemplate template : wanted) {
      ReplyTemplate old = before.get(template.key());
      if (old != null && template.with(old.id()).equals(old)) {
        continue;
      }
      changes.add(ReplyTemplates.changed(old, template));
      created += old == null ? 1 : 0;
      if (!dryRun && old == null) {
        rows.add(template);
      } else if (!dryRun) {
        rows.put(template.with(old.id()));
      }
    }
    if (!dryRun) {
      audit.note("reply-template", changes);
    }
    return new Outcome(created, changes.size() - created, wanted.size() - changes.size(), dryRun, changes);
  }

  private List<ReplyTemplate> checked(CsvTable table, Map<String, ReplyTemplate> before) {
    Collection<ReplyField> known = fields.all();
    Map<String, ReplyTemplate> wanted = new LinkedHashMap<>();
    int most = ReplyTemplates.MOST - before.size();
    for (CsvRow row : table.rows()) {
      ReplyTemplate template = template(row);
      check.faults(template, known).forEach(fault -> row.wrong(fault.field().replace("titleEn", "title_en"),
          fault.message().zh(), fault.message().en()));
      if (wanted.putIfAbsent(template.key(), template) != null) {
        row.wrong("title", "与前面的行重复。", "stands in an earlier row already.");
      } else if (!before.containsKey(template.key()) && most-- == 0) {
        row.wrong("title", "模板最多 " + ReplyTemplates.MOST + " 个。",
            "there may be " + ReplyTemplates.MOST + " templates.");
      }
    }
    table.errors().throwIfAny();
    return List.copyOf(wanted.values());
  }

  private static ReplyTemplate template(CsvRow row) {
    return new ReplyTemplate(0, row.text("field"), row.text("title"), orNull(row.text("title_en")),
        ReplyText.normal(row.text("text")), orNull(row.text("category")), orNull(row.text("unit")),
        row.text("active").isEmpty() || row.yesNo("active"));
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** The templates as a file that can be imported again. */
  byte[] exported(TableFormat format) {
    var out = new ByteArrayOutputStream();
    try (var table = format.open(out, COLUMNS)) {
      rows.all().forEach(t ->
          table.row(t.field(), t.title(), t.titleEn(), t.category(), t.unit(), t.active(), t.text()));
    }
    return out.toByteArray();
  }

  /** Brings the shipped templates where there never was one. */
  @Transactional
  public void ship() {
    rows.oneWriter();
    if (!rows.begun()) {
      CsvTable.resource(SHIPPED, REQUIRED, OPTIONAL).rows().forEach(row -> rows.add(template(row)));
    }
  }
}

package org.closedloop.casefile.category;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Changed;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.TableFormat;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps the category tree: CSV or Excel in and out. Categories that a file does not mention stay; one that is no longer wanted is
 * marked {@code retired}, because old cases and old duty lists name it.
 */
@Service
public class CategoryUpkeep {

  /**
   * What an import did, or in a dry run would do.
   *
   * @param changes the first {@value #TOLD} categories that are new or differ
   */
  public record Outcome(int created, int changed, int unchanged, boolean dryRun, List<Changed> changes) {}

  private static final int TOLD = 500;

  private static final String SHIPPED = "reference/categories.csv";
  private static final List<String> REQUIRED = List.of("code", "name", "name_en");
  private static final List<String> OPTIONAL = List.of("level", "parent", "retired");
  private static final Pattern CODE = Pattern.compile("([0-9]{2}){1,3}");
  private static final int LONGEST = 100;

  private final Categories categories;
  private final CategoryMapper rows;
  private final CategoryChangeMapper numbers;
  private final Audit audit;

  CategoryUpkeep(Categories categories, CategoryMapper rows, CategoryChangeMapper numbers, Audit audit) {
    this.audit = audit;
    this.categories = categories;
    this.rows = rows;
    this.numbers = numbers;
  }

  /**
   * Adds and renames categories, all rows or none.
   *
   * @throws org.closedloop.problem.InvalidInput naming every wrong row
   */
  @Transactional
  public Outcome keep(InputStream file, boolean dryRun) {
    return keep(CsvTable.read(file, "file", REQUIRED, OPTIONAL), dryRun, true);
  }

  /** Adds or changes one category; {@code file} in a finding means this one. */
  @Transactional
  public Category keepOne(String code, String name, String nameEn, boolean retired) {
    var out = new ByteArrayOutputStream();
    try (var table = TableFormat.CSV.open(out, List.of("code", "name", "name_en", "retired"))) {
      table.row(code, name, nameEn, retired);
    }
    try {
      keep(CsvTable.read(new ByteArrayInputStream(out.toByteArray()), "file", REQUIRED, OPTIONAL), false, true);
    } catch (InvalidInput wrong) {
      // one row is one form: its columns are the fields
      throw new InvalidInput(wrong.errors().stream().map(e -> new FieldError(
          e.field().replaceFirst("^rows\\[2]\\.", "").replace("name_en", "nameEn"),
          Words.of(e.message().zh().replaceFirst("^第 2 行 ?\\w*：", ""), e.message().en().replaceFirst("^Row 2 ?\\w*: ", "")))).toList());
    }
    return rows.all().stream().filter(c -> c.code().equals(code.strip())).findFirst().orElseThrow();
  }

  /** Fills an empty table with the tree the product ships. */
  @Transactional
  public void fillWhenEmpty() {
    numbers.count();
    if (rows.all().isEmpty()) {
      keep(CsvTable.resource(SHIPPED, REQUIRED, OPTIONAL), false, false);
    }
  }

  private Outcome keep(CsvTable table, boolean dryRun, boolean noted) {
    numbers.count();
    Map<String, Category> before = new HashMap<>();
    rows.all().forEach(c -> before.put(c.code(), c));
    Map<String, Category> wanted = new LinkedHashMap<>();
    for (CsvRow row : table.rows()) {
      Category category = checked(row);
      if (category.code().isEmpty()) {
        continue;
      }
      if (wanted.putIfAbsent(category.code(), category) != null) {
        row.wrong("code", "与前面的行重复。", "stands in an earlier row already.");
      }
      if (category.parent() != null && !before.containsKey(category.parent())
          && !wanted.containsKey(category.parent())) {
        row.wrong("code", "上级分类 " + category.parent() + " 不存在；上级应写在本行之前。",
            "there is no category " + category.parent() + " above; it must stand in an earlier row.");
      }
    }
    table.errors().throwIfAny();

    int created = 0;
    List<Changed> changes = new ArrayList<>();
    for (Category category : wanted.values()) {
      Category old = before.get(category.code());
      if (category.equals(old)) {
        continue;
      }
      if (old == null) {
        created++;
      }
      changes.add(Changed.of(category.code(), category.name(), old, category));
      if (!dryRun) {
        rows.put(category);
      }
    }
    if (noted && !dryRun) {
      audit.note("category", changes);
    }
    showAfterCommit();
    return new Outcome(created, changes.size() - created, wanted.size() - changes.size(), dryRun,
        changes.stream().limit(TOLD).toList());
  }

  /** Level and parent follow from the code; a file that says otherwise has a wrong code somewhere. */
  private static Category checked(CsvRow row) {
    String code = row.required("code", 6);
    if (!code.isEmpty() && !CODE.matcher(code).matches()) {
      row.wrong("code", "应为 2、4 或 6 位数字（表格软件可能去掉了开头的 0，请把该列设为文本）。",
          "must be 2, 4 or 6 digits (a spreadsheet may have dropped the leading 0; format the column as text).");
      code = "";
    }
    int level = code.length() / 2;
    String parent = level > 1 ? code.substring(0, code.length() - 2) : null;
    if (!code.isEmpty() && !row.text("level").isEmpty() && !row.text("level").equals(String.valueOf(level))) {
      row.wrong("level", "与代码不符，应为 " + level + "。", "does not fit the code; it should be " + level + ".");
    }
    if (!code.isEmpty() && !row.text("parent").isEmpty() && !row.text("parent").equals(parent)) {
      row.wrong("parent", "与代码不符。", "does not fit the code.");
    }
    return new Category(code, level, parent, row.required("name", LONGEST), row.required("name_en", LONGEST),
        row.yesNo("retired"));
  }

  /** The tree as a file that can be imported again. */
  byte[] exported(TableFormat format) {
    var out = new ByteArrayOutputStream();
    try (var table = format.open(out, List.of("code", "level", "parent", "name", "name_en", "retired"))) {
      categories.all().forEach(c -> table.row(c.code(), c.level(), c.parent(), c.name(), c.nameEn(), c.retired()));
    }
    return out.toByteArray();
  }

  private void showAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        categories.refresh();
      }
    });
  }
}

package org.closedloop.casefile.suggest;

import java.util.List;
import org.closedloop.casefile.category.Category;
import org.closedloop.csv.CsvTable;

/** The category tree the product ships, without a database. */
final class ShippedTree {

  private ShippedTree() {}

  static List<Category> read() {
    return CsvTable.resource("reference/categories.csv", List.of("code", "level", "parent", "name", "name_en"), List.of())
        .rows().stream().map(r -> new Category(r.text("code"), Integer.parseInt(r.text("level")),
            r.text("parent") == null || r.text("parent").isEmpty() ? null : r.text("parent"), r.text("name"),
            r.text("name_en"), false)).toList();
  }
}

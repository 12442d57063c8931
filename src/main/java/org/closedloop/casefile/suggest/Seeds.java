package org.closedloop.casefile.suggest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.category.Category;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;

/** What a suggestion starts from before any case: the names of the categories, and everyday words for some of them. */
final class Seeds {

  private static final String WORDS = "reference/category-words.csv";

  private Seeds() {}

  /** @param tree every category after the one above it */
  static List<CategoryModel.Sample> of(Collection<Category> tree, TextReader reader) {
    Map<String, StringBuilder> words = new HashMap<>();
    for (CsvRow row : CsvTable.resource(WORDS, List.of("word", "category"), List.of()).rows()) {
      words.computeIfAbsent(row.text("category"), c -> new StringBuilder()).append(row.text("word")).append('\n');
    }
    Map<String, String> paths = new HashMap<>();
    List<CategoryModel.Sample> seeds = new ArrayList<>();
    for (Category c : tree) {
      String above = c.parent() == null ? "" : paths.getOrDefault(c.parent(), "");
      paths.put(c.code(), above + c.name() + '\n');
      seeds.add(new CategoryModel.Sample(c.code(),
          reader.read(c.name() + '\n' + words.getOrDefault(c.code(), new StringBuilder()), above)));
    }
    return seeds;
  }
}

package org.closedloop.worklist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.SimilarCases;
import org.closedloop.casefile.SimilarCases.Similar;
import org.closedloop.casefile.suggest.CategorySuggestions;
import org.closedloop.organisation.Me;
import org.springframework.stereotype.Component;

/**
 * What a person need not search for: a form that asks for the category offers the likeliest ones and the open cases that
 * may be about the same matter; one that asks what to merge into starts with the likeliest of them.
 */
@Component
class FormHelp {

  private static final String CATEGORY = "category";
  private static final String MERGE_INTO = "mergeInto";

  /** What a list of suggestions or similar cases shows; the rest of the members say more. */
  record Suggested(String label, String value, double score) {}

  record Repeat(String label, String value, Similar similar) {}

  private final CategorySuggestions suggestions;
  private final SimilarCases similar;
  private final Me me;

  FormHelp(CategorySuggestions suggestions, SimilarCases similar, Me me) {
    this.suggestions = suggestions;
    this.similar = similar;
    this.me = me;
  }

  /** @param fields the form's keys */
  Map<String, Object> with(CaseFile file, Set<String> fields) {
    Map<String, Object> help = new LinkedHashMap<>();
    if (fields.contains(CATEGORY)) {
      var found = me.sight().county() ? suggestions.forDispatcher(file.title(), file.description())
          : suggestions.forStranger(file.title(), file.description());
      help.put("suggestedCategories", found.stream().map(s -> new Suggested(s.label(), s.code(), s.score())).toList());
    }
    if (fields.contains(CATEGORY) || fields.contains(MERGE_INTO)) {
      List<Similar> older = similar.before(file);
      help.put("similar", older.stream()
          .map(s -> new Repeat(s.number() + " " + s.title(), s.number(), s)).toList());
      if (fields.contains(MERGE_INTO) && !older.isEmpty()) {
        help.put(MERGE_INTO, older.get(0).number());
        help.put("reason", "与案卷 " + older.get(0).number() + " 反映的是同一事项。");
      }
    }
    return help;
  }
}

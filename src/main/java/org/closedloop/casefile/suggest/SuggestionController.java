package org.closedloop.casefile.suggest;

import java.util.List;
import java.util.Map;
import org.closedloop.casefile.suggest.CategorySuggestions.Suggestion;
import org.closedloop.problem.InvalidInput;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/public/categories/suggestions}: what a report page offers while somebody writes. */
@RestController
class SuggestionController {

  private static final int LONGEST = 2000;

  private final CategorySuggestions suggestions;

  SuggestionController(CategorySuggestions suggestions) {
    this.suggestions = suggestions;
  }

  /** @throws InvalidInput when the text has more than 2,000 characters */
  @GetMapping("/api/public/categories/suggestions")
  Map<String, List<Suggestion>> suggestions(@RequestParam String text) {
    return suggest(text);
  }

  record Question(String text) {}

  /** The same for texts too long for an address (some 1,500 Chinese characters), and for those who keep them out of logs. */
  @PostMapping("/api/public/categories/suggestions")
  Map<String, List<Suggestion>> suggestions(@RequestBody Question question) {
    return suggest(question.text() == null ? "" : question.text());
  }

  private Map<String, List<Suggestion>> suggest(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw InvalidInput.at("text", "最长 " + LONGEST + " 个字，请缩短。",
          "At most " + LONGEST + " characters; please shorten.");
    }
    return Map.of("items", suggestions.forStranger("", text));
  }
}

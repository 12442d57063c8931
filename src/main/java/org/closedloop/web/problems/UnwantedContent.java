package org.closedloop.web.problems;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.closedloop.problem.Words;

/** Something in a JSON body is of no use to anybody: a control character, a text beyond bounds. Knows the path to it. */
public final class UnwantedContent extends JsonParseException {

  private static final long serialVersionUID = 1;

  public static final Words BEYOND_BOUNDS = Words.of("内容嵌套过深（最多 50 层）、某段文字过长（最多 1 MB）或数字过长。",
      "Nested too deeply (at most 50 levels), or a text (at most 1 MB) or a number is too long.");

  private final String field;
  private final transient Words words;

  public UnwantedContent(JsonParser parser, Words words) {
    super(parser, words.en());
    this.field = path(parser.getParsingContext());
    this.words = words;
  }

  /** {@code answers.rows[2].name}; {@code body} when the whole body is one text. */
  public String field() {
    return field;
  }

  public Words words() {
    return words;
  }

  private static String path(JsonStreamContext innermost) {
    Deque<String> steps = new ArrayDeque<>();
    for (JsonStreamContext c = innermost; c != null && !c.inRoot(); c = c.getParent()) {
      if (c.inArray()) {
        steps.push("[" + c.getCurrentIndex() + "]");
      } else if (c.getCurrentName() != null) {
        steps.push("." + printable(c.getCurrentName()));
      }
    }
    // Deep down is where nobody meant to be; the outermost step is enough to find it.
    String path = steps.size() > 20 ? steps.peek() : String.join("", steps);
    return path.isEmpty() ? "body" : path.startsWith(".") ? path.substring(1) : path;
  }

  /** The text with unwanted characters replaced and cut to a length that fits into a message. */
  public static String printable(String text) {
    StringBuilder clean = new StringBuilder();
    text.codePoints().limit(64).forEach(c ->
        clean.appendCodePoint(Character.isISOControl(c) || c >= 0xd800 && c <= 0xdfff ? '\ufffd' : c));
    return clean.toString();
  }
}

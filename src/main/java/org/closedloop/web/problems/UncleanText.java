package org.closedloop.web.problems;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.closedloop.problem.Words;

/** A text in a JSON body has a character that no text may have; knows the path to it. */
public final class UncleanText extends JsonParseException {

  private static final long serialVersionUID = 1;

  private final String field;
  private final transient Words words;

  public UncleanText(JsonParser parser, Words words) {
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

  /** Where a parser is, as the caller would write it. */
  static String path(JsonStreamContext innermost) {
    Deque<String> steps = new ArrayDeque<>();
    for (JsonStreamContext c = innermost; c != null && !c.inRoot(); c = c.getParent()) {
      if (c.inArray()) {
        steps.push("[" + c.getCurrentIndex() + "]");
      } else if (c.getCurrentName() != null) {
        steps.push("." + printable(c.getCurrentName()));
      }
    }
    String path = String.join("", steps);
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

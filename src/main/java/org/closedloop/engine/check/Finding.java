package org.closedloop.engine.check;

import java.util.Locale;
import org.closedloop.problem.Words;

/**
 * One thing that is wrong with a model, where, and what to do about it.
 *
 * @param rule    the rule's short name, {@code L1}…, see {@link ModelCheck#rules()}
 * @param file    the file's name within its folder
 * @param line    line in that file, or null where there is none
 * @param element the id of the element, or null
 */
public record Finding(String rule, Level level, String file, Integer line, String element, Words message, Words help) {

  /** Only errors keep a model out. */
  public enum Level {
    ERROR, WARNING;

    /** As the API says it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean isError() {
    return level == Level.ERROR;
  }

  /** One line for logs and the Modeler: {@code accept.form:12 [F4] accept: …}. */
  public String inOneLine() {
    return file + (line == null ? "" : ":" + line) + " [" + rule + "] " + (element == null ? "" : element + ": ")
        + message.en();
  }
}

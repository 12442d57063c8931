package org.closedloop.alert;

import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;

/** The words a person adds to acknowledging, urging and ordering. */
public final class Note {

  private static final int LONGEST = 500;

  private Note() {}

  /**
   * @param missing what is said when there is none
   * @param called  what the note is called in Chinese
   * @return without white space around it
   * @throws InvalidInput at {@code note}, when it is missing or too long
   */
  public static String checked(String note, Words missing, String called) {
    if (note == null || note.isBlank()) {
      throw InvalidInput.at("note", missing.zh(), missing.en());
    }
    if (note.codePointCount(0, note.length()) > LONGEST) {
      throw InvalidInput.at("note", called + "最多 " + LONGEST + " 字。", "At most " + LONGEST + " characters.");
    }
    return note.strip();
  }
}

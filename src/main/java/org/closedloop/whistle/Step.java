package org.closedloop.whistle;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What the model of a whistle has recorded: the words of the property {@code step}. */
public enum Step {
  /** 派哨: the command centre has confirmed or corrected the departments. */
  CONFIRMED("confirmed"),
  /** The township calls further departments. */
  MORE("more"),
  /** Departments are called once more, after a ruling or a suspension. */
  AGAIN("again"),
  /** The township takes the whistle back; whoever is still called may go home. */
  WITHDRAWN("withdrawn"),
  CALLED("called"),
  OBJECTED("objected"),
  OBJECTION_UPHELD("objection-upheld"),
  OBJECTION_REFUSED("objection-refused"),
  NO_SHOW("no-show"),
  CHECKED_IN("checked-in"),
  FILED("filed"),
  RELEASED("released"),
  MARKED("marked"),
  APPEALED("appealed"),
  APPEAL_DECIDED("appeal-decided"),
  MARKS_FINAL("marks-final");

  private final String word;

  Step(String word) {
    this.word = word;
  }

  /** @throws IllegalArgumentException when the model uses a word that is none */
  public static Step of(String word) {
    return Arrays.stream(values()).filter(s -> s.word.equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no step “" + word + "” of a whistle; there are "
            + Arrays.stream(values()).map(s -> s.word).collect(Collectors.joining(", "))));
  }
}

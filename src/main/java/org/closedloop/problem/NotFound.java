package org.closedloop.problem;

/** Does not exist, or is not for this person to see; the two look the same from outside. Answers 404. */
public class NotFound extends Problem {

  public NotFound(String zh, String en) {
    super(404, "not-found", Words.of(zh, en));
  }
}

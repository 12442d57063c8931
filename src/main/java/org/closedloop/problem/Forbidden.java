package org.closedloop.problem;

/** The person may see the thing but not do this to it. Answers 403. */
public class Forbidden extends Problem {

  public Forbidden(String zh, String en) {
    super(403, "forbidden", Words.of(zh, en));
  }
}

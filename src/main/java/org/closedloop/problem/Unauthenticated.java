package org.closedloop.problem;

/** Nobody is logged in, or the name and password given are not right; the two say the same. Answers 401. */
public class Unauthenticated extends Problem {

  public Unauthenticated(String zh, String en) {
    super(401, "unauthenticated", Words.of(zh, en));
  }
}

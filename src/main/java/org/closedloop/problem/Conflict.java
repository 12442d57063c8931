package org.closedloop.problem;

/** The state has moved on: somebody was faster, or the case no longer allows it. Answers 409. */
public class Conflict extends Problem {

  public Conflict(String kind, String zh, String en) {
    super(409, kind, Words.of(zh, en));
  }
}

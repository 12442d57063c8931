package org.closedloop.database;

import org.closedloop.problem.Words;

/** The database cannot be used, and what to do about it, in words for whoever starts the product. Ends the start. */
public class DatabaseUnusable extends RuntimeException {

  private final transient Words fact;
  private final transient Words cure;

  DatabaseUnusable(Words fact, Words cure, Throwable cause) {
    super(fact.en(), cause);
    this.fact = fact;
    this.cure = cure;
  }

  DatabaseUnusable(Words fact, Words cure) {
    this(fact, cure, null);
  }

  Words fact() {
    return fact;
  }

  Words cure() {
    return cure;
  }
}

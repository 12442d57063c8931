package org.closedloop.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints {@link DatabaseUnusable} as a message in both languages in place of a stack trace. */
class DatabaseUnusableAnalyzer extends AbstractFailureAnalyzer<DatabaseUnusable> {

  @Override
  protected FailureAnalysis analyze(Throwable root, DatabaseUnusable cause) {
    return new FailureAnalysis(
        cause.fact().zh() + "\n" + cause.fact().en(),
        cause.cure().zh() + "\n" + cause.cure().en(),
        cause);
  }
}

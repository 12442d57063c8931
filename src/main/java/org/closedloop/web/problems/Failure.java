package org.closedloop.web.problems;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;
import org.springframework.transaction.CannotCreateTransactionException;

/** Finds out what an exception means to the caller by what lies at its bottom, however deeply it was wrapped. */
final class Failure {

  private Failure() {}

  static Problem problemOf(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 30; t = t.getCause(), depth++) {
      if (t instanceof Problem problem) {
        return problem;
      }
      if (t instanceof SQLTransientConnectionException || t instanceof CannotCreateTransactionException
          || t instanceof ConnectException || connectionLost(t)) {
        return new Unavailable();
      }
      if (t instanceof SQLException sql && sql.getSQLState() != null) {
        Optional<Problem> problem = ofState(sql.getSQLState());
        if (problem.isPresent()) {
          return problem.get();
        }
      }
    }
    return Incident.of(failure);
  }

  /** The pool takes a broken connection away under the transaction that had it; there is no state to go by then. */
  private static boolean connectionLost(Throwable t) {
    return t instanceof SQLException sql && sql.getSQLState() == null
        && "Connection is closed".equals(sql.getMessage());
  }

  /** PostgreSQL's error codes, appendix A of its manual. */
  private static Optional<Problem> ofState(String state) {
    if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57") || state.equals("55P03")
        || state.equals("25006")) {
      // connection, resources, operator intervention and time limits, lock not available, read-only standby
      return Optional.of(new Unavailable());
    }
    if (state.startsWith("40")) {
      return Optional.of(new Conflict("conflict", "与另一个同时进行的操作冲突，没有生效，请重试。",
          "This collided with something done at the same time and was not done; try again."));
    }
    if (state.equals("22021") || state.equals("22P05")) {
      return Optional.of(new Problem(422, "invalid-input", Words.of("内容含有无法保存的字符。",
          "The content has characters that cannot be stored.")));
    }
    return Optional.empty();
  }

  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> kind) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 30; t = t.getCause(), depth++) {
      if (kind.isInstance(t)) {
        return Optional.of(kind.cast(t));
      }
    }
    return Optional.empty();
  }

  static Optional<JsonProcessingException> json(Throwable failure) {
    return find(failure, JsonProcessingException.class);
  }
}

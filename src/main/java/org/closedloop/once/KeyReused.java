package org.closedloop.once;

import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** The key was used before for something else. Nothing was done; answers 422. */
public class KeyReused extends Problem {

  KeyReused() {
    super(422, "idempotency-key-reused", Words.of(
        "这个 Idempotency-Key 已用于另一个请求；新的请求请换一个新的键（如 UUID）。",
        "This Idempotency-Key was used for another request; send a new one, e.g. a UUID, with a new request."));
  }
}

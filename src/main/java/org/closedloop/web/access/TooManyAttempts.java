package org.closedloop.web.access;

import java.time.Duration;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;
import org.springframework.security.core.AuthenticationException;

/** Tried too often from one place. Answers 429 with {@code Retry-After}; nothing is locked for anybody else. */
class TooManyAttempts extends AuthenticationException {

  private final long seconds;

  TooManyAttempts(Duration wait) {
    super("too many attempts");
    this.seconds = Math.max(1, wait.plusMillis(999).toSeconds());
  }

  /** How long to wait, in whole seconds. */
  long seconds() {
    return seconds;
  }

  Problem problem() {
    return new Problem(429, "too-many-attempts", Words.of("尝试次数过多，请在 " + seconds + " 秒后再试。",
        "Too many attempts; try again in " + seconds + " seconds."));
  }
}

package org.closedloop.web.access;

import java.time.Duration;
import java.util.Optional;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** Tried too often from one place. Answers 429 with {@code Retry-After}; nothing is locked for anybody else. */
class TooManyAttempts extends Problem {

  private final long seconds;

  TooManyAttempts(Duration wait) {
    this(Math.max(1, wait.plusMillis(999).toSeconds()));
  }

  private TooManyAttempts(long seconds) {
    super(429, "too-many-attempts", Words.of("尝试次数过多，请在 " + seconds + " 秒后再试。",
        "Too many attempts; try again in " + seconds + " seconds."));
    this.seconds = seconds;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(Duration.ofSeconds(seconds));
  }
}

package org.closedloop.casefile.export;

import java.time.Duration;
import java.util.Optional;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** No place for one more export now. Answers 429 with {@code Retry-After}. */
class TooManyExports extends Problem {

  private final Duration wait;

  TooManyExports(Duration wait, String zh, String en) {
    super(429, "too-many-exports", Words.of(zh, en));
    this.wait = wait;
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(wait);
  }
}

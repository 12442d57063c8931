package org.closedloop.web.problems;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** The database is away or overloaded; nothing was changed, and trying again will do. Answers 503. */
final class Unavailable extends Problem {

  private static final long serialVersionUID = 1;

  Unavailable() {
    super(503, "unavailable", Words.of("暂时无法处理，请几秒钟后再试；您的操作没有生效。",
        "This cannot be done right now and nothing was changed; try again in a few seconds."), List.of());
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(Duration.ofSeconds(5));
  }
}

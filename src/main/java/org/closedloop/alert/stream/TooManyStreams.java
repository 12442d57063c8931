package org.closedloop.alert.stream;

import java.time.Duration;
import java.util.Optional;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** Somebody, or everybody together, keeps as many streams open as may be. Answers 429 with {@code Retry-After}. */
class TooManyStreams extends Problem {

  private TooManyStreams(String zh, String en) {
    super(429, "too-many-streams", Words.of(zh, en));
  }

  static TooManyStreams ofOne(int most) {
    return new TooManyStreams("每人最多同时打开 " + most + " 个实时告警连接，请关闭其他页面后再试。",
        "At most " + most + " alert streams a person; close another page and try again.");
  }

  static TooManyStreams ofAll() {
    return new TooManyStreams("实时告警连接已满，请稍后再试；告警列表仍可查看。",
        "All alert streams are taken; try again later, the list of alerts is there meanwhile.");
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(Duration.ofSeconds(2));
  }
}

package org.closedloop.casefile.attachment.gate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;

/** Too many pictures are being worked on; the sender should try again shortly. Answers 503 with Retry-After. */
public class GateBusy extends Problem {

  private static final long serialVersionUID = 1;

  GateBusy() {
    super(503, "busy", Words.of("正在处理的照片较多，请几秒后重新上传。",
        "Many pictures are being worked on; send this one again in a few seconds."), List.of());
  }

  @Override
  public Optional<Duration> retryAfter() {
    return Optional.of(Duration.ofSeconds(5));
  }
}

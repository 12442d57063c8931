package org.closedloop.demo.clock;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/demo/clock}: what time it is for the application, and, for administrators, moving it forward. */
@RestController
@RequestMapping("/api/demo/clock")
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoClockController {

  record Move(Duration advance) {}

  record Now(OffsetDateTime now) {}

  private final DemoTime time;
  private final Me me;

  DemoClockController(DemoTime time, Me me) {
    this.time = time;
    this.me = me;
  }

  @GetMapping
  Now now() {
    return new Now(time.now());
  }

  @PostMapping
  Now move(@RequestBody Move move) {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有管理员可以调整演示时间。", "Only administrators move the demo's clock.");
    }
    return new Now(time.advance(move.advance()));
  }
}

package org.closedloop.notice.delivery;

import java.util.List;
import org.closedloop.audit.Audit;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notice-channels} for administrators: which ways out there are, whether they work, and trying one. */
@RestController
@RequestMapping("/api/notice-channels")
class ChannelController {

  record Targets(List<ChannelTests.State> items) {}

  /**
   * What became of a test.
   *
   * @param sent   the other side took it
   * @param reason why not, in the words of the other side; null when sent
   */
  record Tested(String target, boolean sent, String reason) {}

  private final ChannelTests tests;
  private final Audit audit;
  private final Me me;

  ChannelController(ChannelTests tests, Audit audit, Me me) {
    this.tests = tests;
    this.audit = audit;
    this.me = me;
  }

  @GetMapping
  Targets all() {
    mustAdminister();
    return new Targets(tests.states());
  }

  /** Sends one message to the caller, at once and without a rule; answers whether it was taken. */
  @PostMapping("/{target}/test")
  Tested test(@PathVariable String target) {
    Official by = mustAdminister();
    Outcome outcome = tests.send(target, by);
    boolean sent = outcome.kind() == Outcome.Kind.SENT;
    audit.note("notices", target, null, "tested", List.of());
    return new Tested(target, sent, outcome.reason());
  }

  private Official mustAdminister() {
    Official who = me.current();
    if (!who.holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以查看通知渠道。", "Only an administrator may look at the channels.");
    }
    return who;
  }
}

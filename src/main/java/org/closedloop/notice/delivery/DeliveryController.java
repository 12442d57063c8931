package org.closedloop.notice.delivery;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.closedloop.audit.Audit;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/deliveries} for administrators: what is on its way, what is dead and why, and sending it once more. */
@RestController
@RequestMapping("/api/deliveries")
class DeliveryController {

  private static final Set<String> STATUSES = Set.of("deferred", "collected", "bundled", "waiting", "sent", "dead");

  private final Deliveries deliveries;
  private final Audit audit;
  private final Me me;

  DeliveryController(Deliveries deliveries, Audit audit, Me me) {
    this.audit = audit;
    this.deliveries = deliveries;
    this.me = me;
  }

  /** The newest first. */
  @GetMapping
  Page<DeliveryMapper.Line> list(@RequestParam(required = false) String status,
      @RequestParam(required = false) Integer limit, @RequestParam(required = false) String after) {
    mustAdminister();
    if (status != null && !STATUSES.contains(status)) {
      throw InvalidInput.at("status", "应为 deferred、collected、bundled、waiting、sent 或 dead。",
          "must be deferred, collected, bundled, waiting, sent or dead.");
    }
    return deliveries.page(status, Cursor.of(after), Limit.of(limit));
  }

  @PostMapping("/{id}/retry")
  DeliveryMapper.Line retry(@PathVariable long id) {
    mustAdminister();
    deliveries.retry(id, Clock.systemUTC().instant());
    audit.note("notices", String.valueOf(id), null, "retried", List.of());
    return deliveries.line(id);
  }

  private void mustAdminister() {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以查看投递情况。", "Only an administrator may look at deliveries.");
    }
  }
}

package org.closedloop.dutylist;

import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.UnitKind;
import org.closedloop.problem.Forbidden;
import org.springframework.stereotype.Component;

/** Who may keep the duty list: administrators, and the duty leaders of the command centre. */
@Component
class DutyListKeepers {

  private final Me me;

  DutyListKeepers(Me me) {
    this.me = me;
  }

  /** @throws Forbidden when the caller is none of them */
  Official mustBe() {
    Official who = me.current();
    if (who.holds(Post.ADMINISTRATOR)
        || who.holds(Post.DUTY_LEADER) && who.unit().kind() == UnitKind.COMMAND_CENTRE) {
      return who;
    }
    throw new Forbidden("只有系统管理员和指挥中心值班长可以维护权责清单。",
        "Only administrators and the command centre's duty leaders may keep the duty list.");
  }
}

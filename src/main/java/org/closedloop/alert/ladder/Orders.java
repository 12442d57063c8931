package org.closedloop.alert.ladder;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.closedloop.alert.Note;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 督办单 by hand: a supervisor or a leader does not wait for the ladder. */
@Service
class Orders {

  private static final Words MISSING = Words.of("请填写督办要求。", "Say what is demanded.");

  private final Ladder ladder;
  private final LadderMapper ladders;
  private final CaseRegister register;
  private final Journal journal;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  Orders(Ladder ladder, LadderMapper ladders, CaseRegister register, Journal journal, Organisation organisation, Me me,
      Clock clock) {
    this.ladder = ladder;
    this.ladders = ladders;
    this.register = register;
    this.journal = journal;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  /** What was ordered: {@code task} is the key of the clock that is watched, {@code unit} who has to explain. */
  record Ordered(String caseNumber, OffsetDateTime at, String task, String unit) {}

  /**
   * @throws org.closedloop.problem.NotFound when there is no such case, or the caller may not see it
   * @throws Forbidden when ordering is not the caller's office
   * @throws Conflict  {@code case-ended}; {@code nothing-due}: no clock runs; {@code order-open}: somebody was faster
   */
  @Transactional
  Ordered order(String number, String note) {
    Official by = me.current();
    CaseFile file = register.mustSeeLocked(number);
    boolean leadsTheCentre = by.holds(Post.DUTY_LEADER)
        && by.unit().code().equals(organisation.commandCentreFor(file.area()).code());
    if (!leadsTheCentre && !by.holds(Post.SUPERVISOR) && !by.holds(Post.COUNTY_LEADER)) {
      throw new Forbidden("只有督办人员、指挥中心带班领导和县领导可以下达督办单。",
          "Only supervisors, duty leaders of the command centre and county leaders issue supervision orders.");
    }
    String text = Note.checked(note, MISSING, "督办要求");
    if (!file.open()) {
      throw new Conflict("case-ended", "案卷已办结，无需督办。", "The case has ended; there is nothing left to supervise.");
    }
    LateClock watched = ladders.toOrder(number);
    if (watched == null) {
      throw new Conflict("nothing-due", "案卷当前没有正在计时的环节（可能已停表），恢复计时后再下督办单。",
          "Nothing of this case has a running deadline now (it may be suspended); order when its clock runs again.");
    }
    OffsetDateTime now = WorkingCalendar.local(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    journal.file(file, "action", "order", Words.of("下达督办单", "Supervision order issued"), by, null,
        Map.of("note", text, "task", watched.key()), null);
    Supervision open = ladder.order(file, watched, by.username(), text);
    if (open != null) {
      throw new OrderOpen(open.openedBy(), open.openedBy() == null ? null
          : organisation.official(open.openedBy()).map(Official::name).orElse(open.openedBy()),
          open.orderedAt() == null ? open.openedAt() : open.orderedAt());
    }
    return new Ordered(number, now, watched.key(), watched.unit());
  }
}

package org.closedloop.alert;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.notice.Event;
import org.closedloop.notice.Outbox;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do about alerts: see them, acknowledge them, 催办 urge whoever holds the case. */
@Service
class Reactions {

  private static final Words MISSING = Words.of("请填写说明。", "Write a note.");
  /** Those who watch over other units' deadlines. */
  private static final Set<Post> WATCH =
      EnumSet.of(Post.SUPERVISOR, Post.DUTY_LEADER, Post.COUNTY_LEADER, Post.DISPATCHER);

  private final AlertMapper alerts;
  private final CaseRegister register;
  private final Journal journal;
  private final Outbox outbox;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  Reactions(AlertMapper alerts, CaseRegister register, Journal journal, Outbox outbox, Organisation organisation, Me me,
      Clock clock) {
    this.alerts = alerts;
    this.register = register;
    this.journal = journal;
    this.outbox = outbox;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  /** Who was urged: {@code units} are the codes of those that hold the open items. */
  record Urged(String caseNumber, Instant at, List<String> units) {}

  Page<Alert> list(AlertFilter filter, Long before, int limit) {
    List<Alert> rows = alerts.list(me.sight(), filter, before, clock.instant(), limit + 1);
    return Page.cut(rows, limit, a -> new Cursor(a.at(), Long.toString(a.position())));
  }

  /**
   * @throws NotFound  when there is none, or the caller may not see its case
   * @throws Forbidden when it is neither the caller's unit's nor the caller's office to watch
   * @throws AlertGone when somebody was faster
   */
  @Transactional
  Alert acknowledge(long id, String note) {
    Official by = me.current();
    Instant now = now();
    Alert alert = mustSee(id, now);
    CaseFile file = register.mustSeeLocked(alert.caseNumber());
    if (!by.unit().code().equals(alert.unit()) && !watches(by)) {
      throw new Forbidden("只有承办单位和督办、派遣、带班及县领导可以确认告警。",
          "Only the unit that must act, and those who watch over it, acknowledge an alert.");
    }
    String text = Note.checked(note, MISSING, "说明");
    if (alerts.acknowledge(id, by.username(), by.unit().code(), now, text) == 0) {
      Alert first = mustSee(id, now);
      throw new AlertGone(organisation.official(first.acknowledgedBy()).map(Official::name)
          .orElse(first.acknowledgedBy()), first.acknowledgedBy(), first.acknowledgedAt());
    }
    journal.file(file, "action", "acknowledge", Words.of("确认告警", "Alert acknowledged"), by, null,
        Map.of("alert", id, "level", alert.level(), "task", alert.task(), "note", text), null);
    return mustSee(id, now);
  }

  /**
   * @throws NotFound  when there is no such case, or the caller may not see it
   * @throws Forbidden when urging is not the caller's office
   * @throws Conflict  {@code case-ended}
   */
  @Transactional
  Urged urge(String number, String note) {
    Official by = me.current();
    CaseFile file = register.mustSeeLocked(number);
    if (!watches(by)) {
      throw new Forbidden("只有督办、派遣、带班及县领导可以催办。",
          "Only supervisors, dispatchers, duty leaders and county leaders urge.");
    }
    String text = Note.checked(note, MISSING, "说明");
    if (!file.open()) {
      throw new Conflict("case-ended", "案卷已办结，无需催办。", "The case has ended; there is nothing left to urge.");
    }
    Instant now = now();
    List<AlertMapper.Held> holders = alerts.holders(number);
    List<String> units = holders.stream().map(AlertMapper.Held::unit).distinct().toList();
    journal.file(file, "action", "urge", Words.of("催办", "Urged"), by, null, Map.of("note", text, "units", units), null);
    UUID once = UUID.randomUUID();
    outbox.addAll(holders.stream().map(h -> new Event("urged", number, h.unit(), h.assignee(),
        Map.of("task", h.name(), "taskEn", h.nameEn(), "post", h.post(), "note", text),
        "urged/" + once + "/" + h.itemId() + "/" + h.unit() + "/" + h.post())).toList());
    return new Urged(number, now, units);
  }

  private Alert mustSee(long id, Instant now) {
    Alert alert = alerts.find(id, me.sight(), now);
    if (alert == null) {
      throw new NotFound("没有这条告警，或者它不在您的查看范围内。", "No such alert, or it is not yours to see.");
    }
    return alert;
  }

  private static boolean watches(Official by) {
    return by.posts().stream().anyMatch(WATCH::contains);
  }

  /** What the table can hold, so that a first answer and a later reading are the same. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}

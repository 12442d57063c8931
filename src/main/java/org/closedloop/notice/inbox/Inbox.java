package org.closedloop.notice.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.closedloop.notice.rule.NoticeTexts;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** One's own notices: read, marked as read. */
@Service
public class Inbox {

  /**
   * @param caseNumber null when it is about no case, or the reader is none who sees cases
   * @param caseTitle  null when there is no case, or the reader does not see this one (any more)
   */
  public record Notice(long id, String topic, String caseNumber, String caseTitle, Words title, Words text, Instant at,
      Instant readAt) {}

  private final NoticeMapper rows;
  private final NoticeTexts texts;
  private final Me me;
  private final Clock clock;

  Inbox(NoticeMapper rows, NoticeTexts texts, Me me, Clock clock) {
    this.rows = rows;
    this.texts = texts;
    this.me = me;
    this.clock = clock;
  }

  /** Newest first. */
  public Page<Notice> page(boolean unread, Cursor after, int limit) {
    Long before = after == null ? null : Long.valueOf(after.number());
    var found = rows.page(me.sight(), me.current().username(), unread, before, limit + 1);
    return Page.cut(found, limit, r -> new Cursor(r.at(), String.valueOf(r.id()))).map(shown());
  }

  public long unread() {
    return rows.unread(me.current().username());
  }

  /** @throws NotFound when there is none, or it is somebody else's */
  @Transactional
  public Notice read(long id) {
    String who = me.current().username();
    rows.read(who, List.of(String.valueOf(id)), clock.instant());
    return rows.one(me.sight(), id, who).map(shown()).orElseThrow(() -> new NotFound("没有这条通知。", "There is no such notice."));
  }

  /** Those of these that are one's own and unread; answers how many. */
  @Transactional
  public int read(List<Long> ids) {
    return rows.read(me.current().username(), ids.stream().map(String::valueOf).toList(), clock.instant());
  }

  /** All up to this one: what came after the page was drawn has not been read. */
  @Transactional
  public int readAll(long upTo) {
    return rows.readAll(me.current().username(), upTo, clock.instant());
  }

  /** For the worker that finds recipients: one notice per pair, in its transaction; a pair that is there stays. */
  public void put(List<Long> outbox, List<String> recipients) {
    if (!outbox.isEmpty()) {
      rows.add(outbox.stream().map(String::valueOf).toList(), recipients);
    }
  }

  private java.util.function.Function<NoticeMapper.Row, Notice> shown() {
    Sight sight = me.sight();
    boolean cases = sight.county() || !sight.units().isEmpty();
    var book = texts.book();
    return r -> {
      String number = cases ? r.caseNumber() : null;
      var told = book.tell(r.topic(), number, r.unit(), r.data());
      return new Notice(r.id(), r.topic(), number, r.caseTitle(), told.title(), told.text(), r.at(), r.readAt());
    };
  }
}

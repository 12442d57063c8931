package org.closedloop.notice.inbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.problem.InvalidInput;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notices}: one's own inbox, in the language asked for. */
@RestController
@RequestMapping("/api/notices")
class InboxController {

  private static final int MOST_IDS = 200;

  /** {@code title} and {@code text} in the reader's language. */
  record Item(long id, String topic, @JsonProperty("case") String caseNumber, String caseTitle, String title, String text,
      Instant at, Instant readAt) {

    static Item of(Inbox.Notice n, Locale locale) {
      return new Item(n.id(), n.topic(), n.caseNumber(), n.caseTitle(), n.title().in(locale), n.text().in(locale), n.at(),
          n.readAt());
    }
  }

  record Counts(long unread) {}

  record Listed(List<Item> items, String next, Counts counts) {}

  /** Either some ids, or {@code all}; with {@code upTo} all up to this one, as the page showed them. */
  record Read(List<Long> ids, Boolean all, Long upTo) {}

  record Done(int read, Counts counts) {}

  private final Inbox inbox;

  InboxController(Inbox inbox) {
    this.inbox = inbox;
  }

  @GetMapping
  Listed mine(@RequestParam(defaultValue = "false") boolean unread, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    var page = inbox.page(unread, Cursor.of(after), Limit.of(limit));
    Locale locale = LocaleContextHolder.getLocale();
    return new Listed(page.items().stream().map(n -> Item.of(n, locale)).toList(), page.next(),
        new Counts(inbox.unread()));
  }

  @PostMapping("/{id}/read")
  Item read(@PathVariable long id) {
    return Item.of(inbox.read(id), LocaleContextHolder.getLocale());
  }

  @PostMapping("/read")
  Done read(@RequestBody Read read) {
    boolean all = Boolean.TRUE.equals(read.all());
    if (all == (read.ids() != null)) {
      throw InvalidInput.at("ids", "请填写 ids，或填写 all: true。", "Give either ids, or all: true.");
    }
    if (all) {
      return new Done(inbox.readAll(read.upTo() == null ? Long.MAX_VALUE : read.upTo()), new Counts(inbox.unread()));
    }
    if (read.ids().size() > MOST_IDS || read.ids().contains(null)) {
      throw InvalidInput.at("ids", "最多 " + MOST_IDS + " 个编号，且不能为空值。",
          "At most " + MOST_IDS + " ids, none of them null.");
    }
    return new Done(inbox.read(read.ids()), new Counts(inbox.unread()));
  }
}

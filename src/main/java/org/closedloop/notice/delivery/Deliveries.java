package org.closedloop.notice.delivery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.rule.NoticeTexts;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.NotFound;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what is on its way: written when recipients are found, claimed by a sender under a lease, tried again with
 * growing pauses, and dead when the other side refuses it or a day of tries is over. Each method is one short
 * transaction; nothing is sent in any of them. Where {@code machine} is a parameter it is the sender's own time.
 */
@Service
public class Deliveries {

  /** A row to be. {@code openAt} is official time; what is urgent passes those that wait already. */
  public record Planned(long outbox, String recipient, String target, Status status, Instant openAt,
      boolean urgent) {}

  /** How a row begins. */
  public enum Status { WAITING, DEFERRED, COLLECTED }

  /** Longer than sending a batch takes, also on a node whose clock is a minute ahead. */
  static final Duration LEASE = Duration.ofMinutes(3);
  static final Duration DAY = Duration.ofHours(24);
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int DIGEST_ITEMS = 200;
  private static final int OPEN = 5_000;
  private static final int DIGESTS = 50;

  private final DeliveryMapper rows;
  private final NoticeTexts texts;
  private final Organisation organisation;
  private final Outbox outbox;
  private final Clock clock;

  Deliveries(DeliveryMapper rows, NoticeTexts texts, Organisation organisation, Outbox outbox, Clock clock) {
    this.rows = rows;
    this.texts = texts;
    this.organisation = organisation;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** In the transaction of the worker that finds recipients. A person told of an event by a target is told once. */
  public void put(List<Planned> planned, Instant machine) {
    if (!planned.isEmpty()) {
      rows.add(planned.stream().map(p -> String.valueOf(p.outbox())).toList(),
          planned.stream().map(Planned::recipient).toList(), planned.stream().map(Planned::target).toList(),
          planned.stream().map(p -> p.status().name().toLowerCase()).toList(),
          planned.stream().map(p -> p.openAt().toString()).toList(),
          planned.stream().map(p -> String.valueOf(p.urgent())).toList(), clock.instant(), machine);
    }
  }

  /** What waited for the end of quiet hours goes out; what was collected becomes one digest per person and target. */
  @Transactional
  public void open(Instant machine) {
    Instant official = clock.instant();
    rows.open(official, machine, OPEN);
    if (rows.leadDigests()) {
      rows.digest(official, machine, DIGESTS);
    }
  }

  /** Takes some letters under a lease; nobody else gets them before it ends. */
  @Transactional
  public List<Letter> claim(String target, int most, Instant machine) {
    List<DeliveryMapper.Claimed> claimed = rows.claim(target, machine, machine.plus(LEASE), machine.plus(DAY), most)
        .stream().sorted(Comparator.comparing(DeliveryMapper.Claimed::wasDue)
            .thenComparing(DeliveryMapper.Claimed::id)).toList();
    if (claimed.isEmpty()) {
      return List.of();
    }
    Map<Long, List<DeliveryMapper.ItemRow>> items = new HashMap<>();
    rows.items(claimed.stream().map(c -> String.valueOf(c.id())).toList(), DIGEST_ITEMS)
        .forEach(i -> items.computeIfAbsent(i.letter(), l -> new ArrayList<>()).add(i));
    var book = texts.book();
    return claimed.stream().map(c -> letter(c, target, items.getOrDefault(c.id(), List.of()), book)).toList();
  }

  /** Writes down what became of a try. */
  @Transactional
  public void settle(Letter letter, Outcome outcome, Instant machine) {
    switch (outcome.kind()) {
      case SENT -> rows.sent(letter.id(), letter.tries(), clock.instant());
      case REFUSED -> {
        if (rows.dead(letter.id(), letter.tries(), outcome.reason(), clock.instant()) == 1) {
          mourn(letter.target());
        }
      }
      case FAILED, DOWN -> {
        if (rows.again(letter.id(), letter.tries(), outcome.reason(), machine.plus(pause(letter.tries())), machine,
            clock.instant()).contains("dead")) {
          mourn(letter.target());
        }
      }
    }
  }

  /** Gives back what was claimed and not tried. */
  @Transactional
  public void release(List<Letter> letters, Instant machine) {
    letters.forEach(l -> rows.release(l.id(), l.tries(), machine));
  }

  /** A target does not work: for whatever waits behind it a day begins, and ends. */
  @Transactional
  public void targetDown(String target, String reason, Instant machine) {
    rows.startDay(target, machine.plus(DAY), OPEN);
    if (rows.expire(target, reason, machine, clock.instant(), OPEN) > 0) {
      mourn(target);
    }
  }

  /** What waits for a target that is configured no more. */
  @Transactional
  public void giveUpAllBut(Set<String> targets, Instant machine) {
    rows.waitingTargets().stream().filter(t -> !targets.contains(t))
        .forEach(t -> targetDown(t, "not configured any more", machine));
  }

  /** Digests go when the events in them are forgotten. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT8M")
  void forget() {
    rows.forgetDigests(OPEN);
  }

  Page<DeliveryMapper.Line> page(String status, Cursor after, int limit) {
    Long before = after == null ? null : Long.valueOf(after.number());
    return Page.cut(rows.page(status, before, limit + 1), limit,
        l -> new Cursor(l.createdAt(), String.valueOf(l.id())));
  }

  /** @throws Conflict when it is not dead */
  @Transactional
  public void retry(long id, Instant machine) {
    var line = rows.one(id).orElseThrow(Deliveries::none);
    if (rows.revive(id, machine) == 0) {
      throw new Conflict("not-dead", "这条投递不是死信（" + line.status() + "），无需重发。",
          "This delivery is not dead (" + line.status() + ") and needs no retry.");
    }
  }

  DeliveryMapper.Line line(long id) {
    return rows.one(id).orElseThrow(Deliveries::none);
  }

  private static NotFound none() {
    return new NotFound("没有这条投递。", "There is no such delivery.");
  }

  /** Administrators are told once a day and target, not once a letter. */
  private void mourn(String target) {
    LocalDate today = WorkingCalendar.local(clock.instant()).toLocalDate();
    outbox.add("delivery.dead", null, null, null, Map.of("target", target), "delivery.dead/" + target + "/" + today);
  }

  private Letter letter(DeliveryMapper.Claimed c, String target, List<DeliveryMapper.ItemRow> items,
      NoticeTexts.Book book) {
    var official = organisation.official(c.recipient()).filter(o -> organisation.enabled(o.username()));
    boolean cases = official.map(organisation::sightOf).map(Deliveries::seesCases).orElse(false);
    boolean digest = c.eventKey() == null;
    return new Letter(c.id(), c.tries(), target, key(c), c.recipient(),
        official.map(Official::name).orElse(null), c.email(), digest,
        items.stream().map(i -> {
          String number = cases ? i.caseNumber() : null;
          var told = book.tell(i.topic(), number, i.unit(), i.data());
          return new Letter.Item(i.topic(), number, i.unit(), i.at(), told.title(), told.text());
        }).toList(), items.isEmpty() ? 0 : items.get(0).ofAll());
  }

  /** Made of what never changes, so that it is the same at every try, on every node. */
  private static String key(DeliveryMapper.Claimed c) {
    return (c.eventKey() == null ? "digest/" + c.id() : c.eventKey()) + "/"
        + URLEncoder.encode(c.recipient(), StandardCharsets.UTF_8);
  }

  private static boolean seesCases(Sight sight) {
    return sight.county() || !sight.units().isEmpty();
  }

  /** 10 s, 20 s, 40 s … 1 h, each a quarter more or less, so that what failed together does not come back together. */
  static Duration pause(int tries) {
    long seconds = SHORTEST.toSeconds() << Math.min(Math.max(tries, 1) - 1, 9);
    double jitter = 0.75 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofSeconds(Math.min(LONGEST.toSeconds(), Math.max(SHORTEST.toSeconds(),
        Math.round(seconds * jitter))));
  }
}

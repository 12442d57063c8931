package org.closedloop.organisation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.page.Page;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps who acts for whom during leave. Nobody acts for somebody who acts for a third, nobody is acted for by two at
 * once: chains and loops cannot come to be, because nobody is absent and a delegate at the same time.
 */
@Service
public class Delegations {

  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int LONGEST_REASON = 200;

  private final DelegationMapper rows;
  private final Organisation organisation;
  private final OrganisationChangeMapper changes;
  private final Audit audit;
  private final Clock clock;

  Delegations(DelegationMapper rows, Organisation organisation, OrganisationChangeMapper changes, Audit audit,
      Clock clock) {
    this.rows = rows;
    this.organisation = organisation;
    this.changes = changes;
    this.audit = audit;
    this.clock = clock;
  }

  /** The newest first; see {@link DelegationMapper#page}. */
  public Page<Delegation> page(String official, String unit, boolean running, long before, int limit) {
    List<Delegation> found = rows.page(official, unit, running, clock.instant(), before, limit + 1);
    List<Delegation> shown = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(List.copyOf(shown), found.size() > limit ? String.valueOf(shown.get(limit - 1).id()) : null);
  }

  /** @throws NotFound when there is none */
  public Delegation find(long id) {
    return rows.find(id).orElseThrow(() -> new NotFound("没有这条代理。", "There is no such delegation."));
  }

  /**
   * Lets one official act for another. From the past means from now.
   *
   * @param by who arranges it: the absent themselves, or an administrator
   * @throws InvalidInput when it cannot be: another unit, times the wrong way round, in the past or too long
   * @throws Conflict     when one of both is absent or a delegate at that time already
   */
  @Transactional
  public Delegation begin(String absent, String delegate, Instant from, Instant until, String reason, String by) {
    changes.count();
    Instant now = clock.instant();
    Person away = enabled(absent, "absent");
    Person there = enabled(delegate, "delegate");
    if (away.username().equals(there.username())) {
      throw InvalidInput.at("delegate", "不能由本人代理本人。", "Nobody acts for themselves.");
    }
    if (!away.unit().equals(there.unit())) {
      throw InvalidInput.at("delegate", "代理人应是同一单位的同事，这样看到的案件范围不变。",
          "Somebody of the same unit acts for you, so that what is seen stays the same.");
    }
    if (away.posts().stream().map(Post::of).noneMatch(Official::passesOn)) {
      throw InvalidInput.at("absent", "这个人的岗位不办理案件，不需要代理。", "These posts handle no cases; nobody has to act for them.");
    }
    if (from == null || until == null || !from.isBefore(until) || !until.isAfter(now)) {
      throw InvalidInput.at("until", "结束时间应晚于开始时间，并且在将来。", "It ends after it begins, and in the future.");
    }
    Instant begins = from.isBefore(now) ? now : from;
    if (Duration.between(begins, until).compareTo(LONGEST) > 0) {
      throw InvalidInput.at("until", "一次代理最长一年。", "A delegation lasts a year at most.");
    }
    mustBeFree(away, there, begins, until, now);
    var made = new DelegationMapper.New();
    rows.add(new Delegation(0, away.username(), there.username(), begins, until, reason(reason), by, now, null, null),
        made);
    audit.note("delegation", away.username(), away.name(), "added", List.of(Change.of("delegate", null, there.name()),
        Change.of("from", null, begins), Change.of("until", null, until)));
    showAfterCommit();
    return find(made.id());
  }

  /** Ends it now, or calls it off before it began. */
  @Transactional
  public Delegation end(long id, String by) {
    changes.count();
    Delegation found = find(id);
    Instant now = clock.instant();
    if (found.endedAt() != null || !found.untilAt().isAfter(now)) {
      throw new Conflict("already-ended", "这条代理已经结束。", "This delegation has ended already.");
    }
    rows.end(id, by, now);
    audit.note("delegation", found.absent(), name(found.absent()), "ended",
        List.of(Change.of("delegate", name(found.delegate()), null), Change.of("until", found.untilAt(), now)));
    showAfterCommit();
    return find(id);
  }

  private void mustBeFree(Person away, Person there, Instant begins, Instant until, Instant now) {
    List<Delegation> then = rows.ahead(now).stream().filter(d -> d.overlaps(begins, until)).toList();
    refuse(then, d -> d.absent().equals(away.username()), "这段时间已经有人代理" + away.name() + "。",
        "Somebody acts for " + away.name() + " at that time already.");
    refuse(then, d -> d.delegate().equals(away.username()), away.name() + "这段时间正在代理别人，不能再请人代理。",
        away.name() + " acts for somebody at that time; end that first.");
    refuse(then, d -> d.absent().equals(there.username()), there.name() + "这段时间自己不在岗，不能代理。",
        there.name() + " is on leave at that time.");
  }

  private static void refuse(List<Delegation> then, Predicate<Delegation> clashes, String zh, String en) {
    if (then.stream().anyMatch(clashes)) {
      throw new Conflict("delegation-overlaps", zh, en);
    }
  }

  private Person enabled(String username, String field) {
    return Optional.ofNullable(organisation.read().persons.get(username == null ? "" : username))
        .filter(Person::enabled).orElseThrow(() -> InvalidInput.at(field, "没有这位经办人员。", "No such official."));
  }

  private String name(String username) {
    return organisation.official(username).map(Official::name).orElse(username);
  }

  private static String reason(String text) {
    String said = text == null ? "" : text.strip();
    if (said.codePointCount(0, said.length()) > LONGEST_REASON || said.chars().anyMatch(Character::isISOControl)) {
      throw InvalidInput.at("reason", "事由最多 200 个字，且不含控制字符。",
          "The reason has at most 200 characters and no control characters.");
    }
    return said;
  }

  private void showAfterCommit() {
    var after = organisation.read();
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        organisation.show(after);
      }
    });
  }
}

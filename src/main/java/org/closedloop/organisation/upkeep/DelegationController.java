package org.closedloop.organisation.upkeep;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import org.closedloop.once.Once;
import org.closedloop.organisation.Delegation;
import org.closedloop.organisation.Delegations;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/delegations}: everybody arranges who acts for themselves and sees what concerns them; administrators arrange
 * it for everybody.
 */
@RestController
@RequestMapping("/api/delegations")
class DelegationController {

  /** @param absent who is on leave; the caller when left out */
  record Wanted(String absent, String delegate, Instant from, Instant until, String reason) {}

  /**
   * A delegation with the names people know.
   *
   * @param state {@code planned, running} or {@code over}
   */
  record Shown(long id, String absent, String absentName, String unit, String delegate, String delegateName, Instant from,
      Instant until, String reason, String state, String madeByName, Instant endedAt, String endedByName) {}

  private final Delegations delegations;
  private final Organisation organisation;
  private final Once once;
  private final Me me;
  private final Clock clock;

  DelegationController(Delegations delegations, Organisation organisation, Once once, Me me, Clock clock) {
    this.delegations = delegations;
    this.organisation = organisation;
    this.once = once;
    this.me = me;
    this.clock = clock;
  }

  /** The newest first; {@code running}: those that run or are still to come. Without administration only one's own. */
  @GetMapping
  Page<Shown> list(@RequestParam(required = false) String official, @RequestParam(required = false) String unit,
      @RequestParam(defaultValue = "false") boolean running, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    Official by = me.current();
    if (after != null && !after.isEmpty() && !after.matches("[0-9]{1,18}")) {
      throw InvalidInput.at("after", "翻页标记无效，请从第一页重新开始。", "Not a cursor; start again from the first page.");
    }
    String whose = administers(by) ? blankToNull(official) : by.username();
    long before = after == null || after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
    return delegations.page(whose, blankToNull(unit), running, before, Limit.of(limit)).map(this::shown);
  }

  @PostMapping
  ResponseEntity<?> begin(@RequestBody Wanted wanted, @RequestHeader(name = Once.HEADER, required = false) String key,
      HttpServletRequest request) {
    Official by = me.current();
    String absent = wanted.absent() == null || wanted.absent().isBlank() ? by.username() : wanted.absent().strip();
    if (!absent.equals(by.username()) && !administers(by)) {
      throw new Forbidden("只能为自己安排代理；为别人安排请找系统管理员。",
          "You arrange who acts for yourself; for others an administrator does.");
    }
    return once.created(key, by.username(), request, wanted, () -> shown(delegations.begin(absent, wanted.delegate(),
        wanted.from(), wanted.until(), wanted.reason(), by.username())));
  }

  /** Ends it now, or calls it off. */
  @PostMapping("/{id}/end")
  ResponseEntity<?> end(@PathVariable long id, @RequestHeader(name = Once.HEADER, required = false) String key,
      HttpServletRequest request) {
    Official by = me.current();
    Delegation found = delegations.find(id);
    if (!found.absent().equals(by.username()) && !administers(by)) {
      if (found.delegate().equals(by.username())) {
        throw new Forbidden("代理由本人或系统管理员结束。", "Whoever is on leave, or an administrator, ends it.");
      }
      throw new NotFound("没有这条代理。", "There is no such delegation.");
    }
    return once.ok(key, by.username(), request, null, () -> shown(delegations.end(id, by.username())));
  }

  private Shown shown(Delegation d) {
    Instant now = clock.instant();
    return new Shown(d.id(), d.absent(), name(d.absent()),
        organisation.official(d.absent()).map(o -> o.unit().name()).orElse(null), d.delegate(), name(d.delegate()),
        d.fromAt(), d.endsAt(), d.reason(), d.runs(now) ? "running" : now.isBefore(d.endsAt()) ? "planned" : "over",
        name(d.madeBy()), d.endedAt(), name(d.endedBy()));
  }

  private String name(String username) {
    return username == null ? null : organisation.official(username).map(Official::name).orElse(username);
  }

  private static boolean administers(Official by) {
    return by.holds(Post.ADMINISTRATOR);
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}

package org.closedloop.worklist;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.ClockListener;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Lets the copies of the clocks follow the clocks: the columns of the open items, and the case's own, by which lists and
 * boards show one light per case.
 */
@Component
public class CaseLights implements ClockListener {

  /** Clocks that run against officials. What runs for the reporter, wakes a suspension or climbs the ladder does not. */
  private static final Set<String> OFFICIAL = Set.of("stage", "side", "check-in");

  private final ObjectProvider<Clocks> clocks;
  private final CaseRegister register;
  private final OpenItems items;

  CaseLights(ObjectProvider<Clocks> clocks, CaseRegister register, OpenItems items) {
    this.clocks = clocks;
    this.register = register;
    this.items = items;
  }

  @Override
  public void moved(Running clock) {
    items.clock(clock.caseNumber(), clock.processInstance(), clock.key(), instant(clock.warn()),
        instant(clock.due()), instant(clock.pausedSince()));
    refresh(clock.caseNumber());
  }

  /** The case's light is the worst of its clocks that run; grey when all of them stand still. */
  public void refresh(String number) {
    List<Running> running = clocks.getObject().running(number).stream().filter(c -> OFFICIAL.contains(c.kind()))
        .toList();
    List<Running> ticking = running.stream().filter(c -> c.pausedSince() == null).toList();
    Instant warn = ticking.stream().map(c -> instant(c.warn())).filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    Instant due = ticking.stream().map(c -> instant(c.due())).min(Instant::compareTo).orElse(null);
    Instant paused = ticking.isEmpty()
        ? running.stream().map(c -> instant(c.pausedSince())).min(Instant::compareTo).orElse(null) : null;
    register.clocks(number, warn, due, paused);
  }

  private static Instant instant(OffsetDateTime at) {
    return at == null ? null : at.toInstant();
  }
}

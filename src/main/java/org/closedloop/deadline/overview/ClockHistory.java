package org.closedloop.deadline.overview;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseSection;
import org.closedloop.casefile.Light;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.springframework.stereotype.Component;

/** The part {@code clocks} of the case page: every clock the case ever had, what extended and what stopped it. */
@Component
class ClockHistory implements CaseSection {

  private final Clocks clocks;
  private final Organisation organisation;
  private final Clock clock;

  ClockHistory(Clocks clocks, Organisation organisation, Clock clock) {
    this.clocks = clocks;
    this.organisation = organisation;
    this.clock = clock;
  }

  /** @param late an ended clock ended after its deadline, or a running one is past it */
  record Shown(String process, String task, String kind, String unit, int round, OffsetDateTime startedAt, int amount,
      AllowanceUnit amountUnit, OffsetDateTime warn, OffsetDateTime due, OffsetDateTime originalDue,
      OffsetDateTime pausedSince, OffsetDateTime endedAt, Light light, boolean late, List<Extended> extensions,
      List<Stopped> stops) {}

  /**
   * @param by   name of the official who decided it
   * @param at   when it was asked for
   * @param from the deadline before, null when a standstill had moved it; {@code due} the one after
   */
  record Extended(int amount, AllowanceUnit unit, String by, OffsetDateTime at, OffsetDateTime from,
      OffsetDateTime due) {}

  record Stopped(OffsetDateTime since, OffsetDateTime until) {}

  @Override
  public String name() {
    return "clocks";
  }

  @Override
  public List<Shown> read(CaseFile file, Official reader) {
    Instant now = clock.instant();
    Map<Long, List<Stopped>> stops = clocks.stops(file.number()).stream().collect(Collectors.groupingBy(
        Clocks.Stop::clockId, Collectors.mapping(s -> new Stopped(s.since(), s.until()), Collectors.toList())));
    return clocks.history(file.number()).stream()
        .map(c -> shown(c, stops.getOrDefault(c.id(), List.of()), now)).toList();
  }

  private Shown shown(Running c, List<Stopped> stops, Instant now) {
    boolean late = c.endedAt() != null ? c.endedAt().isAfter(c.due()) : c.light(now) == Light.RED;
    return new Shown(c.process(), c.key(), c.kind(), c.unitCode(), c.round(), c.startedAt(), c.amount(), c.unit(),
        c.warn(), c.due(), c.originalDue(), c.pausedSince(), c.endedAt(), c.light(now), late, extended(c, stops),
        stops);
  }

  private List<Extended> extended(Running c, List<Stopped> stops) {
    List<Extended> all = new ArrayList<>();
    OffsetDateTime from = c.originalDue();
    for (Running.Extension e : c.extensions()) {
      boolean movedBefore = stops.stream().anyMatch(s -> s.since().isBefore(e.at()));
      all.add(new Extended(e.amount(), e.unit(), name(e.by()), e.at(), movedBefore ? null : from, e.due()));
      from = e.due();
    }
    return all;
  }

  private String name(String username) {
    return username == null ? null : organisation.official(username).map(Official::name).orElse(username);
  }
}

package org.closedloop.whistle;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseSection;
import org.closedloop.casefile.Light;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.springframework.stereotype.Component;

/**
 * The part {@code whistle} of the case page, null for other cases: the spot, and each called department with its clock,
 * its check-in and distance, its result, its marks, and where else it is wanted at the same time.
 */
@Component
class WhistleSection implements CaseSection {

  private final WhistleMapper whistles;
  private final CallMapper calls;
  private final MarkMapper marks;
  private final Clocks clocks;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  WhistleSection(WhistleMapper whistles, CallMapper calls, MarkMapper marks, Clocks clocks, Organisation organisation,
      Me me, Clock clock) {
    this.whistles = whistles;
    this.calls = calls;
    this.marks = marks;
    this.clocks = clocks;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  record Shown(String kind, String matter, Instant neededAt, String where, Spot location, String leadDepartment,
      int turn, Instant soundedAt, Instant confirmedAt, List<Called> departments) {}

  /**
   * @param light of the check-in while it is awaited: green, yellow, red; none afterwards
   * @param marks null until they are given, and for readers whose business they are not
   */
  record Called(String department, String name, int turn, boolean leads, Instant calledAt, Instant due, Light light,
      Objection objection, Instant noShowAt, CheckIn checkIn, Result result, Release released, Marks marks,
      List<AlsoCalled> alsoCalledBy) {}

  /** @param outcome upheld, refused, or null while it is consulted about */
  record Objection(Instant at, String by, String outcome) {}

  /** @param distance metres from the spot; @param accuracy metres, as the phone said */
  record CheckIn(Instant at, String by, boolean late, Spot location, Double accuracy, Integer distance) {}

  record Result(Instant at, String outcome) {}

  /** @param why objection or township */
  record Release(Instant at, String by, String why) {}

  record Marks(int arrival, int effort, int result, String remark, String by, Instant at, Instant appealedAt,
      String appealOutcome, Instant finalAt) {}

  /** Another open whistle that calls the same department; its title only for those who may see it. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record AlsoCalled(String number, String title, Instant at, boolean checkedIn) {}

  @Override
  public String name() {
    return "whistle";
  }

  @Override
  public Shown read(CaseFile file, Official reader) {
    WhistleMapper.Whistle whistle = whistles.find(file.number());
    if (whistle == null) {
      return null;
    }
    List<CallMapper.Call> all = calls.of(file.number());
    List<String> departments = all.stream().map(CallMapper.Call::department).distinct().toList();
    Map<String, MarkMapper.Mark> given = marks.of(file.number()).stream()
        .collect(Collectors.toMap(MarkMapper.Mark::department, m -> m));
    Map<String, List<AlsoCalled>> elsewhere = departments.isEmpty() ? Map.of()
        : calls.elsewhere(file.number(), departments, me.sight()).stream().collect(Collectors.groupingBy(
            CallMapper.Other::department, Collectors.mapping(
                o -> new AlsoCalled(o.number(), o.title(), o.calledAt(), o.checkedIn()), Collectors.toList())));
    List<Running> running = clocks.running(file.number());
    Instant now = clock.instant();
    return new Shown(whistle.kind(), whistle.matter(), whistle.neededAt(), whistle.place(), whistle.spot(),
        whistle.leadDepartment(), whistle.turn(), whistle.soundedAt(), whistle.confirmedAt(),
        all.stream().map(c -> called(c, whistle, running, file.open() && c.open() ? elsewhere : Map.of(),
            concerns(file, c.department(), reader) ? given.get(c.department()) : null, now)).toList());
  }

  private Called called(CallMapper.Call c, WhistleMapper.Whistle whistle, List<Running> running,
      Map<String, List<AlsoCalled>> elsewhere, MarkMapper.Mark mark, Instant now) {
    return new Called(c.department(), name(c.department()), c.turn(),
        c.department().equals(whistle.leadDepartment()), c.calledAt(), c.dueAt(), light(c, running, now),
        c.objectedAt() == null ? null : new Objection(c.objectedAt(), c.objectedBy(), c.objection()), c.noShowAt(),
        c.checkedInAt() == null ? null : new CheckIn(c.checkedInAt(), c.checkedInBy(), c.late(),
            Spot.of(c.lng(), c.lat()), c.accuracy(), c.distance()),
        c.filedAt() == null ? null : new Result(c.filedAt(), c.outcome()),
        c.releasedAt() == null ? null : new Release(c.releasedAt(), c.releasedBy(), c.release()),
        mark == null ? null : new Marks(mark.arrival(), mark.effort(), mark.result(), mark.remark(), mark.markedBy(),
            mark.markedAt(), mark.appealedAt(), mark.appealOutcome(), mark.finalAt()),
        elsewhere.getOrDefault(c.department(), List.of()));
  }

  private static Light light(CallMapper.Call c, List<Running> running, Instant now) {
    if (c.checkedInAt() != null || c.releasedAt() != null) {
      return Light.NONE;
    }
    return running.stream().filter(r -> r.kind().equals("check-in") && c.department().equals(r.unitCode())).findFirst()
        .map(r -> Light.of(now, r.warn().toInstant(), r.due().toInstant(), null)).orElse(Light.NONE);
  }

  /** Marks are between the township that gave them, the department that got them, and the county. */
  private boolean concerns(CaseFile file, String department, Official reader) {
    return reader.unit().code().equals(department) || reader.unit().code().equals(file.leadUnit())
        || reader.unit().kind() == UnitKind.COMMAND_CENTRE;
  }

  private String name(String unit) {
    return organisation.unit(unit).map(Unit::name).orElse(unit);
  }
}

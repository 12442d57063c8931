package org.closedloop.whistle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every statement of the whistle register, on a real PostgreSQL. */
@LiveApp
class WhistleMappersTest {

  private static final String POLICE = "140929-ga";
  private static final String TOWNSHIP = "140929101.handler";
  private static final Instant AT = Instant.parse("2026-03-02T01:00:00Z");
  private static final Instant LATER = AT.plus(1, ChronoUnit.HOURS);
  private static final Sight COUNTY = new Sight(true, null, List.of(), false);
  private static final Sight NOTHING = new Sight(false, null, List.of(), false);

  @Autowired
  Caller caller;
  @Autowired
  WhistleMapper whistles;
  @Autowired
  CallMapper calls;
  @Autowired
  MarkMapper marks;

  private String number;

  @BeforeEach
  void aWhistle() {
    number = whistle();
  }

  private String whistle() {
    String made = caller.as("dispatcher1").post("/api/cases", Map.of("title", "河道违建", "area", "140929101", "channel",
        "patrol")).expect(201).json().get("number").asText();
    whistles.add(new WhistleMapper.Whistle(made, "key-work", "拆除河道违建", LATER, "三井村", 111.7, 38.8, POLICE, 1, AT,
        null));
    return made;
  }

  @Test
  void aWhistleIsConfirmedAndSoundsAgain() {
    assertThat(whistles.find(number)).isEqualTo(new WhistleMapper.Whistle(number, "key-work", "拆除河道违建", LATER, "三井村",
        111.7, 38.8, POLICE, 1, AT, null));
    whistles.confirm(number, null, LATER);
    whistles.again(number);
    assertThat(whistles.find(number)).satisfies(w -> {
      assertThat(w.leadDepartment()).as("kept where it is not corrected").isEqualTo(POLICE);
      assertThat(w.confirmedAt()).isEqualTo(LATER);
      assertThat(w.turn()).isEqualTo(2);
      assertThat(w.spot()).isEqualTo(new Spot(111.7, 38.8));
    });
    whistles.confirm(number, "140929-sl", LATER);
    assertThat(whistles.find(number).leadDepartment()).isEqualTo("140929-sl");
    assertThat(whistles.find("none")).isNull();
  }

  @Test
  void aDepartmentIsCalledOnceATurnAndWhatFollowsIsAboutItsLatestCall() {
    assertThat(calls.add(number, 1, POLICE, "key-work", AT, LATER)).isEqualTo(1);
    assertThat(calls.add(number, 1, POLICE, "key-work", LATER, LATER)).isZero();
    calls.filed(number, POLICE, "partly", AT);
    assertThat(calls.add(number, 2, POLICE, "key-work", LATER, LATER)).isEqualTo(1);
    calls.objected(number, POLICE, "ga.handler", LATER);
    calls.objectionDecided(number, POLICE, "refused");
    calls.noShow(number, POLICE, LATER);
    calls.due(number, POLICE, LATER.plusSeconds(60));
    calls.checkedIn(number, POLICE, "ga.handler", true, new Spot(111.8, 38.9), 12.5, 14_000, LATER);
    calls.due(number, POLICE, AT);
    calls.released(number, POLICE, "140929101.handler", "township", LATER);
    assertThat(calls.of(number)).extracting(CallMapper.Call::turn).containsExactly(1, 2);
    assertThat(calls.of(number).get(0)).satisfies(first -> {
      assertThat(first.outcome()).isEqualTo("partly");
      assertThat(first.checkedInAt()).isNull();
      assertThat(first.objectedAt()).isNull();
    });
    assertThat(calls.latest(number, POLICE)).isEqualTo(new CallMapper.Call(number, 2, POLICE, "key-work", LATER,
        LATER.plusSeconds(60), LATER, "ga.handler", "refused", LATER, LATER, "ga.handler", true, 111.8, 38.9, 12.5,
        14_000, null, null, LATER, "140929101.handler", "township"));
  }

  @Test
  void whenTheWhistleIsWithdrawnOnlyThoseStillWantedAreReleased() {
    calls.add(number, 1, POLICE, "key-work", AT, LATER);
    calls.add(number, 1, "140929-sl", "key-work", AT, LATER);
    calls.filed(number, POLICE, "done", AT);
    calls.releasedAll(number, TOWNSHIP, LATER);
    assertThat(calls.latest(number, POLICE).releasedAt()).isNull();
    assertThat(calls.latest(number, "140929-sl")).satisfies(c -> {
      assertThat(c.releasedBy()).isEqualTo(TOWNSHIP);
      assertThat(c.release()).isEqualTo("township");
      assertThat(c.open()).isFalse();
    });
  }

  @Test
  void anUnknownPlaceIsNoPlace() {
    calls.add(number, 1, POLICE, "key-work", AT, null);
    calls.checkedIn(number, POLICE, "ga.handler", false, new Spot(111.8, 38.9), null, null, LATER);
    assertThat(calls.latest(number, POLICE)).satisfies(c -> {
      assertThat(c.distance()).isNull();
      assertThat(c.accuracy()).isNull();
      assertThat(c.dueAt()).isNull();
      assertThat(c.open()).isTrue();
    });
  }

  @Test
  void otherWhistlesOfADepartmentAreNumbersAndTitlesOnlyForThoseWhoMaySeeThem() {
    String department = "140929-wl";
    String other = whistle();
    calls.add(number, 1, department, "key-work", AT, null);
    calls.add(other, 1, department, "key-work", LATER, null);
    assertThat(calls.elsewhere(number, List.of(department, "140929-sl"), COUNTY)).filteredOn(
        o -> o.number().equals(other)).containsExactly(new CallMapper.Other(department, other, "河道违建", LATER, false));
    assertThat(calls.elsewhere(number, List.of(department), NOTHING)).filteredOn(o -> o.number().equals(other))
        .extracting(CallMapper.Other::title).containsOnlyNulls();
    calls.released(other, department, "somebody", "township", LATER);
    assertThat(calls.elsewhere(number, List.of(department), COUNTY)).extracting(CallMapper.Other::number)
        .doesNotContain(other, number);
  }

  @Test
  void aMarkCopiesTheFactsOfTheLatestCallAndMayBeAppealedOnce() {
    calls.add(number, 1, POLICE, "key-work", AT, LATER);
    calls.add(number, 2, POLICE, "key-work", LATER, LATER);
    marks.add(number, POLICE, 2, 3, 4, "来得晚", "140929101.handler", LATER);
    marks.appealed(number, POLICE, "ga.handler", LATER);
    marks.marks(number, POLICE, 3, 3, 5);
    marks.decided(number, POLICE, "upheld", "dutyleader");
    marks.beyondAppeal(number, POLICE, LATER.plusSeconds(1));
    assertThat(marks.of(number)).containsExactly(new MarkMapper.Mark(number, POLICE, 3, 3, 5, "来得晚",
        "140929101.handler", LATER, LATER, "ga.handler", "upheld", "dutyleader", LATER.plusSeconds(1)));
    assertThat(marks.of("none")).isEmpty();
  }
}

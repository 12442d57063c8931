package org.closedloop.board.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.board.DrillDown;
import org.closedloop.board.Lights;
import org.closedloop.board.Links;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.Light;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The board counts what one may see, each case once per table, and no case one may not see. */
@LiveApp
class BoardTest {

  @Autowired
  Boards boards;
  @Autowired
  CaseRegister register;
  @Autowired
  JdbcClient sql;
  @Autowired
  Clock clock;
  @Autowired
  Caller caller;

  /** A unit of this test alone: its sight sees only the cases made here. */
  private final String unit = "test-" + UUID.randomUUID();
  private final Sight own = new Sight(false, null, List.of(unit), false);

  private String open(String area, String stage, Duration warnIn, Duration dueIn, boolean paused, String lead) {
    String number = register.open(new NewCase("case-handling", "citizen-page", "板上的案件", "说明", null, area, null, null,
        "ordinary", new Reporter(null, null, true), null), null, Map.of()).number();
    register.concerns(number, unit, "lead");
    Instant now = clock.instant();
    sql.sql("update case_file set stage = ?, warn_at = ?, due_at = ?, paused_since = ?, lead_unit = ? where number = ?")
        .params(stage, at(warnIn == null ? null : now.plus(warnIn)), at(dueIn == null ? null : now.plus(dueIn)),
            at(paused ? now : null), lead, number).update();
    return number;
  }

  private static OffsetDateTime at(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static Links stage(String stage) {
    return Links.open("&process=case-handling&stage=" + stage);
  }

  @Test
  void openCasesAreCountedByStageUnitAreaAndLight() {
    Duration hour = Duration.ofHours(1);
    open("140929100", "accept", hour, hour.multipliedBy(2), false, null);
    open("140929100", "accept", hour.negated(), hour, false, null);
    String late = open("140929100", "handle", hour.multipliedBy(-3), hour.multipliedBy(-2), false, unit);
    String later = open("140929101", "handle", hour.multipliedBy(-3), hour.negated(), false, unit);
    open("140929101", "handle", hour.multipliedBy(-3), hour.negated(), true, unit);
    open("140929", "verify", null, null, false, unit);
    String gone = open("140929100", "handle", hour, hour, false, unit);
    sql.sql("update case_file set open = false, stage = 'closed', closed_at = ? where number = ?")
        .params(at(clock.instant()), gone).update();
    String refused = open("140929100", "handle", hour, hour, false, unit);
    sql.sql("update case_file set open = false, stage = 'refused', closed_at = ? where number = ?")
        .params(at(clock.instant()), refused).update();

    Board board = boards.count(own);
    assertThat(board.open()).isEqualTo(new Lights(6, 1, 1, 2, 1, 1));
    assertThat(board.stages()).containsExactly(
        new Board.OfStage("case-handling", "accept", new Lights(2, 1, 1, 0, 0, 0), stage("accept")),
        new Board.OfStage("case-handling", "handle", new Lights(3, 0, 0, 2, 1, 0), stage("handle")),
        new Board.OfStage("case-handling", "verify", new Lights(1, 0, 0, 0, 0, 1), stage("verify")));
    assertThat(board.units()).extracting(u -> u.unit().code()).containsExactly(unit, null);
    assertThat(board.units()).extracting(Board.OfUnit::lights)
        .containsExactly(new Lights(4, 0, 0, 2, 1, 1), new Lights(2, 1, 1, 0, 0, 0));
    assertThat(board.areas()).extracting(a -> a.area().code()).containsExactly("140929100", "140929101", "140929");
    assertThat(board.areas()).extracting(Board.OfArea::itself).containsExactly(false, false, true);
    assertThat(board.areas()).extracting(a -> a.lights().total()).containsExactly(3L, 2L, 1L);
    assertThat(board.today()).extracting(Board.Today::opened, Board.Today::closed, Board.Today::ended)
        .containsExactly(8L, 1L, 2L);
    assertThat(board.overdue().items()).extracting(Board.Late::number).containsExactly(late, later);
    assertThat(board.whistles().sounding()).isZero();
  }

  @Test
  void aTownshipSeesItsVillagesAndNotItsNeighbours() {
    String village = sql.sql("select code from area where parent = '140929100' order by code limit 1")
        .query(String.class).single();
    Sight township = new Sight(false, "140929/140929100/", List.of("140929100"), false);
    Board before = boards.count(township);
    open(village, "accept", null, null, false, null);
    open("140929101", "accept", null, null, false, null);
    Board after = boards.count(township);
    assertThat(after.open().total()).isEqualTo(before.open().total() + 1);
    assertThat(in(after, village)).isEqualTo(in(before, village) + 1);
    // only what other tests gave this township to do there, never what its neighbour has opened
    assertThat(in(after, "140929101")).isEqualTo(in(before, "140929101"));
    assertThat(boards.count(new Sight(false, null, List.of(), false)).open()).isEqualTo(Lights.ZERO);
  }

  private static long in(Board board, String area) {
    return board.areas().stream().filter(a -> a.area().code().equals(area)).mapToLong(a -> a.lights().total()).sum();
  }

  @Test
  void theNumbersAreSharedForTwoSecondsAndNotLonger() {
    Board first = boards.now(own);
    assertThat(boards.now(new Sight(false, null, List.of(unit), true))).isSameAs(first);
    open("140929100", "accept", null, null, false, null);
    long until = System.nanoTime() + Duration.ofSeconds(6).toNanos();
    while (boards.now(own).open().total() == 0 && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    assertThat(boards.now(own).open().total()).isEqualTo(1);
  }

  @Test
  void theBoardIsServedToThoseWhoLoggedIn() {
    JsonNode board = caller.as("countyleader").get("/api/board").expect(200).json();
    assertThat(board.path("at").asText()).contains("+08:00");
    for (String part : List.of("open", "stages", "units", "areas", "today", "whistles", "overdue")) {
      assertThat(board.has(part)).as(part).isTrue();
    }
    assertThat(caller.as("designer").get("/api/board").expect(200).json().path("open").path("total").asInt()).isZero();
    caller.get("/api/board").expect(401);
  }

  @Test
  void everyNumberOpensToTheCasesItCounted() {
    Duration hour = Duration.ofHours(1);
    open("140929100", "accept", hour, hour.multipliedBy(2), false, null);
    open("140929100001", "handle", hour.multipliedBy(-3), hour.multipliedBy(-2), false, "140929-ga");
    register.concerns(open("140929101", "handle", hour.negated(), hour, true, "140929-ga"), "140929-ga", "lead");
    open("140929", "verify", null, null, false, "140929-ga");
    for (String reader : List.of("countyleader", "140929100.handler", "ga.handler", "designer")) {
      everyNumberOpens(reader, 3);
    }
  }

  /** A deadline of another test may pass between the board and its lists: then both are read again. */
  private void everyNumberOpens(String reader, int tries) {
    try {
      everyNumberOpens(reader);
    } catch (AssertionError differs) {
      if (tries == 1) {
        throw differs;
      }
      everyNumberOpens(reader, tries - 1);
    }
  }

  private void everyNumberOpens(String reader) {
    Caller who = caller.as(reader);
    JsonNode board = who.get("/api/board").expect(200).json();
    assertThat(DrillDown.openAllLights(who, board)).as(reader).isGreaterThanOrEqualTo(6);
    for (String day : List.of("opened", "closed", "ended")) {
      JsonNode today = board.path("today");
      assertThat(DrillDown.open(who, today.path("links").path(day).asText())).as(reader + " " + day)
          .hasSize(today.path(day).asInt());
    }
    assertThat(DrillDown.open(who, board.path("whistles").path("link").asText()))
        .hasSize(board.path("whistles").path("sounding").asInt());
    assertThat(DrillDown.open(who, board.path("overdue").path("link").asText()))
        .hasSize(board.path("open").path("red").asInt());
  }

  @Test
  void aSoundingWhistleShowsWhoCameAndWhoIsAwaited() {
    String number = open("140929100", "gather", null, null, false, null);
    sql.sql("update case_file set process = 'whistle' where number = ?").param(number).update();
    Instant now = clock.instant();
    checkIn(number, "140929-ga", now.minusSeconds(7200), now.minusSeconds(60), now.minusSeconds(3600));
    checkIn(number, "140929-zj", now.minusSeconds(7200), now.minusSeconds(60), null);
    checkIn(number, "140929-sl", now.minusSeconds(7200), now.plusSeconds(3600), null);
    Board.Whistles whistles = boards.count(own).whistles();
    assertThat(whistles.sounding()).isEqualTo(1);
    assertThat(whistles.calls()).extracting(c -> c.unit().code())
        .containsExactly("140929-zj", "140929-sl", "140929-ga");
    assertThat(whistles.calls()).extracting(Board.Called::light)
        .containsExactly(Light.RED, Light.GREEN, Light.NONE);
    sql.sql("update case_file set open = false, closed_at = ? where number = ?").params(at(now), number).update();
    assertThat(boards.count(own).whistles().calls()).isEmpty();
  }

  private void checkIn(String number, String called, Instant from, Instant due, Instant came) {
    sql.sql("""
        insert into whistle (case_number, kind, matter, place, sounded_at) values (?, 'key-work', '事项', '地点', ?)
        on conflict do nothing
        """).params(number, at(from)).update();
    sql.sql("""
        insert into whistle_call (case_number, turn, department, kind, called_at, due_at, checked_in_at)
        values (?, 1, ?, 'key-work', ?, ?, ?)
        """).params(number, called, at(from), at(due), at(came)).update();
  }
}

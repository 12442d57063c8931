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
import org.closedloop.board.Board.Lights;
import org.closedloop.casefile.CaseRegister;
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
        new Board.OfStage("case-handling", "accept", new Lights(2, 1, 1, 0, 0, 0)),
        new Board.OfStage("case-handling", "handle", new Lights(3, 0, 0, 2, 1, 0)),
        new Board.OfStage("case-handling", "verify", new Lights(1, 0, 0, 0, 0, 1)));
    assertThat(board.units()).extracting(u -> u.unit().code()).containsExactly(unit, null);
    assertThat(board.units()).extracting(Board.OfUnit::lights)
        .containsExactly(new Lights(4, 0, 0, 2, 1, 1), new Lights(2, 1, 1, 0, 0, 0));
    assertThat(board.areas()).extracting(a -> a.area().code()).containsExactly("140929100", "140929101", null);
    assertThat(board.areas()).extracting(a -> a.lights().total()).containsExactly(3L, 2L, 1L);
    assertThat(board.today()).isEqualTo(new Board.Today(8, 1, 2));
    assertThat(board.overdue()).extracting(Board.Overdue::number).containsExactly(late, later);
    assertThat(board.whistles()).isZero();
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
    assertThat(after.areas()).extracting(a -> a.area().code()).contains(village).doesNotContain("140929101");
    assertThat(boards.count(new Sight(false, null, List.of(), false)).open()).isEqualTo(Lights.ZERO);
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
}

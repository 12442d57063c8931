package org.closedloop.board.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.board.DrillDown;
import org.closedloop.casefile.Bounds;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The map shows each open case with a known place once, alone or in a cluster, and only to those who may see it. */
@LiveApp
class CaseMapTest {

  @Autowired CaseMaps maps;
  @Autowired CaseRegister register;
  @Autowired JdbcClient sql;
  @Autowired Clock clock;
  @Autowired Caller caller;

  private final String unit = "map-" + UUID.randomUUID();
  private final Sight own = new Sight(false, null, List.of(unit), false);
  /** A sea far from everybody else's cases. */
  private final double lng = -120 + Math.floor(Math.random() * 1000) / 64;
  private final double lat = -40 + Math.floor(Math.random() * 1000) / 64;
  private final Bounds sea = new Bounds(lng - 1, lat - 1, lng + 1, lat + 1);

  private String open(double east, double north, int dueInSeconds) {
    String number = place(east, north, dueInSeconds);
    register.concerns(number, unit, "lead");
    return number;
  }

  private String place(Double east, Double north, int dueInSeconds) {
    String number = register.open(new NewCase("case-handling", "citizen-page", "图上的案件", "说明", null, "140929100",
        east == null ? null : lng + east, north == null ? null : lat + north, "ordinary",
        new Reporter(null, null, true), null), null, Map.of()).number();
    Instant due = clock.instant().plusSeconds(dueInSeconds);
    sql.sql("update case_file set warn_at = ?, due_at = ? where number = ?")
        .params(due.minusSeconds(60).atOffset(ZoneOffset.UTC), due.atOffset(ZoneOffset.UTC), number).update();
    return number;
  }

  private String alone;
  private Set<String> together;

  @BeforeEach
  void casesAtSea() {
    alone = open(0.9, 0.9, 3600);
    together = new HashSet<>(Set.of(open(0.001, 0.001, 3600), open(0.0012, 0.0011, -3600), open(0.0013, 0.001, 30)));
    place(0.9, -0.9, 3600);
    open(1.0, 0, 3600);
  }

  @Test
  void casesNearEachOtherAreOneClusterInTheColourOfTheWorst() {
    CaseMap map = maps.of(own, sea, 9);
    assertThat(map.points()).extracting(CaseMap.Point::number).containsExactly(alone);
    assertThat(map.points().get(0).light()).isEqualTo("green");
    assertThat(map.clusters()).hasSize(1);
    CaseMap.Cluster cluster = map.clusters().get(0);
    assertThat(cluster.lights().total()).isEqualTo(3);
    assertThat(cluster.light()).isEqualTo("red");
    assertThat(cluster.lights().red()).isEqualTo(1);
    assertThat(cluster.lights().yellow()).isEqualTo(1);
    assertThat(cluster.lng()).isBetween(lng + 0.001, lng + 0.0013);
  }

  @Test
  void zoomingInTakesAClusterApartAndOutPutsAllTogether() {
    assertThat(maps.of(own, new Bounds(lng, lat, lng + 0.002, lat + 0.002), 22).points())
        .extracting(CaseMap.Point::number).containsExactlyInAnyOrderElementsOf(together);
    CaseMap world = maps.of(own, new Bounds(-180, -90, 180, 90), 0);
    long shown = world.points().size() + world.clusters().stream().mapToLong(c -> c.lights().total()).sum();
    assertThat(shown).isEqualTo(5);
  }

  @Test
  void everyCaseIsShownOnceWhateverTheZoom() {
    for (int zoom = 0; zoom <= 22; zoom++) {
      CaseMap map = maps.of(own, sea, zoom);
      assertThat(map.points().size() + map.clusters().stream().mapToLong(c -> c.lights().total()).sum())
          .as("zoom " + zoom).isEqualTo(4);
    }
    assertThat(maps.of(own, sea, null).zoom()).isEqualTo(9);
  }

  @Test
  void aWideStretchAtADeepZoomIsStillOfBoundedSize() {
    for (int i = 0; i < 70; i++) {
      open(-1 + i / 40.0, -0.5, 3600);
    }
    assertThat(maps.of(own, sea, 22).points().size()).isLessThanOrEqualTo(65 * 65);
  }

  @Test
  void clustersAndUnplacedCasesOpenToTheirCases() {
    place(null, null, 3600);
    Caller leader = caller.as("countyleader");
    for (int zoom : List.of(5, 9, 14)) {
      JsonNode map = leader.get("/api/board/map?bbox=" + sea.text() + "&zoom=" + zoom).expect(200).json();
      assertThat(map.path("unplaced")).isNotEmpty();
      assertThat(DrillDown.openAllLights(leader, map)).isGreaterThanOrEqualTo(6);
    }
    JsonNode map = leader.get("/api/board/map?bbox=" + sea.text() + "&zoom=9").expect(200).json();
    assertThat(DrillDown.open(leader, map.path("clusters").path(0).path("links").path("total").asText()))
        .isEqualTo(together);
  }

  @Test
  void whoMaySeeNoCaseIsShownNone() {
    for (String blind : List.of("designer", "ga.handler")) {
      JsonNode map = caller.as(blind).get("/api/board/map?bbox=" + sea.text()).expect(200).json();
      assertThat(map.path("points")).isEmpty();
      assertThat(map.path("clusters")).isEmpty();
    }
    caller.get("/api/board/map?bbox=" + sea.text()).expect(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?bbox=", "?bbox=1,2,3", "?bbox=1,2,3,4,5", "?bbox=3,2,1,4", "?bbox=1,4,3,2",
      "?bbox=NaN,1,2,3", "?bbox=-181,1,2,3", "?bbox=1,1,2,91", "?bbox=1e1,1,20,3", "?bbox=1,1,1,3", "?bbox=a,b,c,d",
      "?bbox=1,1,2,2&zoom=23", "?bbox=1,1,2,2&zoom=-1"})
  void aStretchThatIsNoneIsRefused(String query) {
    JsonNode problem = caller.as("countyleader").get("/api/board/map" + query).expect(422).json();
    assertThat(problem.path("errors").path(0).path("field").asText()).isIn("bbox", "zoom");
  }
}

package org.closedloop.casefile.nearby;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The map for everybody shows how many, never one, and nothing of what is nobody's business. */
@LiveApp
class PublicMapTest {

  /** A place where no other test's case lies. */
  private static final double LNG = 112.5001;
  private static final double LAT = 39.5001;

  @Autowired Caller caller;
  @Autowired PublicMap map;
  @Autowired Clock clock;

  @Test
  void fewReportsAreNotShownAndOthersOnlyAsSquares() {
    report("030503", LNG);
    report("030503", LNG);
    report("110101", LNG);
    assertThat(here()).as("two lamps and unpaid wages").isEmpty();
    report("010101", LNG + 0.007);
    assertThat(here()).singleElement().satisfies(square -> {
      assertThat(square.side()).as("of the larger kind").isEqualTo(0.02);
      assertThat(square.cases()).isEqualTo(3);
      assertThat(square.open()).isEqualTo(3);
      assertThat(square.kinds()).extracting(PublicMap.Kind::category).containsExactly("03", "01");
    });
    report("030503", LNG);
    assertThat(here()).as("one is left over in the larger one").singleElement()
        .satisfies(square -> assertThat(square.side()).isEqualTo(0.005));
    caller.get("/api/public/cases/map").expect(200);
  }

  private List<PublicMap.Square> here() {
    return map.make(clock.instant()).squares().stream().filter(s -> s.lng() > 112.4 && s.lat() > 39.4).toList();
  }

  private void report(String category, double lng) {
    caller.post("/api/public/reports", Map.of("title", "秘密", "category", category, "area", "140929101", "location",
        Map.of("lng", lng, "lat", LAT))).expect(201);
  }
}

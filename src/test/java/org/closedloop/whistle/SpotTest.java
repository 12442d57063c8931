package org.closedloop.whistle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpotTest {

  @Test
  void aDegreeOfLatitudeIsOneHundredAndElevenKilometres() {
    assertThat(new Spot(111.7, 38.0).metresTo(new Spot(111.7, 39.0))).isBetween(111_190, 111_200);
  }

  @Test
  void degreesOfLongitudeShrinkTowardsThePole() {
    assertThat(new Spot(111.0, 38.8).metresTo(new Spot(112.0, 38.8))).isBetween(86_600, 86_700);
  }

  @Test
  void theSameSpotIsNoDistanceAwayAndTheOtherSideOfTheEarthIsHalfItsGirth() {
    assertThat(new Spot(111.7, 38.8).metresTo(new Spot(111.7, 38.8))).isZero();
    assertThat(new Spot(0, 0).metresTo(new Spot(180, 0))).isBetween(20_015_000, 20_016_000);
  }

  @Test
  void aPlaceIsTwoNumbersOrNone() {
    assertThat(Spot.of(111.7, null)).isNull();
    assertThat(Spot.of(111, 38)).isEqualTo(new Spot(111, 38));
  }
}

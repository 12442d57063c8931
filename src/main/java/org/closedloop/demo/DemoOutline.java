package org.closedloop.demo;

import org.closedloop.ground.CountyMaps;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Gives the demo county an outline. It is a sketch of the product's own making: no border in it was measured. */
@Component
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoOutline implements SmartInitializingSingleton {

  private final DemoOrganisation county;
  private final CountyMaps maps;

  DemoOutline(DemoOrganisation county, CountyMaps maps) {
    this.county = county;
    this.maps = maps;
  }

  @Override
  public void afterSingletonsInstantiated() {
    // areas are known by their codes: those first, in whatever order Spring calls
    county.afterSingletonsInstantiated();
    maps.fillWhenEmpty("reference/demo/outline.geojson", "演示用示意图，非实测边界", "admin");
  }
}

package org.closedloop.demo;

import org.closedloop.casefile.category.CategoryUpkeep;
import org.closedloop.dutylist.DutyListUpkeep;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Gives the demo county a duty list. The laws named as bases are real; which unit answers is invented, a county imports
 * the list its government decided.
 */
@Component
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoDutyList implements SmartInitializingSingleton {

  private final DemoOrganisation county;
  private final CategoryUpkeep categories;
  private final DutyListUpkeep upkeep;

  DemoDutyList(DemoOrganisation county, CategoryUpkeep categories, DutyListUpkeep upkeep) {
    this.county = county;
    this.categories = categories;
    this.upkeep = upkeep;
  }

  @Override
  public void afterSingletonsInstantiated() {
    // rows name units, areas and categories: those first, in whatever order Spring calls; each fills only what is empty
    county.afterSingletonsInstantiated();
    categories.fillWhenEmpty();
    upkeep.fillWhenEmpty("reference/demo/duty-list.csv", "岢岚县演示清单", "admin");
  }
}

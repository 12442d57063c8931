package org.closedloop.casefile.category;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Fills an empty category table at the first start, before the first request is taken. */
@Component
class ShippedCategories implements SmartInitializingSingleton {

  private final CategoryUpkeep upkeep;

  ShippedCategories(CategoryUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Override
  public void afterSingletonsInstantiated() {
    upkeep.fillWhenEmpty();
  }
}

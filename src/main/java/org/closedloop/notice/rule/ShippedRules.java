package org.closedloop.notice.rule;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Brings the shipped topics and their rules before the first event is told. */
@Component
class ShippedRules implements SmartInitializingSingleton {

  private final NoticeRules rules;

  ShippedRules(NoticeRules rules) {
    this.rules = rules;
  }

  @Override
  public void afterSingletonsInstantiated() {
    rules.ship();
  }
}

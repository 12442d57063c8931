package org.closedloop.worklist.reply;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Brings the shipped templates at the first start, before the first request is taken. */
@Component
class ShippedReplyTemplates implements SmartInitializingSingleton {

  private final ReplyTemplateTable table;

  ShippedReplyTemplates(ReplyTemplateTable table) {
    this.table = table;
  }

  @Override
  public void afterSingletonsInstantiated() {
    table.ship();
  }
}

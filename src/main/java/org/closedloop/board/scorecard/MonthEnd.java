package org.closedloop.board.scorecard;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks every hour, by the business clock, whether a month is to be frozen. Any node may do it, one does; after an
 * outage it is done late. Each month in a transaction of its own.
 */
@Component
class MonthEnd {

  private final FrozenMonths months;

  MonthEnd(FrozenMonths months) {
    this.months = months;
  }

  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT15M")
  void freeze() {
    months.due().forEach(months::freezeDue);
  }
}

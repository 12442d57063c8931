package org.closedloop.dutylist;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Puts a draft in force when the day comes that was set for it. Every node looks; the lock lets one do it. */
@Component
class PlannedVersions {

  private final DutyListUpkeep upkeep;

  PlannedVersions(DutyListUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  @Scheduled(fixedDelayString = "PT15S", initialDelayString = "PT20S")
  void look() {
    upkeep.publishDue();
  }
}

package org.closedloop.intake;

import java.util.List;
import org.closedloop.casefile.CaseRegister;
import org.springframework.stereotype.Component;

/** Open cases that look like a report, among those the reporting official may see. */
@Component
class Similar {

  private final CaseRegister register;

  Similar(CaseRegister register) {
    this.register = register;
  }

  record Found(String number, String title, String stage, double similarity) {}

  List<Found> to(String title, String description, String area) {
    return List.of();
  }
}

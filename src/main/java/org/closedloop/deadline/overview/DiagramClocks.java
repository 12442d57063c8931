package org.closedloop.deadline.overview;

import java.time.Instant;
import java.util.List;
import org.closedloop.casefile.Light;
import org.closedloop.casefile.diagram.ElementClocks;
import org.closedloop.deadline.Clocks;
import org.springframework.stereotype.Component;

/** Tells the diagram which of its elements are late, and whose the runs are. */
@Component
class DiagramClocks implements ElementClocks {

  private final Clocks clocks;

  DiagramClocks(Clocks clocks) {
    this.clocks = clocks;
  }

  @Override
  public List<ElementClock> of(String number, Instant now) {
    return clocks.history(number).stream().map(c -> new ElementClock(c.process(), c.processInstance(), c.activity(),
        c.unitCode(), c.light(now) == Light.RED)).toList();
  }
}

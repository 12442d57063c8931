package org.closedloop.casefile.diagram;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/cases/{number}/diagram}: the model and the path really taken. */
@RestController
class DiagramController {

  private final Diagrams diagrams;

  DiagramController(Diagrams diagrams) {
    this.diagrams = diagrams;
  }

  /** @param run what ran beside the case's own process, by its key among {@code runs} */
  @GetMapping("/api/cases/{number}/diagram")
  Diagrams.Diagram read(@PathVariable String number, @RequestParam(required = false) String run) {
    return diagrams.of(number, run);
  }
}

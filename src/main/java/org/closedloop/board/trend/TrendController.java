package org.closedloop.board.trend;

import org.closedloop.organisation.Me;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The trend over HTTP. */
@RestController
class TrendController {

  private static final int A_MONTH = 30;

  private final Trends trends;
  private final Me me;

  TrendController(Trends trends, Me me) {
    this.trends = trends;
    this.me = me;
  }

  /**
   * Cases opened and closed by day, of what the caller may see.
   *
   * @param days how many, today among them; 30 when left out, at most 92
   */
  @GetMapping("/api/board/trend")
  Trend days(@RequestParam(required = false) Integer days) {
    return trends.of(me.sight(), days == null ? A_MONTH : days);
  }
}

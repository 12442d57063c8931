package org.closedloop.board.scorecard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Map;
import org.closedloop.casefile.export.Exports;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Me;
import org.closedloop.problem.InvalidInput;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/scorecards}: the rates of a month, their weights, and freezing a month. */
@RestController
@RequestMapping("/api/scorecards")
class ScorecardController {

  private final Scorecards scorecards;
  private final Weights weights;
  private final FrozenMonths months;
  private final ScorecardExport export;
  private final Exports exports;
  private final Me me;
  private final Clock clock;

  ScorecardController(Scorecards scorecards, Weights weights, FrozenMonths months, ScorecardExport export,
      Exports exports, Me me, Clock clock) {
    this.scorecards = scorecards;
    this.weights = weights;
    this.months = months;
    this.export = export;
    this.exports = exports;
    this.me = me;
    this.clock = clock;
  }

  /**
   * @param month {@code 2026-10}; left out, the present one
   * @param by    unit (when left out), area or category
   */
  @GetMapping
  Scorecard month(@RequestParam(required = false) String month, @RequestParam(required = false) String by) {
    return asked(month, by);
  }

  /**
   * The same as a file; written into the register of exports.
   *
   * @param format {@code xlsx} (when left out) or {@code csv}
   */
  @GetMapping("/export")
  void export(@RequestParam(required = false) String month, @RequestParam(required = false) String by,
      @RequestParam(defaultValue = "xlsx") String format, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TableFormat as = TableFormat.of(format);
    exports.send(export.table(asked(month, by), LocaleContextHolder.getLocale()), as, request, response);
  }

  private Scorecard asked(String month, String by) {
    String kind = by == null || by.isEmpty() ? "unit" : by;
    if (!Scorecards.BY.contains(kind)) {
      throw InvalidInput.at("by", "请填写 unit、area、category 之一。", "by must be one of unit, area, category.");
    }
    YearMonth wanted = month == null || month.isEmpty() ? YearMonth.now(clock) : Behind.month("month", month);
    return scorecards.of(wanted, kind, me.sight());
  }

  @GetMapping("/weights")
  Map<String, Integer> weights() {
    return weights.now();
  }

  /** Body: {@code {"response": 30, "solving": 35, "satisfaction": 35}}; together a hundred. */
  @PutMapping("/weights")
  Map<String, Integer> weigh(@RequestBody Map<String, Integer> body) {
    return weights.change(body);
  }

  /** Keeps a month that is over as it is now. */
  @PostMapping("/{month}/freeze")
  FrozenMonths.Freeze freeze(@PathVariable String month) {
    return months.freeze(Behind.month("month", month));
  }
}

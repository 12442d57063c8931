package org.closedloop.casefile;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.export.Exports;
import org.closedloop.csv.TableFormat;
import org.closedloop.organisation.Me;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of cases as a whole: how many there are, and all of them as a file. Filters are those of {@code /api/cases}. */
@RestController
@RequestMapping("/api/cases")
class CaseListController {

  /** Where a list is longer, how much longer is not counted. */
  private static final int COUNTED = 10_000;

  private final CaseRegister register;
  private final CaseSelection selection;
  private final CaseExport export;
  private final Exports exports;
  private final Me me;

  CaseListController(CaseRegister register, CaseSelection selection, CaseExport export, Exports exports, Me me) {
    this.register = register;
    this.selection = selection;
    this.export = export;
    this.exports = exports;
    this.me = me;
  }

  /**
   * @param total of the list
   * @param more  there are more than {@code total}; the lights are then those of a part of them
   */
  record CaseCount(int total, boolean more, int green, int yellow, int red, int grey, int none) {}

  @GetMapping("/count")
  CaseCount count(@RequestParam(required = false) String process, @RequestParam(required = false) String stage,
      @RequestParam(required = false) String area, @RequestParam(required = false) String category,
      @RequestParam(required = false) String unit, @RequestParam(required = false) String light,
      @RequestParam(required = false) String channel, @RequestParam(required = false) String q,
      @RequestParam(required = false) Boolean open, @RequestParam(required = false) Instant openedFrom,
      @RequestParam(required = false) Instant openedTo, @RequestParam(required = false) Instant closedFrom,
      @RequestParam(required = false) Instant closedTo, @RequestParam(required = false) Boolean within,
      @RequestParam(required = false) Boolean placed, @RequestParam(required = false) String bbox,
      @RequestParam(required = false) String scorecard, @RequestParam(required = false) String sort) {
    Map<String, Integer> lights = register.countByLight(new CaseFilter(process, stage, area, category, unit, light,
        channel, q, open, openedFrom, openedTo, sort,
        stretch(within, placed, bbox, closedFrom, closedTo, scorecard)), me.sight(), COUNTED + 1);
    int total = lights.values().stream().mapToInt(Integer::intValue).sum();
    return new CaseCount(Math.min(total, COUNTED), total > COUNTED, lights.getOrDefault("green", 0),
        lights.getOrDefault("yellow", 0), lights.getOrDefault("red", 0), lights.getOrDefault("grey", 0),
        lights.getOrDefault("none", 0));
  }

  /** @param format {@code xlsx} (when left out) or {@code csv} */
  @GetMapping("/export")
  void export(@RequestParam(required = false) String process, @RequestParam(required = false) String stage,
      @RequestParam(required = false) String area, @RequestParam(required = false) String category,
      @RequestParam(required = false) String unit, @RequestParam(required = false) String light,
      @RequestParam(required = false) String channel, @RequestParam(required = false) String q,
      @RequestParam(required = false) Boolean open, @RequestParam(required = false) Instant openedFrom,
      @RequestParam(required = false) Instant openedTo, @RequestParam(required = false) Instant closedFrom,
      @RequestParam(required = false) Instant closedTo, @RequestParam(required = false) Boolean within,
      @RequestParam(required = false) Boolean placed, @RequestParam(required = false) String bbox,
      @RequestParam(required = false) String scorecard, @RequestParam(required = false) String sort,
      @RequestParam(defaultValue = "xlsx") String format, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TableFormat as = TableFormat.of(format);
    CaseFilter filter = new CaseFilter(process, stage, area, category, unit, light, channel, q, open, openedFrom, openedTo,
        sort, stretch(within, placed, bbox, closedFrom, closedTo, scorecard));
    exports.send(export.table(filter, me.sight(), LocaleContextHolder.getLocale()), as, request, response);
  }

  private CaseStretch stretch(Boolean within, Boolean placed, String bbox, Instant closedFrom, Instant closedTo,
      String scorecard) {
    List<String> behind = scorecard == null || scorecard.isEmpty() ? null : selection.numbers(scorecard, me.sight());
    return new CaseStretch(within, placed, Bounds.of(bbox), closedFrom, closedTo, behind);
  }
}

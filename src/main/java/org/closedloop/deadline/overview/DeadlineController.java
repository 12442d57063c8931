package org.closedloop.deadline.overview;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseSection;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.closedloop.problem.InvalidInput;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/deadlines}: every running clock the reader may see, soonest first; and {@code deadlines} of a case page. */
@RestController
class DeadlineController implements CaseSection {

  private final DeadlineMapper deadlines;
  private final Me me;
  private final Clock clock;

  DeadlineController(DeadlineMapper deadlines, Me me, Clock clock) {
    this.deadlines = deadlines;
    this.me = me;
    this.clock = clock;
  }

  @GetMapping("/api/deadlines")
  Page<DeadlineLine> list(@RequestParam(required = false) String process, @RequestParam(required = false) String unit,
      @RequestParam(required = false) String kind, @RequestParam(required = false) String light,
      @RequestParam(required = false) String before, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    var sight = me.sight();
    DeadlineFilter filter = DeadlineFilter.of(process, unit, kind, light, before);
    int rows = Limit.of(limit);
    Cursor from = Cursor.of(after);
    Instant now = clock.instant();
    var found = deadlines.list(sight, filter, now, from == null ? null : from.at(), from == null ? null : id(from),
        rows + 1);
    return Page.cut(found, rows, r -> new Cursor(r.dueAt().toInstant(), Long.toString(r.id())))
        .map(r -> DeadlineLine.of(r, now));
  }

  @Override
  public String name() {
    return "deadlines";
  }

  @Override
  public List<DeadlineLine> read(CaseFile file, Official reader) {
    Instant now = clock.instant();
    return deadlines.ofCase(file.number()).stream().map(r -> DeadlineLine.of(r, now)).toList();
  }

  private static long id(Cursor from) {
    if (!from.key().matches("[0-9]{1,18}")) {
      throw InvalidInput.at("after", "翻页标记无效，请从第一页重新开始。", "Not a cursor; start again from the first page.");
    }
    return Long.parseLong(from.key());
  }
}

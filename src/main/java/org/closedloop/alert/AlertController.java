package org.closedloop.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.closedloop.problem.InvalidInput;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/alerts}: lights that turned on, newest first, and what one does about them. */
@RestController
class AlertController {

  private final Reactions reactions;
  private final Once once;
  private final Me me;

  AlertController(Reactions reactions, Once once, Me me) {
    this.reactions = reactions;
    this.once = once;
    this.me = me;
  }

  record Note(String note) {}

  record UrgedCase(@JsonProperty("case") String number, Instant at, List<String> units) {}

  @GetMapping("/api/alerts")
  Page<Alert> list(@RequestParam(required = false) String level, @RequestParam(required = false) String unit,
      @RequestParam(required = false, name = "case") String caseNumber,
      @RequestParam(required = false) Boolean acknowledged, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    Cursor from = Cursor.of(after);
    return reactions.list(AlertFilter.of(level, unit, caseNumber, acknowledged), from == null ? null : position(from),
        Limit.of(limit));
  }

  @PostMapping("/api/alerts/{id}/acknowledge")
  ResponseEntity<Alert> acknowledge(@PathVariable long id, @RequestBody Note body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, me.current().username(), request, body, () -> reactions.acknowledge(id, body.note()));
  }

  @PostMapping("/api/cases/{number}/urge")
  ResponseEntity<UrgedCase> urge(@PathVariable String number, @RequestBody Note body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, me.current().username(), request, body, () -> {
      Reactions.Urged urged = reactions.urge(number, body.note());
      return new UrgedCase(urged.caseNumber(), urged.at(), urged.units());
    });
  }

  private static long position(Cursor from) {
    if (!from.key().matches("[0-9]{1,18}")) {
      throw InvalidInput.at("after", "翻页标记无效，请从第一页重新开始。", "Not a cursor; start again from the first page.");
    }
    return Long.parseLong(from.key());
  }
}

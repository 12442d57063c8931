package org.closedloop.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.journal.Milestone;
import org.closedloop.casefile.nearby.Nearby;
import org.closedloop.once.Once;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/public/reports} and what stands beside it: people report and follow without an account. */
@RestController
class PublicReportController {

  private final Intake intake;
  private final Tracking tracking;
  private final Once once;

  PublicReportController(Intake intake, Tracking tracking, Once once) {
    this.intake = intake;
    this.tracking = tracking;
    this.once = once;
  }

  record Receipt(String number, String trackingCode) {}

  @PostMapping("/api/public/reports")
  ResponseEntity<Receipt> report(@RequestBody Report body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.created(key, Once.PUBLIC, request, body, () -> {
      CaseFile c = intake.reportPublicly(body).file();
      return new Receipt(c.number(), c.trackingCode());
    });
  }

  /** What somebody is about to report, and where. */
  record Question(String category, String area, Report.Location location) {}

  /** What others have reported of the same kind close by; says nothing about who, and none of their words. */
  @PostMapping("/api/public/nearby")
  Map<String, List<Nearby>> nearby(@RequestBody Question body) {
    return Map.of("items", intake.nearby(body.category(), body.area(), body.location()));
  }

  /** @param ref which report of the nearby ones; the rest is the reporter's own */
  record MeToo(String ref, String text, Report.Location location, Report.Person reporter) {}

  /** 我也遇到: joins an older report. The reporter follows it with a number and a code of their own. */
  @PostMapping("/api/public/reports/me-too")
  ResponseEntity<Receipt> join(@RequestBody MeToo body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.created(key, Once.PUBLIC, request, body, () -> {
      CaseFile c = intake.join(body.ref(), body.text(), body.location(), body.reporter());
      return new Receipt(c.number(), c.trackingCode());
    });
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rated(Boolean solved, Integer satisfaction) {}

  /**
   * What a stranger with the code may know: nothing but status, replies and the own rating.
   *
   * @param ended whether the work has ended, also where another case is worked on for this one
   */
  record Status(String number, String title, String stage, boolean open, int round, Instant openedAt, Instant closedAt,
      List<Milestone> milestones, List<Tracking.Reply> replies, Rated rating, String following, boolean asked,
      boolean ended) {}

  @GetMapping("/api/public/reports/{number}")
  Status follow(@PathVariable String number, @RequestParam String code) {
    Tracking.Followed f = tracking.follow(number, code);
    CaseFile c = f.file();
    return new Status(c.number(), c.title(), c.stage(), c.open(), c.round(), c.openedAt(), c.closedAt(),
        f.milestones(), f.replies(), c.ratedAt() == null ? null : new Rated(c.solved(), c.satisfaction()),
        f.following(), f.asked(), f.ended());
  }

  record Rating(String code, Boolean solved, Integer satisfaction, String comment) {}

  record State(String number, String stage, boolean open, int round) {
    static State of(CaseFile c) {
      return new State(c.number(), c.stage(), c.open(), c.round());
    }
  }

  @PostMapping("/api/public/reports/{number}/rating")
  ResponseEntity<State> rate(@PathVariable String number, @RequestBody Rating body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, Once.PUBLIC, request, body, () -> State.of(
        tracking.rate(number, body.code(), body.solved(), body.satisfaction(), body.comment())));
  }

  record Reopen(String code, String reason) {}

  @PostMapping("/api/public/reports/{number}/reopen")
  ResponseEntity<State> reopen(@PathVariable String number, @RequestBody Reopen body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, Once.PUBLIC, request, body,
        () -> State.of(tracking.reopen(number, body.code(), body.reason())));
  }

  record Supplement(String code, String text) {}

  @PostMapping("/api/public/reports/{number}/supplement")
  ResponseEntity<State> supplement(@PathVariable String number, @RequestBody Supplement body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, Once.PUBLIC, request, body,
        () -> State.of(tracking.supplement(number, body.code(), body.text())));
  }
}

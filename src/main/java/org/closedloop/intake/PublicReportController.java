package org.closedloop.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.journal.Milestone;
import org.closedloop.once.Once;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/public/reports}: people report and follow without an account. */
@RestController
@RequestMapping("/api/public/reports")
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

  @PostMapping
  ResponseEntity<Receipt> report(@RequestBody Report body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.created(key, Once.PUBLIC, request, body, () -> {
      CaseFile c = intake.reportPublicly(body).file();
      return new Receipt(c.number(), c.trackingCode());
    });
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rated(Boolean solved, Integer satisfaction) {}

  /** What a stranger with the code may know: nothing but status, replies and the own rating. */
  record Status(String number, String title, String stage, boolean open, int round, Instant openedAt, Instant closedAt,
      List<Milestone> milestones, List<Tracking.Reply> replies, Rated rating, String following, boolean asked) {}

  @GetMapping("/{number}")
  Status follow(@PathVariable String number, @RequestParam String code) {
    Tracking.Followed f = tracking.follow(number, code);
    CaseFile c = f.file();
    return new Status(c.number(), c.title(), c.stage(), c.open(), c.round(), c.openedAt(), c.closedAt(),
        f.milestones(), f.replies(), c.ratedAt() == null ? null : new Rated(c.solved(), c.satisfaction()),
        f.following(), f.asked());
  }

  record Rating(String code, Boolean solved, Integer satisfaction, String comment) {}

  record State(String number, String stage, boolean open, int round) {
    static State of(CaseFile c) {
      return new State(c.number(), c.stage(), c.open(), c.round());
    }
  }

  @PostMapping("/{number}/rating")
  ResponseEntity<State> rate(@PathVariable String number, @RequestBody Rating body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, Once.PUBLIC, request, body, () -> State.of(
        tracking.rate(number, body.code(), body.solved(), body.satisfaction(), body.comment())));
  }

  record Reopen(String code, String reason) {}

  @PostMapping("/{number}/reopen")
  ResponseEntity<State> reopen(@PathVariable String number, @RequestBody Reopen body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, Once.PUBLIC, request, body,
        () -> State.of(tracking.reopen(number, body.code(), body.reason())));
  }

  record Supplement(String code, String text) {}

  @PostMapping("/{number}/supplement")
  ResponseEntity<State> supplement(@PathVariable String number, @RequestBody Supplement body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, Once.PUBLIC, request, body,
        () -> State.of(tracking.supplement(number, body.code(), body.text())));
  }
}

package org.closedloop.intake;

import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.Light;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.SimilarCases;
import org.closedloop.casefile.suggest.CategorySuggestions;
import org.closedloop.casefile.suggest.CategorySuggestions.Suggestion;
import org.closedloop.dutylist.Proposal;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/cases}: officials, grid workers and other systems report. */
@RestController
class ReportController {

  private final Intake intake;
  private final SimilarCases similar;
  private final CategorySuggestions suggestions;
  private final Once once;
  private final Me me;
  private final Clock clock;

  ReportController(Intake intake, SimilarCases similar, CategorySuggestions suggestions, Once once,
      Me me, Clock clock) {
    this.intake = intake;
    this.similar = similar;
    this.suggestions = suggestions;
    this.once = once;
    this.me = me;
    this.clock = clock;
  }

  record Proposed(String unit, String why, List<Suggestion> categories) {}

  record Opened(String number, String process, String stage, Light light, Instant due, String trackingCode,
      Proposed proposals, List<SimilarCases.Similar> similar) {}

  /** A start form and what it may choose from. */
  record StartForm(@JsonRawValue String schema, Map<String, Object> data) {}

  @GetMapping("/api/case-types/{key}/form")
  StartForm form(@PathVariable String key) {
    return intake.startForm(key);
  }

  /** What the duty list, the categories and the open cases say about a report. */
  record Help(Proposed proposals, List<SimilarCases.Similar> similar) {}

  /** What helps to write a report: the same as is answered when it is filed, before anything is. */
  @PostMapping("/api/cases/help")
  Help help(@RequestBody Report body) {
    NewCase draft = intake.draft(body);
    Proposal proposal = intake.proposal(draft);
    return new Help(
        new Proposed(proposal.unit(), proposal.why().in(LocaleContextHolder.getLocale()),
            me.sight().county() ? suggestions.forDispatcher(draft.title(), draft.description())
                : suggestions.forStranger(draft.title(), draft.description())),
        similar.to(intake.matter(draft)));
  }

  @PostMapping("/api/cases")
  ResponseEntity<Opened> report(@RequestBody Report body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.created(key, me.current().username(), request, body, () -> {
      Intake.Opened opened = intake.report(body);
      CaseFile c = opened.file();
      return new Opened(c.number(), c.process(), c.stage(), c.light(clock.instant()), c.dueAt(), c.trackingCode(),
          new Proposed(opened.proposal().unit(), opened.proposal().why().in(LocaleContextHolder.getLocale()),
              suggestions.forStranger(c.title(), c.description())),
          similar.to(c));
    });
  }
}

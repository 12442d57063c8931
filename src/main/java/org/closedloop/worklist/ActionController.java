package org.closedloop.worklist;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Map;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseSection;
import org.closedloop.casefile.Light;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/cases/{number}/actions}: what the model lets happen now beside the open work items. */
@RestController
@RequestMapping("/api/cases/{number}/actions/{action}")
class ActionController implements CaseSection {

  private final Actions actions;
  private final Once once;
  private final Me me;
  private final Clock clock;

  ActionController(Actions actions, Once once, Me me, Clock clock) {
    this.actions = actions;
    this.once = once;
    this.me = me;
    this.clock = clock;
  }

  record Form(@JsonRawValue String schema, Map<String, Object> data) {}

  @GetMapping("/form")
  Form form(@PathVariable String number, @PathVariable String action) {
    WorkItems.FormOf form = actions.form(number, action);
    return new Form(form.schema(), form.data());
  }

  record Answers(Map<String, Object> answers) {}

  record CaseState(String number, String stage, boolean open, Light light, int round) {}

  record Acted(@JsonProperty("case") CaseState caseState) {}

  @PostMapping
  ResponseEntity<Acted> act(@PathVariable String number, @PathVariable String action, @RequestBody(required = false)
      Answers body, @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    Map<String, Object> answers = body == null || body.answers() == null ? Map.of() : body.answers();
    return once.ok(key, me.current().username(), request, body, () -> {
      CaseFile c = actions.act(number, action, answers);
      return new Acted(new CaseState(c.number(), c.stage(), c.open(), c.light(clock.instant()), c.round()));
    });
  }

  record Offered(String key, String name, String nameEn, @JsonRawValue String form) {}

  @Override
  public String name() {
    return "actions";
  }

  @Override
  public Object read(CaseFile file, Official reader) {
    return actions.offered(file, reader).stream().map(a -> new Offered(a.key(), a.name(), a.nameEn(), a.form()))
        .toList();
  }
}

package org.closedloop.casefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.journal.Entry;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.casefile.journal.Milestone;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/cases}: lists of case files, one case file with everything about it. Read only. */
@RestController
@RequestMapping("/api")
class CaseController {

  private final CaseRegister register;
  private final CaseProcess process;
  private final Journal journal;
  private final List<CaseSection> sections;
  private final SimilarCases similar;
  private final CaseSelection selection;
  private final Organisation organisation;
  private final Me me;
  private final Clock clock;

  CaseController(CaseRegister register, CaseProcess process, Journal journal, List<CaseSection> sections,
      SimilarCases similar, CaseSelection selection, Organisation organisation, Me me, Clock clock) {
    this.register = register;
    this.process = process;
    this.journal = journal;
    this.sections = sections;
    this.similar = similar;
    this.selection = selection;
    this.organisation = organisation;
    this.me = me;
    this.clock = clock;
  }

  /** A line of the list. */
  record CaseLine(String number, String process, String title, String stage, boolean open, Light light, Instant due,
      String category, String area, String urgency, String channel, String unit, int round, Instant openedAt,
      Instant closedAt) {

    static CaseLine of(CaseFile c, Instant now) {
      return new CaseLine(c.number(), c.process(), c.title(), c.stage(), c.open(), c.light(now), c.dueAt(),
          c.category(), c.area(), c.urgency(), c.channel(), c.leadUnit(), c.round(), c.openedAt(), c.closedAt());
    }
  }

  /**
   * @param unit      the lead unit, {@code none} for cases nobody leads yet
   * @param within    false: only what lies in the area itself, in none of the areas in it
   * @param placed    whether the place is known
   * @param bbox      {@code lng1,lat1,lng2,lat2}
   * @param scorecard the cases behind one number of a scorecard, as its link says
   */
  @GetMapping("/cases")
  Page<CaseLine> list(@RequestParam(required = false) String process, @RequestParam(required = false) String stage,
      @RequestParam(required = false) String area, @RequestParam(required = false) String category,
      @RequestParam(required = false) String unit, @RequestParam(required = false) String light,
      @RequestParam(required = false) String channel, @RequestParam(required = false) String q,
      @RequestParam(required = false) Boolean open, @RequestParam(required = false) Instant openedFrom,
      @RequestParam(required = false) Instant openedTo, @RequestParam(required = false) Instant closedFrom,
      @RequestParam(required = false) Instant closedTo, @RequestParam(required = false) Boolean within,
      @RequestParam(required = false) Boolean placed, @RequestParam(required = false) String bbox,
      @RequestParam(required = false) String scorecard, @RequestParam(required = false) String sort,
      @RequestParam(required = false) Integer limit, @RequestParam(required = false) String after) {
    List<String> behind = scorecard == null || scorecard.isEmpty() ? null : selection.numbers(scorecard, me.sight());
    CaseFilter filter = new CaseFilter(process, stage, area, category, unit, light, channel, q, open, openedFrom,
        openedTo, sort, new CaseStretch(within, placed, Bounds.of(bbox), closedFrom, closedTo, behind));
    Instant now = clock.instant();
    return register.list(filter, Cursor.of(after), Limit.of(limit)).map(c -> CaseLine.of(c, now));
  }

  record Location(double lng, double lat) {}

  /** All but kind and number are null for a case the reader may not see. */
  record Link(String kind, String number, String title, String process, String stage, Light light, Instant due) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rating(Boolean solved, Integer satisfaction, String comment, Instant at) {}

  /** An entry with the names of who filed it and of whom it was filed for; null where nobody is. */
  record EntryOf(@JsonUnwrapped Entry entry, String officialName, String behalfOfName) {}

  /** The whole case file; the features' sections (open items, deadlines, attachments, actions) stand beside the facts. */
  @GetMapping("/cases/{number}")
  Map<String, Object> read(@PathVariable String number) {
    CaseFile c = register.mustSee(number);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("number", c.number());
    body.put("process", c.process());
    body.put("title", c.title());
    body.put("description", c.description());
    body.put("category", c.category());
    body.put("area", c.area());
    body.put("location", c.lng() == null ? null : new Location(c.lng(), c.lat()));
    body.put("urgency", c.urgency());
    body.put("channel", c.channel());
    body.put("stage", c.stage());
    body.put("open", c.open());
    body.put("light", c.light(clock.instant()));
    body.put("due", c.dueAt());
    body.put("round", c.round());
    body.put("unit", c.leadUnit());
    body.put("units", register.units(number));
    body.put("result", c.result());
    body.put("rating", c.ratedAt() == null ? null
        : new Rating(c.solved(), c.satisfaction(), c.ratingComment(), c.ratedAt()));
    List<Milestone> milestones = journal.milestones(number);
    body.put("problem", Journal.counts(milestones, c.round(), c.process(), null).containsKey("problem"));
    body.put("reporter", register.reporter(c));
    body.put("occurredAt", c.occurredAt());
    body.put("openedAt", c.openedAt());
    body.put("closedAt", c.closedAt());
    body.put("milestones", milestones);
    body.put("entries", journal.entries(c).stream().map(e -> new EntryOf(e, name(e.official()), name(e.behalfOf()))).toList());
    body.put("links", links(c));
    for (CaseSection section : sections) {
      body.put(section.name(), section.read(c, me.current()));
    }
    return body;
  }

  private String name(String username) {
    return username == null ? null : organisation.official(username).map(Official::name).orElse(null);
  }

  /** Linked cases: how they are called and stand only where the reader may see them too. */
  private List<Link> links(CaseFile c) {
    List<Link> links = new ArrayList<>();
    if (c.mergedInto() != null) {
      links.add(link("merged-into", c.mergedInto()));
    }
    register.mergedInto(c.number()).forEach(m -> links.add(link("merged", m.number())));
    register.openedFrom(c.number()).ifPresent(parent -> links.add(link("parent", parent)));
    register.linked(c.number()).forEach(l -> links.add(link(l.kind(), l.linked())));
    return links;
  }

  private Link link(String kind, String number) {
    try {
      CaseFile c = register.mustSee(number);
      return new Link(kind, number, c.title(), c.process(), c.stage(), c.light(clock.instant()), c.dueAt());
    } catch (CaseNotFound e) {
      return new Link(kind, number, null, null, null, null, null);
    }
  }

  /** Open cases that may be about the same thing: what a dispatcher looks at before merging. */
  @GetMapping("/cases/{number}/similar")
  Map<String, List<SimilarCases.Similar>> similar(@PathVariable String number) {
    return Map.of("items", similar.to(register.mustSee(number)));
  }

  @GetMapping("/case-types")
  List<Map<String, Object>> types() {
    if (!me.current().mayReport()) {
      return List.of();
    }
    return process.types().stream().filter(t -> t.mayStart(me.current())).map(CaseController::type).toList();
  }

  record StepInWords(String key, String name, String nameEn) {}

  /** A model in words; {@code forms} are Camunda Forms by the task, start or action that asks them. */
  record ProcessInWords(String key, String name, String nameEn, List<StepInWords> steps, Map<String, RawValue> forms) {}

  /** How processes, their tasks, their ends and their questions are called, for pages that show them. */
  @GetMapping("/processes")
  List<ProcessInWords> processes() {
    return process.inWords().stream().map(p -> new ProcessInWords(p.key(), p.name(), p.nameEn(),
        p.steps().stream().map(s -> new StepInWords(s.key(), s.name(), s.nameEn())).toList(), raw(p.forms()))).toList();
  }

  private static Map<String, RawValue> raw(Map<String, String> forms) {
    Map<String, RawValue> raw = new LinkedHashMap<>();
    forms.forEach((element, schema) -> raw.put(element, new RawValue(schema)));
    return raw;
  }

  @GetMapping("/public/case-types")
  List<Map<String, Object>> publicTypes() {
    return process.types().stream().filter(t -> t.mayStart(null)).map(CaseController::type).toList();
  }

  private static Map<String, Object> type(CaseProcess.CaseType t) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("key", t.key());
    body.put("name", t.name());
    body.put("nameEn", t.nameEn());
    body.put("version", t.version());
    body.put("startForm", t.startForm() == null ? null : new RawValue(t.startForm()));
    body.put("stages", t.stages());
    body.put("milestones", t.milestones());
    return body;
  }
}

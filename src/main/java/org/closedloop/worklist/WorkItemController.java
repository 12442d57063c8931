package org.closedloop.worklist;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseSection;
import org.closedloop.casefile.Light;
import org.closedloop.casefile.export.Exports;
import org.closedloop.csv.TableFormat;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.page.Cursor;
import org.closedloop.page.Limit;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/work-items}: what must be done, by whom, until when; and doing it. */
@RestController
@RequestMapping("/api/work-items")
class WorkItemController implements CaseSection {

  private static final Set<String> SCOPES = Set.of("mine", "unit", "all");
  private static final int BULK_MOST = 200;

  private final WorkItems items;
  private final ItemExport export;
  private final Exports exports;
  private final Once once;
  private final Me me;
  private final Clock clock;

  WorkItemController(WorkItems items, ItemExport export, Exports exports, Once once, Me me, Clock clock) {
    this.items = items;
    this.export = export;
    this.exports = exports;
    this.once = once;
    this.me = me;
    this.clock = clock;
  }

  record CaseOf(String number, String title, String process, String area, String category, String urgency, int round) {}

  record Item(String id, String task, String name, String nameEn, String stage, CaseOf caseFile, String unit,
      String assignee, String assigneeName, Instant createdAt, Instant warn, Instant due, Light light) {

    @com.fasterxml.jackson.annotation.JsonProperty("case")
    @Override
    public CaseOf caseFile() {
      return caseFile;
    }
  }

  /** @param yours whether the reader's unit and posts allow doing it */
  record OpenItem(@JsonUnwrapped Item item, boolean yours) {}

  private Item item(WorkItem i, Instant now) {
    return new Item(i.itemId(), i.task(), i.name(), i.nameEn(), i.stage(),
        new CaseOf(i.caseNumber(), i.title(), i.process(), i.area(), i.category(), i.urgency(), i.round()), i.unit(),
        i.assignee(), i.assignee() == null ? null : items.name(i.assignee()), i.createdAt(), i.warnAt(), i.dueAt(),
        i.light(now));
  }

  record ItemList(List<Item> items, String next, WorkItemMapper.Counts counts) {}

  @GetMapping
  ItemList list(@RequestParam(defaultValue = "unit") String scope, @RequestParam(required = false) String process,
      @RequestParam(required = false) String task, @RequestParam(required = false) String light,
      @RequestParam(required = false) String area, @RequestParam(required = false) String category,
      @RequestParam(required = false, name = "case") String caseNumber, @RequestParam(required = false) String q,
      @RequestParam(required = false) String sort, @RequestParam(required = false) Integer limit,
      @RequestParam(required = false) String after) {
    known(scope);
    WorkItems.Listed listed = items.list(scope,
        new ItemFilter(process, task, light, area, category, caseNumber, q, sort), Cursor.of(after), Limit.of(limit));
    Instant now = clock.instant();
    return new ItemList(listed.page().items().stream().map(i -> item(i, now)).toList(), listed.page().next(),
        listed.counts());
  }

  private static void known(String scope) {
    if (!SCOPES.contains(scope)) {
      throw InvalidInput.at("scope", "范围只能是 mine、unit、all 之一。", "scope must be one of mine, unit, all.");
    }
  }

  /**
   * The list as a file, narrowed as {@link #list}.
   *
   * @param format {@code xlsx} (when left out) or {@code csv}
   */
  @GetMapping("/export")
  void export(@RequestParam(defaultValue = "unit") String scope, @RequestParam(required = false) String process,
      @RequestParam(required = false) String task, @RequestParam(required = false) String light,
      @RequestParam(required = false) String area, @RequestParam(required = false) String category,
      @RequestParam(required = false, name = "case") String caseNumber, @RequestParam(required = false) String q,
      @RequestParam(required = false) String sort, @RequestParam(defaultValue = "xlsx") String format,
      HttpServletRequest request, HttpServletResponse response) throws IOException {
    known(scope);
    TableFormat as = TableFormat.of(format);
    ItemFilter filter = new ItemFilter(process, task, light, area, category, caseNumber, q, sort);
    exports.send(export.table(scope, filter, LocaleContextHolder.getLocale()), as, request, response);
  }

  record Form(@JsonRawValue String schema, Map<String, Object> data) {}

  @GetMapping("/{id}/form")
  Form form(@PathVariable String id) {
    WorkItems.FormOf form = items.form(id);
    return new Form(form.schema(), form.data());
  }

  @PostMapping("/{id}/claim")
  Item claim(@PathVariable String id) {
    return item(items.claim(id), clock.instant());
  }

  @PostMapping("/{id}/release")
  Item release(@PathVariable String id) {
    return item(items.release(id), clock.instant());
  }

  record Assign(String official) {}

  @PostMapping("/{id}/assign")
  Item assign(@PathVariable String id, @RequestBody Assign body) {
    return item(items.assign(id, body.official()), clock.instant());
  }

  record Answers(Map<String, Object> answers) {}

  record CaseState(String number, String stage, boolean open, Light light) {}

  record Done(@com.fasterxml.jackson.annotation.JsonProperty("case") CaseState caseState, List<Item> next) {}

  @PostMapping("/{id}/complete")
  ResponseEntity<Done> complete(@PathVariable String id, @RequestBody Answers body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, me.current().username(), request, body,
        () -> done(items.complete(id, answersOf(body))));
  }

  private Done done(WorkItems.Completed completed) {
    Instant now = clock.instant();
    CaseFile c = completed.file();
    return new Done(new CaseState(c.number(), c.stage(), c.open(), c.light(now)),
        completed.next().stream().map(i -> item(i, now)).toList());
  }

  private static Map<String, Object> answersOf(Answers body) {
    return body == null || body.answers() == null ? Map.of() : body.answers();
  }

  record Bulk(@com.fasterxml.jackson.annotation.JsonAlias("items") List<String> ids, Map<String, Object> answers) {}

  /** One item's outcome: {@code status} as the single call would have answered, with its result or its problem. */
  @com.fasterxml.jackson.annotation.JsonInclude(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
  record BulkResult(String id, int status, @com.fasterxml.jackson.annotation.JsonProperty("case") CaseState caseState,
      String type, String detail, List<Finding> errors) {}

  /** What is wrong at one field, as a problem document has it. */
  record Finding(String field, String message) {}

  record BulkDone(List<BulkResult> results) {}

  /** Each item on its own: what fails does not keep the others from being done. */
  @PostMapping("/complete")
  BulkDone completeMany(@RequestBody Bulk body) {
    if (body.ids() == null || body.ids().isEmpty() || body.ids().size() > BULK_MOST) {
      throw InvalidInput.at("ids", "请选择 1 到 " + BULK_MOST + " 件待办。",
          "Choose between 1 and " + BULK_MOST + " items.");
    }
    return new BulkDone(body.ids().stream().map(id -> completeOne(id, new Answers(body.answers()))).toList());
  }

  private BulkResult completeOne(String id, Answers body) {
    try {
      Done done = done(items.complete(id == null ? "" : id, answersOf(body)));
      return new BulkResult(id, 200, done.caseState(), null, null, null);
    } catch (Problem p) {
      Locale locale = LocaleContextHolder.getLocale();
      return new BulkResult(id, p.status(), null, "urn:closedloop:" + p.kind(), p.words().in(locale),
          p.errors().isEmpty() ? null : p.errors().stream().map(f -> new Finding(f.field(), f.message().in(locale))).toList());
    }
  }

  @Override
  public String name() {
    return "openItems";
  }

  @Override
  public Object read(CaseFile file, Official reader) {
    Instant now = clock.instant();
    return items.ofCase(file.number()).stream()
        .map(i -> new OpenItem(item(i, now), items.mayDo(i.itemId(), reader))).toList();
  }
}

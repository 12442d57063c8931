package org.closedloop.worklist.reply;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.closedloop.csv.TableAnswer;
import org.closedloop.csv.TableFormat;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Reply templates: offered at a work item, kept by administrators. */
@RestController
class ReplyTemplateController {

  record Fitting(List<ReplyTemplates.Offered> items) {}

  /** A name that may stand in braces, and what could be there; not of any case. */
  record Placeholder(String name, String example) {}

  /** @param fields what there is to write templates for */
  record Kept(List<ReplyTemplate> items, Collection<ReplyField> fields, List<Placeholder> placeholders) {}

  /** A template as it is sent; active when left out. */
  record Wanted(String field, String title, String titleEn, String text, String category, String unit, Boolean active) {

    ReplyTemplate template(long id) {
      return new ReplyTemplate(id, field == null ? "" : field.strip(), line(title), orNull(line(titleEn)),
          ReplyText.normal(text), orNull(line(category)), orNull(line(unit)), !Boolean.FALSE.equals(active));
    }

    private static String line(String text) {
      return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }

    private static String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }

  private final ReplyTemplates templates;
  private final ReplyTemplateTable table;
  private final ReplyFields fields;
  private final Once once;
  private final Me me;

  ReplyTemplateController(ReplyTemplates templates, ReplyTemplateTable table, ReplyFields fields, Once once,
      Me me) {
    this.templates = templates;
    this.table = table;
    this.fields = fields;
    this.once = once;
    this.me = me;
  }

  /** What its answers may begin with, filled in with the facts of the case; the most specific first. */
  @GetMapping("/api/work-items/{id}/reply-templates")
  Fitting fitting(@PathVariable String id) {
    return new Fitting(templates.fitting(id));
  }

  @GetMapping("/api/reply-templates")
  Kept all() {
    mustAdminister();
    return new Kept(templates.all(), fields.all(), ReplyText.NAMES.stream()
        .map(name -> new Placeholder(name, ReplyText.EXAMPLES.get(name))).toList());
  }

  @PostMapping("/api/reply-templates")
  ResponseEntity<ReplyTemplate> add(@RequestBody Wanted wanted,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    mustAdminister();
    return once.created(key, me.current().username(), request, wanted, () -> templates.add(wanted.template(0)));
  }

  @PutMapping("/api/reply-templates/{id}")
  ReplyTemplate change(@PathVariable long id, @RequestBody Wanted wanted) {
    mustAdminister();
    return templates.change(wanted.template(id));
  }

  @DeleteMapping("/api/reply-templates/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id) {
    mustAdminister();
    templates.remove(id);
  }

  /** Adds and changes templates from a CSV file; {@code dryRun} says what would change and changes nothing. */
  @PostMapping(path = "/api/reply-templates/import", consumes = "text/csv")
  ReplyTemplateTable.Outcome importBody(@RequestParam(defaultValue = "false") boolean dryRun, InputStream body) {
    mustAdminister();
    return table.keep(body, dryRun);
  }

  /** The same, sent by a page as an upload. */
  @PostMapping(path = "/api/reply-templates/import", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  ReplyTemplateTable.Outcome importUpload(@RequestParam MultipartFile file,
      @RequestParam(defaultValue = "false") boolean dryRun) throws IOException {
    try (var in = file.getInputStream()) {
      return importBody(dryRun, in);
    }
  }

  @GetMapping("/api/reply-templates/export.{format}")
  ResponseEntity<byte[]> export(@PathVariable String format) {
    mustAdminister();
    var file = TableFormat.of(format);
    return TableAnswer.of("reply-templates", file, table.exported(file));
  }

  private void mustAdminister() {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以维护回复模板。", "Only an administrator may keep the reply templates.");
    }
  }
}

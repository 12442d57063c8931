package org.closedloop.notice.rule;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.RowErrors;
import org.closedloop.csv.TableAnswer;
import org.closedloop.csv.TableFormat;
import org.closedloop.csv.TableWriter;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/**
 * {@code /api/notice-rules} and {@code /api/notice-topics} for administrators, as JSON or as CSV. A change is made
 * whole or not at all; {@code dryRun} only looks.
 */
@RestController
class NoticeRuleController {

  record Rules(List<NoticeRule> items) {}

  record Topics(List<NoticeTopic> items) {}

  /** A rule as it is sent; {@code digest} is no when left out. */
  record Sent(String topic, String recipient, List<String> channels, String quiet, Boolean digest) {}

  record SentRules(List<Sent> items) {}

  private final NoticeRules rules;
  private final Me me;

  NoticeRuleController(NoticeRules rules, Me me) {
    this.rules = rules;
    this.me = me;
  }

  @GetMapping(path = "/api/notice-rules", produces = MediaType.APPLICATION_JSON_VALUE)
  Rules all() {
    mustAdminister();
    return new Rules(rules.all());
  }

  @GetMapping("/api/notice-rules/export.{format}")
  ResponseEntity<byte[]> exported(@PathVariable String format) {
    mustAdminister();
    return file("notice-rules", format, NoticeRules.RULE_COLUMNS, csv -> rules.all().forEach(r -> csv.row(r.topic(),
        r.recipient(), String.join(" ", r.channels()), r.quiet(), r.digest())));
  }

  @PutMapping(path = "/api/notice-rules", consumes = MediaType.APPLICATION_JSON_VALUE)
  Rules put(@RequestBody SentRules sent, @RequestParam(defaultValue = "false") boolean dryRun) {
    mustAdminister();
    if (sent.items() == null || sent.items().size() > CsvTable.MAX_ROWS) {
      throw InvalidInput.at("items", "请给出全部规则，最多 " + CsvTable.MAX_ROWS + " 条。",
          "Give all rules, at most " + CsvTable.MAX_ROWS + ".");
    }
    List<NoticeRules.Written> written = new ArrayList<>();
    for (Sent s : sent.items()) {
      Sent rule = s == null ? new Sent(null, null, null, null, null) : s;
      written.add(new NoticeRules.Written(written.size() + 1, text(rule.topic()), text(rule.recipient()),
          rule.channels() == null ? List.of() : rule.channels().stream().map(NoticeRuleController::text).toList(),
          text(rule.quiet()), Boolean.TRUE.equals(rule.digest())));
    }
    rules.replace(written, new RowErrors(), dryRun);
    return all();
  }

  @PutMapping(path = "/api/notice-rules", consumes = "text/csv")
  Rules putFile(InputStream file, @RequestParam(defaultValue = "false") boolean dryRun) {
    mustAdminister();
    CsvTable table = CsvTable.read(file, "file", NoticeRules.RULE_COLUMNS, List.of());
    rules.replace(table.rows().stream().map(NoticeRules.Written::of).toList(), table.errors(), dryRun);
    return all();
  }

  /** The same, CSV or Excel sent by a page. */
  @PutMapping(path = "/api/notice-rules", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  Rules putUpload(@RequestParam MultipartFile file, @RequestParam(defaultValue = "false") boolean dryRun)
      throws IOException {
    try (var in = file.getInputStream()) {
      return putFile(in, dryRun);
    }
  }

  @GetMapping("/api/notice-topics")
  Topics topics() {
    mustAdminister();
    return new Topics(rules.topics());
  }

  @GetMapping("/api/notice-topics/export.{format}")
  ResponseEntity<byte[]> topicsExported(@PathVariable String format) {
    mustAdminister();
    return file("notice-topics", format, NoticeRules.TOPIC_COLUMNS, csv -> rules.topics().forEach(t -> csv.row(t.topic(),
        t.titleZh(), t.titleEn(), t.textZh(), t.textEn())));
  }

  @PutMapping(path = "/api/notice-topics", consumes = "text/csv")
  Topics putTopics(InputStream file, @RequestParam(defaultValue = "false") boolean dryRun) {
    mustAdminister();
    rules.reword(CsvTable.read(file, "file", NoticeRules.TOPIC_COLUMNS, List.of()), dryRun);
    return topics();
  }

  private static ResponseEntity<byte[]> file(String name, String format, List<String> columns,
      Consumer<TableWriter> rows) {
    var kind = TableFormat.of(format);
    var out = new ByteArrayOutputStream();
    try (TableWriter table = kind.open(out, columns)) {
      rows.accept(table);
    }
    return TableAnswer.of(name, kind, out.toByteArray());
  }

  private static String text(String value) {
    return Objects.requireNonNullElse(value, "").strip();
  }

  private void mustAdminister() {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以维护通知规则。", "Only an administrator may keep the rules of notices.");
    }
  }
}

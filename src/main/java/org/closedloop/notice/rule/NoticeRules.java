package org.closedloop.notice.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Change;
import org.closedloop.audit.Changed;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;
import org.closedloop.csv.RowErrors;
import org.closedloop.organisation.Post;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps topics and rules: read for every batch of events, replaced as a whole by an administrator, shipped with the
 * product. A topic that a later version of the product adds comes with its rules; what a county has changed stays.
 */
@Service
public class NoticeRules {

  static final List<String> RULE_COLUMNS = List.of("topic", "recipient", "channels", "quiet", "digest");
  static final List<String> TOPIC_COLUMNS = List.of("topic", "title_zh", "title_en", "text_zh", "text_en");

  private static final Pattern TOPIC = Pattern.compile("[a-z][a-z0-9.-]{0,59}");
  private static final Pattern HOOK = Pattern.compile("webhook(:[a-z][a-z0-9-]{0,39})?");
  private static final Set<String> POSTS = Arrays.stream(Post.values()).map(Post::code).collect(Collectors.toSet());
  private static final int LONGEST_TITLE = 60;
  private static final int LONGEST_TEXT = 400;

  /** A rule as somebody wrote it, every value still a text that may be missing. */
  record Written(int row, String topic, String recipient, List<String> channels, String quiet, boolean digest) {

    static Written of(CsvRow r) {
      return new Written(r.number(), r.text("topic"), r.text("recipient"),
          Arrays.stream(r.text("channels").split("[ ,;]+")).filter(c -> !c.isEmpty()).toList(), r.text("quiet"),
          r.yesNo("digest"));
    }
  }

  private final NoticeRuleMapper rules;
  private final NoticeTopicMapper topics;
  private final Audit audit;

  NoticeRules(NoticeRuleMapper rules, NoticeTopicMapper topics, Audit audit) {
    this.audit = audit;
    this.rules = rules;
    this.topics = topics;
  }

  /** By topic and recipient. */
  public List<NoticeRule> all() {
    return rules.all().stream().map(NoticeRuleMapper.Row::rule).toList();
  }

  public List<NoticeTopic> topics() {
    return topics.all();
  }

  /**
   * Puts these rules in place of all there are, or none of them.
   *
   * @throws org.closedloop.problem.InvalidInput naming every wrong row
   */
  @Transactional
  public void replace(List<Written> written, RowErrors errors, boolean dryRun) {
    Set<String> known = topics.all().stream().map(NoticeTopic::topic).collect(Collectors.toSet());
    Set<String> seen = new HashSet<>();
    written.forEach(w -> check(w, known, seen, errors));
    errors.throwIfAny();
    if (!dryRun) {
      audit.note("notices", differences(written));
      rules.clear();
      written.forEach(w -> rules.add(NoticeRuleMapper.Row.of(
          new NoticeRule(w.topic(), w.recipient(), w.channels(), w.quiet(), w.digest()))));
    }
  }

  /** What these rules would change, by topic and recipient. */
  private List<Changed> differences(List<Written> written) {
    Map<String, NoticeRule> before = new LinkedHashMap<>();
    all().forEach(r -> before.put(r.topic() + " " + r.recipient(), r));
    List<Changed> changes = new ArrayList<>();
    for (Written w : written) {
      NoticeRule rule = new NoticeRule(w.topic(), w.recipient(), w.channels(), w.quiet(), w.digest());
      String key = w.topic() + " " + w.recipient();
      NoticeRule old = before.remove(key);
      if (!rule.equals(old)) {
        changes.add(Changed.of(key, key, old, rule));
      }
    }
    before.forEach((key, old) -> changes.add(new Changed(key, key, "removed",
        List.of(Change.of("channels", old.channels(), null)))));
    return changes;
  }

  /** Adds topics and changes the words of those there are; others stay, old notices need their words. */
  @Transactional
  public void reword(CsvTable table, boolean dryRun) {
    List<NoticeTopic> wanted = table.rows().stream().map(NoticeRules::topic).toList();
    table.errors().throwIfAny();
    if (!dryRun) {
      wanted.forEach(topics::put);
    }
  }

  /** At every start: topics that are not there yet, with their rules. */
  @Transactional
  public void ship() {
    Set<String> added = CsvTable.resource("reference/notice-topics.csv", TOPIC_COLUMNS, List.of()).rows().stream()
        .map(NoticeRules::topic).filter(t -> topics.ship(t) == 1).map(NoticeTopic::topic).collect(Collectors.toSet());
    if (!added.isEmpty()) {
      CsvTable.resource("reference/notice-rules.csv", RULE_COLUMNS, List.of()).rows().stream().map(Written::of)
          .filter(w -> added.contains(w.topic())).forEach(w -> rules.add(NoticeRuleMapper.Row.of(
              new NoticeRule(w.topic(), w.recipient(), w.channels(), w.quiet(), w.digest()))));
    }
  }

  private static NoticeTopic topic(CsvRow row) {
    String topic = row.required("topic", 60);
    if (!topic.isEmpty() && !TOPIC.matcher(topic).matches()) {
      row.wrong("topic", "只能用小写字母、数字、点和短横，以字母开头，如 alert.overdue。",
          "must be lower-case letters, digits, dots and hyphens, beginning with a letter, such as alert.overdue.");
    }
    return new NoticeTopic(topic, row.required("title_zh", LONGEST_TITLE), row.required("title_en", LONGEST_TITLE),
        row.required("text_zh", LONGEST_TEXT), row.required("text_en", LONGEST_TEXT));
  }

  private static void check(Written w, Set<String> known, Set<String> seen, RowErrors errors) {
    if (!known.contains(w.topic())) {
      errors.add(w.row(), "topic", "没有这个主题，可用：" + sorted(known) + "。",
          "there is no such topic; known are " + sorted(known) + ".");
    }
    if (!recipient(w.recipient())) {
      errors.add(w.row(), "recipient",
          "应为 holder、official、unit:leader、unit:岗位、centre:岗位 或 county:county-leader，岗位为 " + sorted(POSTS) + "。",
          "must be holder, official, unit:leader, unit:<post>, centre:<post> or county:county-leader; posts are "
              + sorted(POSTS) + ".");
    }
    if (w.channels().isEmpty() || w.channels().size() > 10 || !w.channels().stream().allMatch(NoticeRules::channel)) {
      errors.add(w.row(), "channels", "应为 inbox、mail、webhook 或 webhook:名称，用空格分开，至少一个。",
          "must be inbox, mail, webhook or webhook:<name>, blanks between them, at least one.");
    }
    if (!NoticeRule.QUIET.contains(w.quiet())) {
      errors.add(w.row(), "quiet", "应为 defer（延后）、digest（汇总）或 always（随时）。",
          "must be defer, digest or always.");
    }
    if (!seen.add(w.topic() + " " + w.recipient())) {
      errors.add(w.row(), "recipient", "该主题的这个接收人在前面的行已有。", "stands in an earlier row of this topic already.");
    }
  }

  private static boolean recipient(String word) {
    return Set.of("holder", "official", "unit:leader", "county:county-leader").contains(word)
        || word.startsWith("unit:") && POSTS.contains(word.substring(5))
        || word.startsWith("centre:") && POSTS.contains(word.substring(7));
  }

  private static boolean channel(String word) {
    return word.equals(NoticeRule.INBOX) || word.equals(NoticeRule.MAIL) || HOOK.matcher(word).matches();
  }

  private static String sorted(Set<String> words) {
    return words.stream().sorted().limit(40).collect(Collectors.joining(", "));
  }
}

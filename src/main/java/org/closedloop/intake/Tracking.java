package org.closedloop.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.journal.Entry;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.casefile.journal.Milestone;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Words;
import org.closedloop.worklist.Actions;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a reporter may do with the number and the tracking code: follow, add, rate, ask to reopen. Shows milestones and
 * replies only; no names, no internal notes.
 */
@Service
class Tracking {

  private static final int TEXT_MAX = 2000;

  private final CaseRegister register;
  private final Journal journal;
  private final Actions actions;

  Tracking(CaseRegister register, Journal journal, Actions actions) {
    this.register = register;
    this.journal = journal;
    this.actions = actions;
  }

  /** One reply the reporter may read. */
  record Reply(Instant at, String name, String nameEn, String text) {}

  /**
   * @param following number of the case that is worked on for this one since they were merged, whose milestones and replies
   *                  are shown too; null otherwise
   * @param ended     whether the work has ended: this case's, or that of the one worked on for it
   * @param asked     whether the reporter is asked for a rating: there is an answer, and none was given yet
   */
  record Followed(CaseFile file, List<Milestone> milestones, List<Reply> replies, String following, boolean asked,
      boolean ended) {}

  Followed follow(String number, String code) {
    CaseFile file = register.tracked(number, code);
    List<Milestone> milestones = new ArrayList<>(journal.ownMilestones(file));
    List<Reply> replies = new ArrayList<>(replies(file));
    CaseFile main = register.main(file);
    boolean merged = file.mergedInto() != null;
    if (merged) {
      milestones.addAll(journal.ownMilestones(main).stream().filter(m -> !m.at().isBefore(file.openedAt()))
          .toList());
      if (!joinedUnchecked(file)) {
        replies.addAll(replies(main));
      }
    }
    return new Followed(file, milestones, replies, merged ? main.number() : null,
        file.ratedAt() == null && answered(file), !main.open());
  }

  /**
   * Whether the reporter joined the other case without an official having looked: anybody may do that to any case shown
   * nearby, and its replies are written to somebody else, perhaps by name. Such a reporter is told the milestones.
   */
  private boolean joinedUnchecked(CaseFile file) {
    return journal.entries(file).stream().filter(e -> e.kind().equals("action") && e.key().equals("merge"))
        .reduce((first, last) -> last).map(e -> e.official() == null).orElse(false);
  }

  private List<Reply> replies(CaseFile file) {
    return journal.entries(file).stream().filter(e -> e.kind().equals("answer") && e.publicText() != null)
        .map((Entry e) -> new Reply(e.at(), e.name(), e.nameEn(), e.publicText())).toList();
  }

  /**
   * Adds to the report. Where the case waits for it, it goes on; otherwise the unit in charge finds it in the timeline.
   */
  @Transactional
  public CaseFile supplement(String number, String code, String text) {
    CaseFile file = register.lock(register.tracked(number, code).number());
    String said = text("text", text, true);
    if (!file.open() && file.mergedInto() == null) {
      throw new Conflict("case-ended", "案件已经办结，不能补充；如果问题没有解决，请申请重办。",
          "The case has ended; if the problem is not solved, ask to reopen it.");
    }
    journal.file(file, "supplement", "supplement", Words.of("反映人补充", "Reporter added"), null, null,
        Map.of("text", said), said);
    return actions.actAsReporter(file, "supplement", Map.of("text", said)).orElse(file);
  }

  /**
   * The reporter's own result, kept apart from the unit's. May be given again until the case is reopened.
   *
   * @param solved       says whether the problem is solved
   * @param satisfaction 1 to 5
   */
  @Transactional
  public CaseFile rate(String number, String code, Boolean solved, Integer satisfaction, String comment) {
    CaseFile file = register.lock(register.tracked(number, code).number());
    if (solved == null && satisfaction == null) {
      throw InvalidInput.at("solved", "请选择问题是否解决，或给出 1 到 5 分的评价。",
          "Say whether the problem is solved, or rate from 1 to 5.");
    }
    if (satisfaction != null && (satisfaction < 1 || satisfaction > 5)) {
      throw InvalidInput.at("satisfaction", "满意度为 1 到 5 分。", "satisfaction is from 1 to 5.");
    }
    String said = text("comment", comment, false);
    if (!answered(file)) {
      throw new Conflict("not-yet-answered", "案件还没有答复，请在收到答复后评价。",
          "The case has not been answered yet; rate it when you have the reply.");
    }
    register.rate(file, solved, satisfaction, said);
    journal.file(file, "rating", "rating", Words.of("反映人评价", "Reporter's rating"), null, null,
        rating(solved, satisfaction, said), null);
    return register.file(number);
  }

  /** A merged case is answered with the case it follows; any other when it has ended or the unit has replied. */
  private boolean answered(CaseFile file) {
    if (file.mergedInto() != null) {
      return answered(register.file(file.mergedInto()));
    }
    return !file.open() || journal.counts(file, file.process()).containsKey("answered");
  }

  private static Map<String, Object> rating(Boolean solved, Integer satisfaction, String comment) {
    Map<String, Object> rating = new java.util.LinkedHashMap<>();
    rating.put("solved", solved);
    rating.put("satisfaction", satisfaction);
    rating.put("comment", comment);
    return rating;
  }

  /** @throws Conflict when the case is still open, or the time for it is over */
  @Transactional
  public CaseFile reopen(String number, String code, String reason) {
    CaseFile file = register.tracked(number, code);
    String said = text("reason", reason, true);
    return actions.actAsReporter(file, "reopen", Map.of("reason", said))
        .orElseThrow(() -> new Conflict("not-listening", "案件当前不能申请重办：只有已办结的案件可以。",
            "This case cannot be reopened now: only a closed one can."));
  }

  private static String text(String field, String value, boolean required) {
    if (value == null || value.isBlank()) {
      if (required) {
        throw InvalidInput.at(field, "不能为空。", "Must not be empty.");
      }
      return null;
    }
    if (value.codePointCount(0, value.length()) > TEXT_MAX) {
      throw InvalidInput.at(field, "最长 " + TEXT_MAX + " 个字，请缩短。",
          "At most " + TEXT_MAX + " characters; please shorten.");
    }
    if (value.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'
        || Character.getType(c) == Character.SURROGATE)) {
      throw InvalidInput.at(field, "含有不可见的控制字符，请删除。", "Contains control characters; please remove them.");
    }
    return value.strip();
  }
}

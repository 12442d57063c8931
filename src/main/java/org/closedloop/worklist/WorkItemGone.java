package org.closedloop.worklist;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.closedloop.problem.Conflict;

/** Somebody else was faster, or the case went another way; says who and when, so that nobody has to ask. */
public class WorkItemGone extends Conflict {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

  private WorkItemGone(String zh, String en) {
    super("work-item-gone", zh, en);
  }

  static WorkItemGone completed(String name, String unit, Instant at) {
    return new WorkItemGone("这件待办已由%s（%s）于 %s 办理。".formatted(name, unit, TIME.format(at)),
        "This item was completed by %s (%s) at %s.".formatted(name, unit, TIME.format(at)));
  }

  static WorkItemGone cancelled(Instant at) {
    return new WorkItemGone("这件待办已于 %s 随案卷流转撤销，无需再办。".formatted(TIME.format(at)),
        "This item was withdrawn at %s because the case went another way; nothing is left to do."
            .formatted(TIME.format(at)));
  }

  static WorkItemGone held(String name, String unit, Instant since) {
    return new WorkItemGone("这件待办已由%s（%s）于 %s 签收，请联系其释放或转交。".formatted(name, unit, TIME.format(since)),
        "This item has been claimed by %s (%s) since %s; ask them to release it or hand it over."
            .formatted(name, unit, TIME.format(since)));
  }

  /** Two at the very same moment: the other's act is just being written. */
  public static WorkItemGone justNow() {
    return new WorkItemGone("这件待办刚刚被他人办理，请刷新后查看。",
        "Somebody else has just acted on this item; reload to see what they did.");
  }
}

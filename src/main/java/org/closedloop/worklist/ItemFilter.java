package org.closedloop.worklist;

import java.util.Set;
import org.closedloop.problem.InvalidInput;

/** What a work list is narrowed to; null members do not narrow. */
record ItemFilter(String process, String task, String light, String area, String category, String caseNumber,
    String q, String sort) {

  private static final int Q_MAX = 100;

  ItemFilter {
    if (light != null && !Set.of("green", "yellow", "red", "grey").contains(light)) {
      throw InvalidInput.at("light", "灯色只能是 green、yellow、red、grey 之一。",
          "light must be one of green, yellow, red, grey.");
    }
    if (sort != null && !Set.of("due", "created").contains(sort)) {
      throw InvalidInput.at("sort", "排序只能是 due 或 created。", "sort must be due or created.");
    }
    if (q != null && q.length() > Q_MAX) {
      throw InvalidInput.at("q", "搜索词最长 " + Q_MAX + " 个字。", "q may be at most " + Q_MAX + " characters.");
    }
  }

  /** The same list whatever lights of it are shown and in whatever order. */
  ItemFilter uncut() {
    return new ItemFilter(process, task, null, area, category, caseNumber, q, null);
  }

  /** By anything but the light and the area. */
  public boolean narrows() {
    return process != null || task != null || category != null || caseNumber != null || q != null;
  }

  public boolean byCreated() {
    return "created".equals(sort);
  }

  public String pattern() {
    return q == null || q.isBlank() ? null
        : "%" + q.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
  }
}

package org.closedloop.alert.ladder;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.problem.Conflict;

/** The order is out already; says who issued it and when. */
class OrderOpen extends Conflict {

  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final String by;
  private final Instant at;

  /** @param by username, null when the ladder issued it by itself; {@code name} is shown for it */
  OrderOpen(String by, String name, Instant at) {
    super("order-open", "督办单已由%s于 %s 下达，尚未了结。".formatted(name == null ? "系统" : name, shown(at)),
        "A supervision order was issued by %s at %s and is still open.".formatted(
            name == null ? "the system" : name, shown(at)));
    this.by = by;
    this.at = at;
  }

  private static String shown(Instant at) {
    return SHOWN.format(WorkingCalendar.local(at));
  }

  @Override
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("by", by);
    facts.put("at", WorkingCalendar.local(at).toString());
    return facts;
  }
}

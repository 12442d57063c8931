package org.closedloop.alert;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.closedloop.problem.Conflict;

/** Somebody else acknowledged it first; says who and when. */
class AlertGone extends Conflict {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

  private final String by;
  private final Instant at;

  AlertGone(String name, String by, Instant at) {
    super("alert-acknowledged", "这条告警已由%s于 %s 确认。".formatted(name, TIME.format(at)),
        "This alert was acknowledged by %s at %s.".formatted(name, TIME.format(at)));
    this.by = by;
    this.at = at;
  }

  @Override
  public Map<String, Object> facts() {
    return Map.of("by", by, "at", at.atZone(ZoneId.of("Asia/Shanghai")).toOffsetDateTime().toString());
  }
}

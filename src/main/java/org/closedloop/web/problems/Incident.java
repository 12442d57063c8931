package org.closedloop.web.problems;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something nobody foresaw. The caller gets a number and nothing else; the log gets the number and the trace, in which
 * whatever may be personal is made unreadable: exceptions like to repeat the value that upset them.
 */
final class Incident extends Problem {

  private static final long serialVersionUID = 1;
  private static final Logger log = LoggerFactory.getLogger(Incident.class);
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{6,}");
  private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}+");

  private final String id;

  private Incident(String id) {
    super(500, "internal-error", Words.of(
        "系统内部错误，没有完成您的操作。请稍后再试；如再次出现，请把编号 " + id + " 告诉管理员。",
        "Something went wrong inside and the request was not done. Try again later; if it happens again, tell an "
            + "administrator the number " + id + "."), List.of());
    this.id = id;
  }

  /** Writes the failure to the log and answers what the caller may know. */
  static Incident of(Throwable failure) {
    Incident incident = new Incident(UUID.randomUUID().toString().substring(0, 8));
    log.error("Incident {}: {}", incident.id, withoutPersonalData(failure));
    return incident;
  }

  static String withoutPersonalData(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    return CHINESE.matcher(LONG_NUMBER.matcher(trace.toString()).replaceAll("#")).replaceAll("#");
  }

  @Override
  public Map<String, Object> facts() {
    return Map.of("incident", id);
  }
}

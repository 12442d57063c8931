package org.closedloop.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/**
 * The book of administrators' acts. Joins the caller's transaction: what was not done is not noted, what is not noted was
 * not done. Who did it is whoever is logged in, and {@code system} where nobody is.
 */
@Service
public class Audit {

  /** @param until the first moment no longer wanted; null everywhere: all */
  public record Filter(String kind, String by, String subject, String q, Instant from, Instant until) {}

  private static final String SYSTEM = "system";

  private final ActMapper acts;
  private final ObjectMapper json;
  private final Clock clock;

  Audit(ActMapper acts, ObjectMapper json, Clock clock) {
    this.acts = acts;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Notes one act.
   *
   * @param name what people call the subject; null: as its key
   */
  public void note(String kind, String subject, String name, String act, List<Change> changes) {
    try {
      acts.add(clock.instant(), who(), kind, subject, name == null ? subject : name, act,
          json.writeValueAsString(changes));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("changes of " + subject + " are not JSON", e);
    }
  }

  /** Notes each of what an import, or one form, added and changed. */
  public void note(String kind, List<Changed> all) {
    all.forEach(c -> note(kind, c.key(), c.name(), c.act(), c.changes()));
  }

  /** The newest first. */
  public Page<Act> page(Filter filter, Cursor after, int limit) {
    String pattern = filter.q() == null || filter.q().isBlank() ? null
        : "%" + filter.q().strip().replaceAll("([\\\\%_])", "\\\\$1") + "%";
    return Page.cut(acts.list(filter, pattern, after == null ? null : after.number(), limit + 1).stream()
        .map(this::act).toList(), limit, a -> new Cursor(a.at(), String.valueOf(a.id())));
  }

  private Act act(ActMapper.Row row) {
    try {
      return new Act(row.id(), row.at(), row.by(), row.kind(), row.subject(), row.name(), row.act(),
          json.readValue(row.changes(), new TypeReference<List<Change>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("act " + row.id() + " is not JSON", e);
    }
  }

  private static String who() {
    var who = SecurityContextHolder.getContext().getAuthentication();
    return who == null || !who.isAuthenticated() || who instanceof AnonymousAuthenticationToken ? SYSTEM
        : who.getName();
  }
}

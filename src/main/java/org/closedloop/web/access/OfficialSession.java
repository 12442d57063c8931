package org.closedloop.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.closedloop.organisation.Post;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * The session of a logged-in official: one attribute, the username. Everything else is looked up anew with each
 * request, so that a closed account is out at once and nothing is ever deserialised from the database. Ends after 30
 * idle minutes (10 for administrators) and 12 hours at the latest; an administrator has one session at a time.
 */
@Component
class OfficialSession implements SecurityContextRepository {

  static final String USERNAME = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;

  private static final Duration LONGEST = Duration.ofHours(12);
  private static final Duration IDLE = Duration.ofMinutes(30);
  private static final Duration IDLE_ADMINISTRATOR = Duration.ofMinutes(10);

  private final LogIn logIn;
  private final FindByIndexNameSessionRepository<? extends Session> sessions;

  OfficialSession(LogIn logIn, FindByIndexNameSessionRepository<? extends Session> sessions) {
    this.logIn = logIn;
    this.sessions = sessions;
  }

  @Override
  @Deprecated
  public SecurityContext loadContext(HttpRequestResponseHolder holder) {
    return load(holder.getRequest());
  }

  @Override
  public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
    return new Deferred(request);
  }

  @Override
  public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
    var who = context.getAuthentication();
    if (who == null) {
      current(request).ifPresent(s -> s.removeAttribute(USERNAME));
      return;
    }
    boolean administrator = who.getAuthorities().contains(new SimpleGrantedAuthority(Post.ADMINISTRATOR.code()));
    if (administrator) {
      endAll(who.getName());
    }
    var session = request.getSession(true);
    session.setMaxInactiveInterval((int) (administrator ? IDLE_ADMINISTRATOR : IDLE).toSeconds());
    session.setAttribute(USERNAME, who.getName());
  }

  @Override
  public boolean containsContext(HttpServletRequest request) {
    return current(request).map(s -> s.getAttribute(USERNAME)).isPresent();
  }

  /** Logs a person out everywhere, on every node. */
  void endAll(String username) {
    sessions.findByPrincipalName(username).keySet().forEach(sessions::deleteById);
  }

  private SecurityContext load(HttpServletRequest request) {
    var session = current(request);
    // session times are the system's: the demo clock must not log anybody out
    var tooOld = Instant.now().minus(LONGEST);
    session.filter(s -> Instant.ofEpochMilli(s.getCreationTime()).isBefore(tooOld)).ifPresent(HttpSession::invalidate);
    Optional<Authentication> who = current(request).map(s -> (String) s.getAttribute(USERNAME))
        .flatMap(logIn::returning);
    return who.<SecurityContext>map(SecurityContextImpl::new).orElseGet(SecurityContextHolder::createEmptyContext);
  }

  private static Optional<HttpSession> current(HttpServletRequest request) {
    return Optional.ofNullable(request.getSession(false));
  }

  /** Reads the session when somebody asks who is there, and once only. */
  private final class Deferred implements DeferredSecurityContext {

    private final HttpServletRequest request;
    private SecurityContext context;

    Deferred(HttpServletRequest request) {
      this.request = request;
    }

    @Override
    public SecurityContext get() {
      if (context == null) {
        context = load(request);
      }
      return context;
    }

    @Override
    public boolean isGenerated() {
      return get().getAuthentication() == null;
    }
  }
}

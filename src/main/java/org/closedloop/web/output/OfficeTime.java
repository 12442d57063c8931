package org.closedloop.web.output;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Every answer of the API says what time it is here, in {@code Office-Time}, milliseconds since 1970. Pages count what is
 * left of a deadline from this: the clock of a phone may be wrong by a day, and that of the demo moves.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class OfficeTime extends OncePerRequestFilter {

  static final String HEADER = "Office-Time";

  private final Clock clock;

  OfficeTime(Clock clock) {
    this.clock = clock;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    response.setHeader(HEADER, Long.toString(clock.millis()));
    chain.doFilter(request, response);
  }
}

package org.closedloop.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.closedloop.web.problems.ProblemWriter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts what reporters do, per address: everything that changes something, and every look at a report, which is where
 * tracking codes could be guessed. Suggestions, and what others reported nearby, are counted apart: whoever writes slowly,
 * and is offered many, can still send the report. Lists that are the same for everybody are not counted.
 */
class ReporterLimit extends OncePerRequestFilter {

  private final AttemptLimits limits;
  private final ProblemWriter answers;

  ReporterLimit(AttemptLimits limits, ProblemWriter answers) {
    this.limits = limits;
    this.answers = answers;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return "GET".equals(request.getMethod()) && !request.getRequestURI().startsWith("/api/public/reports")
        && !suggestion(request);
  }

  private static boolean suggestion(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/api/public/categories/suggestions")
        || request.getRequestURI().equals("/api/public/nearby");
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      if (suggestion(request)) {
        limits.countSuggestion(request.getRemoteAddr());
      } else {
        limits.countReporter(request.getRemoteAddr());
      }
    } catch (TooManyAttempts often) {
      answers.write(request, response, often);
      return;
    }
    chain.doFilter(request, response);
  }
}

package org.closedloop.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;
import org.closedloop.web.problems.ProblemWriter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whoever got the password from somebody else may see who they are and change it, and nothing more. */
class PasswordChangeFirst extends OncePerRequestFilter {

  private static final Set<String> ALLOWED = Set.of("/api/me", "/api/me/password");

  private final ProblemWriter answers;

  PasswordChangeFirst(ProblemWriter answers) {
    this.answers = answers;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getRequestURI().startsWith("/api/") || ALLOWED.contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var who = SecurityContextHolder.getContext().getAuthentication();
    if (who != null && who.getAuthorities().contains(LogIn.MUST_CHANGE)) {
      answers.write(request, response, new Problem(403, "password-change-required", Words.of(
          "请先修改初始密码（POST /api/me/password）。", "Change the initial password first (POST /api/me/password).")));
      return;
    }
    chain.doFilter(request, response);
  }
}

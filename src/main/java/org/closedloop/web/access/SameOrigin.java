package org.closedloop.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.closedloop.problem.Forbidden;
import org.closedloop.web.problems.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A browser that was once asked for Basic sends the password along with requests that other sites make, and no token
 * guards those. Such a browser says where a request comes from; programs say nothing and pass. (Over plain http it says
 * so by {@code Origin} only.)
 */
class SameOrigin extends OncePerRequestFilter {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final ProblemWriter answers;

  SameOrigin(ProblemWriter answers) {
    this.answers = answers;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!SAFE.contains(request.getMethod()) && fromElsewhere(request)) {
      answers.write(request, response, new Forbidden("不接受来自其他网站页面的请求。",
          "Requests made by pages of other sites are not accepted."));
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean fromElsewhere(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !Set.of("same-origin", "none").contains(site);
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin != null && !origin.endsWith("://" + request.getHeader(HttpHeaders.HOST));
  }
}

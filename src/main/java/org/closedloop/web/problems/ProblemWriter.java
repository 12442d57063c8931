package org.closedloop.web.problems;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.closedloop.problem.Problem;
import org.closedloop.web.pages.PageShell;
import org.springframework.stereotype.Component;

/**
 * Answers with a problem, from places that have only request and response: filters and Spring Security. Programs get a
 * problem document, the window of a browser a page.
 */
@Component
public class ProblemWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PageShell pages;

  ProblemWriter(PageShell pages) {
    this.pages = pages;
  }

  /** Writes status, headers and body. Does nothing when the answer is already on its way. */
  public void write(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    if (pages.wantedBy(request)) {
      // who is not logged in is told by the page; that there is no such page is true for everybody
      pages.write(request, response, problem.status() == 401 ? 404 : problem.status());
      return;
    }
    Locale language = Language.of(request);
    byte[] body = json(problem, language, request.getRequestURI());
    response.resetBuffer();
    response.setStatus(problem.status());
    response.setContentType(ProblemDocument.MEDIA_TYPE);
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Content-Language", language.toLanguageTag());
    response.setHeader("Cache-Control", "no-store");
    problem.retryAfter().ifPresent(d -> response.setHeader("Retry-After", Long.toString(Math.max(1, d.toSeconds()))));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  static byte[] json(Problem problem, Locale language, String path) {
    try {
      return JSON.writeValueAsString(ProblemDocument.of(problem, language, path)).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.closedloop.web.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * The page that says to a person in front of a browser what a problem document says to a program: that there is no such
 * page, or that the server cannot answer now.
 */
@Component
public class PageShell {

  /** Addresses of programs. What a browser's window opens there is still told as it is told to programs. */
  private static final List<String> PROGRAMS = List.of("/api/", "/assets/", "/actuator", "/v3/", "/swagger-ui",
      "/modeler/");

  /** Whether a window of a browser asks, which wants a page: a script or a program asks for something else. */
  public boolean wantedBy(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return List.of("GET", "HEAD").contains(request.getMethod()) && accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE) && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && PROGRAMS.stream().noneMatch(request.getRequestURI()::startsWith);
  }

  /** Answers with the page whose address it would be, under this status. */
  public void write(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
    String address = request.getRequestURI();
    String page = address.startsWith("/m/") || address.equals("/m") ? "pocket"
        : address.startsWith("/report") ? "report" : "index";
    byte[] body = new ClassPathResource("static/" + page + ".html").getContentAsByteArray();
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }
}

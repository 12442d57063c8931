package org.closedloop.web.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Unauthenticated;
import org.closedloop.problem.Words;
import org.closedloop.web.problems.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What is refused at the door is told in the same problem documents as everything else. */
@Component
class ProblemAnswers implements AuthenticationEntryPoint, AuthenticationFailureHandler, AccessDeniedHandler {

  private final ProblemWriter writer;

  ProblemAnswers(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
      throws IOException {
    onAuthenticationFailure(request, response, refused);
  }

  @Override
  public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
      AuthenticationException refused) throws IOException {
    if (refused instanceof LogIn.RefusedByProblem because) {
      writer.write(request, response, because.problem());
      return;
    }
    // A page that fetches shows its own log-in; "Basic" would make the browser open a window over it.
    boolean page = "empty".equals(request.getHeader("Sec-Fetch-Dest"));
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE,
        page ? "Form realm=\"closed-loop\", action=\"/login\"" : "Basic realm=\"closed-loop\", charset=\"UTF-8\"");
    writer.write(request, response, refused instanceof BadCredentialsException
        ? new Unauthenticated("账号或密码不正确。", "The username or the password is not right.")
        : new Unauthenticated("请先登录。", "Log in first."));
  }

  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refused)
      throws IOException, ServletException {
    writer.write(request, response, refused instanceof CsrfException
        ? new Problem(403, "csrf", Words.of("页面已过期，请刷新后重试（需要 XSRF-TOKEN Cookie 和 X-XSRF-TOKEN 请求头）。",
            "The page is out of date; reload it and try again (the XSRF-TOKEN cookie and the X-XSRF-TOKEN header are"
                + " needed)."))
        : new Forbidden("没有权限进行此操作。", "You may not do this."));
  }
}

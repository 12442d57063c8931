package org.closedloop.web.problems;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.closedloop.problem.Problem;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The answer to errors outside of controllers: what filters and the container send with a bare status. */
@Controller
class FallbackProblems implements ErrorController {

  private final ProblemWriter writer;

  FallbackProblems(ProblemWriter writer) {
    this.writer = writer;
  }

  @RequestMapping("${server.error.path:/error}")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    if (failure instanceof IOException && response.isCommitted()) {
      // whoever read a stream has gone; nothing is wrong here
      return;
    }
    Problem problem;
    if (failure instanceof Exception e) {
      problem = Problems.problemOf(e);
    } else if (failure instanceof Throwable t) {
      problem = Incident.of(t);
    } else {
      // Called directly, there was no error: it is an address like any other that does not exist.
      problem = ProblemDocument.bare(status instanceof Integer code ? code : 404);
    }
    writer.write(new HttpServletRequestWrapper(request) {
      @Override
      public String getRequestURI() {
        return path instanceof String p ? p : super.getRequestURI();
      }
    }, response, problem);
  }
}

package org.closedloop.web.input;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.web.problems.UnwantedContent;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Looks at parameters, parts of paths, and names of uploaded files as {@link CleanJson} looks at bodies. */
class CleanParameters implements HandlerInterceptor {

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    List<FieldError> faults = new ArrayList<>();
    request.getParameterMap().forEach((name, values) -> {
      check(name, name, faults);
      for (String value : values) {
        check(name, value, faults);
      }
    });
    if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables) {
      variables.forEach((name, value) -> check(String.valueOf(name), String.valueOf(value), faults));
    }
    if (request instanceof MultipartHttpServletRequest multipart) {
      multipart.getMultiFileMap().forEach((part, files) -> files.forEach(file -> {
        if (file.getOriginalFilename() != null) {
          check(part, file.getOriginalFilename(), faults);
        }
      }));
    }
    if (!faults.isEmpty()) {
      throw new InvalidInput(faults);
    }
    return true;
  }

  private static void check(String field, String value, List<FieldError> faults) {
    CleanText.fault(value).ifPresent(words -> faults.add(new FieldError(UnwantedContent.printable(field), words)));
  }
}

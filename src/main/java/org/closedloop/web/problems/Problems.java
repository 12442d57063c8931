package org.closedloop.web.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.ConstraintViolationException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Problem.FieldError;
import org.closedloop.problem.Words;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.BindException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingRequestCookieException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Every exception that leaves a controller, turned into a problem document here and nowhere else. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {

  private final ProblemWriter writer;

  Problems(ProblemWriter writer) {
    this.writer = writer;
  }

  @ExceptionHandler
  void any(Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (e instanceof AccessDeniedException || e instanceof AuthenticationException) {
      // Spring Security answers these itself: it knows whether to ask for a log-in.
      throw e;
    }
    if (e instanceof AsyncRequestNotUsableException || callerIsGone(e)) {
      return;
    }
    if (response.isCommitted()) {
      // part of the answer is on its way: the container cuts the connection, or the rest would look like the whole
      throw e;
    }
    if (e instanceof HttpRequestMethodNotSupportedException method && method.getSupportedHttpMethods() != null) {
      response.setHeader("Allow", method.getSupportedHttpMethods().stream().map(Object::toString)
          .collect(Collectors.joining(", ")));
    }
    writer.write(request, response, problemOf(e));
  }

  private static boolean callerIsGone(Exception e) {
    return e instanceof IOException && e.getClass().getSimpleName().equals("ClientAbortException");
  }

  static Problem problemOf(Exception e) {
    Optional<Problem> own = Failure.find(e, Problem.class);
    if (own.isPresent()) {
      return own.get();
    }
    if (e instanceof HttpMessageNotReadableException unreadable) {
      return unreadable(unreadable);
    }
    if (e instanceof BindException bind) {
      return new InvalidInput(bind.getFieldErrors().stream()
          .map(f -> finding(f.getField(), f.isBindingFailure() ? "格式不正确" : f.getDefaultMessage())).toList());
    }
    if (e instanceof HandlerMethodValidationException invalid) {
      return new InvalidInput(findings(invalid));
    }
    if (e instanceof ConstraintViolationException invalid) {
      return new InvalidInput(invalid.getConstraintViolations().stream().map(v -> finding(
          StreamSupport.stream(v.getPropertyPath().spliterator(), false).reduce((a, b) -> b).map(Object::toString)
              .orElse("body"), v.getMessage())).toList());
    }
    if (e instanceof MethodArgumentTypeMismatchException mismatch) {
      Words expected = UnreadableJson.expected(mismatch.getRequiredType());
      return InvalidInput.at(mismatch.getName(), "应为" + expected.zh() + "。", "Expected " + expected.en() + ".");
    }
    if (e instanceof TypeMismatchException mismatch) {
      Words expected = UnreadableJson.expected(mismatch.getRequiredType());
      return InvalidInput.at(mismatch.getPropertyName() == null ? "body" : mismatch.getPropertyName(),
          "应为" + expected.zh() + "。", "Expected " + expected.en() + ".");
    }
    if (e instanceof MissingServletRequestParameterException missing) {
      return missing(missing.getParameterName(), "缺少参数。", "This parameter is missing.");
    }
    if (e instanceof MissingRequestHeaderException missing) {
      return missing(missing.getHeaderName(), "缺少请求头。", "This header is missing.");
    }
    if (e instanceof MissingRequestCookieException missing) {
      return missing(missing.getCookieName(), "缺少 Cookie。", "This cookie is missing.");
    }
    if (e instanceof MissingPathVariableException) {
      return Incident.of(e);
    }
    if (e instanceof MissingServletRequestPartException missing) {
      return missing(missing.getRequestPartName(), "缺少这一部分内容。", "This part is missing.");
    }
    if (e instanceof MaxUploadSizeExceededException) {
      return new Problem(413, "too-large", Words.of("文件过大：单个文件不超过 20 MB，一次不超过 60 MB。",
          "Too large: at most 20 MB a file and 60 MB in all."));
    }
    if (e instanceof MultipartException) {
      return Failure.find(e, IllegalStateException.class).filter(i -> i.getClass().getName().contains("Size")).isPresent()
          ? ProblemDocument.bare(413)
          : new Problem(400, "malformed-upload", Words.of("上传的内容不完整或格式不正确，请按 multipart/form-data 重新上传。",
              "The upload is incomplete or malformed; send it again as multipart/form-data."));
    }
    if (e instanceof NoResourceFoundException || e instanceof NoHandlerFoundException) {
      return new NotFound("这里什么也没有，请检查地址。", "There is nothing here; check the address.");
    }
    if (e instanceof HttpRequestMethodNotSupportedException method) {
      String allowed = method.getSupportedHttpMethods() == null ? ""
          : method.getSupportedHttpMethods().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
      return new Problem(405, "method-not-allowed", Words.of("此地址不支持 " + method.getMethod() + "，可用：" + allowed + "。",
          "This address does not take " + method.getMethod() + "; it takes " + allowed + "."));
    }
    if (e instanceof HttpMediaTypeNotSupportedException type) {
      String allowed = MediaType.toString(type.getSupportedMediaTypes().stream().filter(t -> !t.isWildcardSubtype())
          .distinct().limit(5).toList());
      return new Problem(415, "unsupported-media-type", Words.of("不支持这种内容格式，请使用 " + allowed + "。",
          "This media type is not supported; send " + allowed + "."));
    }
    if (e instanceof HttpMediaTypeNotAcceptableException type) {
      String offered = MediaType.toString(type.getSupportedMediaTypes().stream().distinct().limit(5).toList());
      return new Problem(406, "not-acceptable", Words.of("无法提供所要的格式，可提供：" + offered + "。",
          "The wanted format is not to be had; offered: " + offered + "."));
    }
    if (e instanceof AsyncRequestTimeoutException) {
      return new Unavailable();
    }
    if (e instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      return ProblemDocument.bare(response.getStatusCode().value());
    }
    return Failure.problemOf(e);
  }

  private static Problem unreadable(HttpMessageNotReadableException e) {
    return Failure.json(e).map(UnreadableJson::problemOf)
        .orElseGet(() -> e.getMessage() != null && e.getMessage().startsWith("Required request body is missing")
            ? UnreadableJson.missingBody() : ProblemDocument.bare(400));
  }

  private static Problem missing(String field, String zh, String en) {
    return InvalidInput.at(field, zh, en);
  }

  /** Bean validation has already spoken in the caller's language. */
  private static FieldError finding(String field, String message) {
    return FieldError.of(field, message, message);
  }

  private static List<FieldError> findings(HandlerMethodValidationException invalid) {
    List<FieldError> findings = new ArrayList<>();
    invalid.getParameterValidationResults().forEach(result -> {
      if (result instanceof ParameterErrors errors) {
        errors.getFieldErrors().forEach(f -> findings.add(finding(f.getField(), f.getDefaultMessage())));
      } else {
        String name = result.getMethodParameter().getParameterName();
        result.getResolvableErrors().forEach(error -> findings.add(
            finding(name == null ? "body" : name, error.getDefaultMessage())));
      }
    });
    return findings;
  }
}

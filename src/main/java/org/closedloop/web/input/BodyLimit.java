package org.closedloop.web.input;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.closedloop.problem.Problem;
import org.closedloop.problem.Words;
import org.closedloop.web.problems.ProblemWriter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies above 2 MB (10 MB for tables in CSV) before they fill the memory, also when the sender does not say how
 * much is coming. Uploads have their own limits.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class BodyLimit extends OncePerRequestFilter {

  private static final long MEGABYTE = 1024 * 1024;

  private final ProblemWriter writer;

  BodyLimit(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String type = request.getContentType() == null ? "" : request.getContentType().toLowerCase(Locale.ROOT);
    if (type.startsWith("multipart/")) {
      chain.doFilter(request, response);
      return;
    }
    long limit = type.startsWith("text/csv") ? 10 * MEGABYTE : 2 * MEGABYTE;
    if (request.getContentLengthLong() > limit) {
      writer.write(request, response, new TooLarge(limit));
    } else if (request.getContentLengthLong() < 0) {
      chain.doFilter(new Counted(request, limit), response);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** More came than is allowed. Answers 413. */
  private static class TooLarge extends Problem {
    private static final long serialVersionUID = 1;

    TooLarge(long limit) {
      super(413, "too-large", Words.of("内容过大，最多 " + limit / MEGABYTE + " MB。",
          "Too large: at most " + limit / MEGABYTE + " MB."));
    }
  }

  private static class Counted extends HttpServletRequestWrapper {

    private final long limit;
    private ServletInputStream counted;

    Counted(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (counted == null) {
        counted = new CountedStream(super.getInputStream(), limit);
      }
      return counted;
    }
  }

  private static class CountedStream extends ServletInputStream {

    private final ServletInputStream in;
    private final long limit;
    private long read;

    CountedStream(ServletInputStream in, long limit) {
      this.in = in;
      this.limit = limit;
    }

    private void count(long more) {
      read += Math.max(0, more);
      if (read > limit) {
        throw new TooLarge(limit);
      }
    }

    @Override
    public int read() throws IOException {
      int b = in.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = in.read(buffer, offset, length);
      count(n);
      return n;
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}

package org.closedloop.alert.stream;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.problem.InvalidInput;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/alerts/stream}: one event {@code alert} for each new alert the reader may see, its {@code id} the place
 * in the stream. With {@code Last-Event-ID} it goes on after that one, whichever node sent it. A page that names its
 * {@code window} has one stream in it: a new one takes the place of the one that a reload left behind. An event
 * {@code work-item} without id says that lists of work items the reader may see have changed, and nothing else.
 */
@RestController
class AlertStreamController {

  private static final String RESUME = "Last-Event-ID";

  private final Watchers watchers;
  private final Me me;

  AlertStreamController(Watchers watchers, Me me) {
    this.watchers = watchers;
    this.me = me;
  }

  @GetMapping(path = "/api/alerts/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(@RequestHeader(name = RESUME, required = false) String after,
      @RequestParam(required = false) String window, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Official official = me.current();
    if (window != null && !window.matches("[A-Za-z0-9-]{1,64}")) {
      throw InvalidInput.at("window", "窗口标识为 1 至 64 个字母、数字或 “-”。",
          "window is 1 to 64 letters, digits or hyphens.");
    }
    Long resume = position(after);
    long top = watchers.top();
    long from = resume == null ? top : Math.min(resume, top);
    ServletOutputStream out = response.getOutputStream();
    watchers.admit(official.username(), window, () -> {
      response.setContentType("text/event-stream;charset=UTF-8");
      response.setHeader("Cache-Control", "no-store");
      // proxies that gather answers before they pass them on
      response.setHeader("X-Accel-Buffering", "no");
      AsyncContext async = request.startAsync();
      // the life of a stream is limited here, not by the container
      async.setTimeout(0);
      return new Watcher(official.username(), window, me.sight().withoutReporters(), from, async, out, w -> watchers.wake(),
          watchers::remove);
    });
  }

  /** Null: from now on. An id larger than any there can be is from now on, too. */
  private static Long position(String after) {
    if (after == null || after.isBlank()) {
      return null;
    }
    if (!after.matches("[0-9]{1,100}")) {
      throw InvalidInput.at(RESUME, "应为上一条事件的 id（数字）；不带此请求头则从现在开始。",
          "Give the id (digits) of the last event, or leave the header out to start from now.");
    }
    return after.length() > 18 ? Long.valueOf(Long.MAX_VALUE) : Long.valueOf(after);
  }
}

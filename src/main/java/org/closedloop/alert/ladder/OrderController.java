package org.closedloop.alert.ladder;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.time.OffsetDateTime;
import org.closedloop.once.Once;
import org.closedloop.organisation.Me;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/cases/{number}/order}: a supervision order by hand. */
@RestController
class OrderController {

  private final Orders orders;
  private final Once once;
  private final Me me;

  OrderController(Orders orders, Once once, Me me) {
    this.orders = orders;
    this.once = once;
    this.me = me;
  }

  record Note(String note) {}

  record OrderedCase(@JsonProperty("case") String number, OffsetDateTime at, String task, String unit) {}

  @PostMapping("/api/cases/{number}/order")
  ResponseEntity<OrderedCase> order(@PathVariable String number, @RequestBody Note body,
      @RequestHeader(name = Once.HEADER, required = false) String key, HttpServletRequest request) {
    return once.ok(key, me.current().username(), request, body, () -> {
      Orders.Ordered ordered = orders.order(number, body.note());
      return new OrderedCase(ordered.caseNumber(), ordered.at(), ordered.task(), ordered.unit());
    });
  }
}

package org.closedloop.worklist.saved;

import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/me/filters}: one's own saved filters. Every call answers what there is then. */
@RestController
@RequestMapping("/api/me/filters")
class SavedFilterController {

  private final SavedFilters filters;

  SavedFilterController(SavedFilters filters) {
    this.filters = filters;
  }

  record Mine(List<SavedFilter> items) {}

  @GetMapping
  Mine mine() {
    return new Mine(filters.mine());
  }

  /** One of the same name is replaced. */
  @PutMapping
  Mine keep(@RequestBody SavedFilter body) {
    return new Mine(filters.keep(body.list(), body.name(), body.query()));
  }

  @DeleteMapping
  Mine forget(@RequestParam String list, @RequestParam String name) {
    return new Mine(filters.forget(list, name));
  }
}

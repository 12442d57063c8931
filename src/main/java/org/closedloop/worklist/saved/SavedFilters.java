package org.closedloop.worklist.saved;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.closedloop.organisation.Me;
import org.closedloop.problem.InvalidInput;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** One's own saved filters; nobody sees another's. */
@Service
class SavedFilters {

  private static final Set<String> LISTS = Set.of("work", "cases");
  private static final int NAME_MAX = 40;
  private static final int QUERY_MAX = 1_000;
  private static final int MOST = 50;

  private final SavedFilterMapper filters;
  private final Me me;
  private final Clock clock;

  SavedFilters(SavedFilterMapper filters, Me me, Clock clock) {
    this.filters = filters;
    this.me = me;
    this.clock = clock;
  }

  List<SavedFilter> mine() {
    return filters.of(me.current().username());
  }

  /** @throws InvalidInput when it has no name, is too long, or there are as many as may be */
  @Transactional
  List<SavedFilter> keep(String list, String name, String query) {
    known(list);
    String called = name == null ? "" : name.strip();
    if (called.isEmpty() || called.length() > NAME_MAX) {
      throw InvalidInput.at("name", "请给筛选起个名字，最长 " + NAME_MAX + " 个字。",
          "Give the filter a name of at most " + NAME_MAX + " characters.");
    }
    if (query == null || query.length() > QUERY_MAX) {
      throw InvalidInput.at("query", "请填写筛选条件，最长 " + QUERY_MAX + " 个字。",
          "Give the filter's query of at most " + QUERY_MAX + " characters.");
    }
    String official = me.current().username();
    if (filters.of(official).stream().filter(f -> !f.list().equals(list) || !f.name().equals(called)).count() >= MOST) {
      throw InvalidInput.at("name", "最多保存 " + MOST + " 个筛选，请先删除不用的。",
          "At most " + MOST + " saved filters; delete one that is not used.");
    }
    filters.keep(official, new SavedFilter(list, called, query), clock.instant());
    return filters.of(official);
  }

  @Transactional
  List<SavedFilter> forget(String list, String name) {
    known(list);
    String official = me.current().username();
    filters.forget(official, list, name);
    return filters.of(official);
  }

  private static void known(String list) {
    if (list == null || !LISTS.contains(list)) {
      throw InvalidInput.at("list", "列表只能是 work 或 cases。", "list must be work or cases.");
    }
  }
}

package org.closedloop.worklist;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.closedloop.casefile.live.ListChanges;
import org.closedloop.casefile.live.ListPlace;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.springframework.stereotype.Component;

/**
 * Keeps the open-item table in step with the engine's tasks, and open lists with the table. Called by the engine's own
 * events, in its transaction; the caller holds the lock on the case row.
 */
@Component
public class OpenItems {

  private final WorkItemMapper items;
  private final DoneItemMapper done;
  private final ListChanges lists;
  private final Organisation organisation;
  private final Clock clock;

  OpenItems(WorkItemMapper items, DoneItemMapper done, ListChanges lists, Organisation organisation, Clock clock) {
    this.items = items;
    this.lists = lists;
    this.done = done;
    this.organisation = organisation;
    this.clock = clock;
  }

  public void opened(Opened item, Instant warnAt, Instant dueAt) {
    Instant now = clock.instant();
    List<ListPlace> places = new ArrayList<>();
    for (int i = 0; i < item.groups().size(); i++) {
      String[] group = item.groups().get(i).split(":", 2);
      places.add(items.add(item, group[0], group[1], i == 0, warnAt, dueAt, now));
    }
    lists.at(places.stream().filter(Objects::nonNull).toList());
  }

  public void assigned(String itemId, String official) {
    lists.at(items.assign(itemId, official, official == null ? null : clock.instant()));
  }

  /** @param official who completed it; null: it was withdrawn by the process */
  public void closed(String itemId, String official) {
    List<WorkItem> rows = items.rows(itemId);
    if (rows.isEmpty()) {
      return;
    }
    String unit = organisation.official(official).map(Official::unit).map(u -> u.code()).orElse(null);
    done.add(rows.get(0), official == null ? "cancelled" : "completed", official, unit, clock.instant());
    lists.at(items.remove(itemId));
  }

  /** The clock of a task was extended, stopped, resumed or laid anew. */
  public void clock(String number, String instance, String task, Instant warnAt, Instant dueAt, Instant pausedSince) {
    lists.at(items.clock(number, instance, task, warnAt, dueAt, pausedSince));
  }

  public void factsChanged(String number) {
    lists.at(items.follow(number));
  }
}

package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.closedloop.LiveApp;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.worklist.WorkItemMapper.Counts;
import org.closedloop.worklist.WorkItemMapper.Scope;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** Every statement over the open-item table and the done items, on a real database; leaves nothing behind. */
@LiveApp
@Transactional
class WorkItemMapperTest {

  private static final Sight COUNTY = new Sight(true, null, List.of(), false);
  private static final ItemFilter ALL = new ItemFilter(null, null, null, null, null, null, null, null);

  @Autowired
  WorkItemMapper items;
  @Autowired
  DoneItemMapper done;
  @Autowired
  OpenItems open;
  @Autowired
  Reconciler reconciler;
  @Autowired
  CaseRegister register;
  @Autowired
  Clock clock;

  private final String unit = "unit-" + System.nanoTime();

  private CaseFile newCase() {
    return register.open(new NewCase("case-handling", "patrol", "井盖缺失", "", null, "140929100", null, null, "urgent",
        Reporter.ANONYMOUS, null), null, Map.of());
  }

  private String add(CaseFile c, long warnIn, long dueIn, String... groups) {
    String id = "item-" + System.nanoTime();
    Instant now = clock.instant();
    open.opened(new Opened(id, c.number(), "case-handling", "instance", "handle", "办理", "Handle", false, "accept",
        List.of(groups)), now.plusSeconds(warnIn), now.plusSeconds(dueIn));
    return id;
  }

  private List<String> ids(Scope scope, ItemFilter filter, Sight sight) {
    return items.list(scope, filter, sight, null, null, clock.instant(), 50).stream().map(WorkItem::itemId).toList();
  }

  private ItemFilter light(String light) {
    return new ItemFilter("case-handling", "handle", light, null, null, null, "井盖", null);
  }

  @Test
  void aPoolIsListedSoonestFirstWithItsLightsCounted() {
    CaseFile c = newCase();
    String green = add(c, 500, 1000, unit + ":handler");
    String yellow = add(c, -10, 800, unit + ":handler");
    String red = add(c, -100, -10, unit + ":handler");
    Scope pool = new Scope("unit", "nobody", unit, List.of("handler"), List.of());
    assertThat(ids(pool, ALL, COUNTY)).containsExactly(red, yellow, green);
    assertThat(ids(pool, light("red"), COUNTY)).containsExactly(red);
    assertThat(ids(pool, light("yellow"), COUNTY)).containsExactly(yellow);
    assertThat(ids(pool, light("green"), COUNTY)).containsExactly(green);
    items.clock(c.number(), "instance", "handle", null, clock.instant().plusSeconds(5), clock.instant());
    assertThat(items.counts(pool, ALL, COUNTY, null, clock.instant())).isEqualTo(new Counts(0, 0, 0, 3));
    assertThat(ids(pool, light("grey"), COUNTY)).hasSize(3);
    assertThat(ids(new Scope("unit", "nobody", unit, List.of("verifier"), List.of()), ALL, COUNTY)).isEmpty();
    assertThat(ids(new Scope("unit", "nobody", unit, null, List.of()), ALL, COUNTY)).hasSize(3);
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() {
    CaseFile c = newCase();
    for (int i = 0; i < 5; i++) {
      add(c, 10, 100 + i, unit + ":handler");
    }
    Scope pool = new Scope("unit", "nobody", unit, null, List.of());
    List<WorkItem> first = items.list(pool, ALL, COUNTY, "140929/", null, clock.instant(), 3);
    WorkItem last = first.get(2);
    List<WorkItem> rest = items.list(pool, ALL, COUNTY, null, new Cursor(last.dueAt(), last.itemId()),
        clock.instant(), 9);
    assertThat(rest).hasSize(2).noneMatch(first::contains);
    ItemFilter byCreated = new ItemFilter(null, null, null, null, "01", c.number(), null, "created");
    assertThat(items.list(pool, byCreated, COUNTY, null, new Cursor(clock.instant(), "x"), clock.instant(), 9))
        .isEmpty();
  }

  @Test
  void anItemOfSeveralGroupsIsOneItemAndItsHolderFindsItAsMine() {
    CaseFile c = newCase();
    String id = add(c, 10, 100, unit + ":handler", unit + "-b:handler");
    assertThat(items.rows(id)).hasSize(2);
    open.assigned(id, "zhang");
    assertThat(ids(new Scope("mine", "zhang", unit, null, List.of()), ALL, COUNTY)).containsExactly(id);
    assertThat(items.ofCase(c.number())).hasSize(1);
    assertThat(items.counts(new Scope("all", "zhang", unit, null, List.of()),
        new ItemFilter(null, null, null, null, null, c.number(), null, null), COUNTY, null, clock.instant()).green())
        .isEqualTo(1);
    Sight nobody = new Sight(false, null, List.of("elsewhere"), false);
    assertThat(ids(new Scope("all", "zhang", unit, null, List.of()),
        new ItemFilter(null, null, null, null, null, c.number(), null, null), nobody)).isEmpty();
  }

  @Test
  void aClosedItemSaysWhoDidItAndWhichUnit() {
    CaseFile c = newCase();
    String id = add(c, 10, 100, "140929-cc:dispatcher");
    String gone = add(c, 10, 100, "140929-cc:dispatcher");
    open.closed(id, "dispatcher1");
    open.closed(gone, null);
    open.closed(gone, null);
    assertThat(items.rows(id)).isEmpty();
    assertThat(done.find(id).official()).isEqualTo("dispatcher1");
    assertThat(done.find(gone).outcome()).isEqualTo("cancelled");
    assertThat(done.unitOf(c.number(), 1, "handle")).isEqualTo("140929-cc");
    assertThat(done.unitOf(c.number(), 2, "handle")).isNull();
  }

  @Test
  void theItemsFollowTheFactsOfTheirCase() {
    CaseFile c = newCase();
    String id = add(c, 10, 100, unit + ":handler");
    register.facts(c, null, "140929101", "emergency", null);
    open.factsChanged(c.number());
    assertThat(items.rows(id).get(0).urgency()).isEqualTo("emergency");
    assertThat(items.rows(id).get(0).area()).isEqualTo("140929101");
  }

  @Test
  void aRowWithoutATaskIsNamedByTheReconciler() {
    String orphan = add(newCase(), 10, 100, unit + ":handler");
    assertThat(reconciler.compare().left()).contains(orphan);
  }
}

package org.closedloop.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.closedloop.LiveApp;
import org.closedloop.benchmark.OpenCases;
import org.closedloop.benchmark.Rounds;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.worklist.WorkItemMapper.Scope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * P2: seven queries of a work list asked of the engine's task query and of the open-item table, one caller, in one JVM on
 * one database. The same items in the same order are checked first.
 * {@code mvn -B test -Dgroups=benchmark -DexcludedGroups= -Dtest=WorkListBenchmark -Dbenchmark.cases=100000}
 */
@LiveApp
@Tag("benchmark")
class WorkListBenchmark {

  private static final Sight COUNTY = new Sight(true, null, List.of("140929-cc"), false);
  private static final ItemFilter ALL = new ItemFilter(null, null, null, null, null, null, null, null);
  private static final ItemFilter RED = new ItemFilter(null, null, "red", null, null, null, null, null);
  private static final String UNIT = "140929-ga";
  private static final String MINE = "bm.0";
  private static final int PAGE = 50;
  private static final int DEEP = 1_000;

  @Autowired WorkItemMapper items;
  @Autowired TaskService tasks;
  @Autowired JdbcClient sql;
  @Autowired DataSource database;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  /** One question, and how each of the two answers it. */
  private record Question(String name, Function<Instant, Object> engine, Function<Instant, Object> product) {}

  @Test
  void theWorkListOfADepartment() {
    int cases = Integer.getInteger("benchmark.cases", 100_000);
    new OpenCases(database, transactions).fill(cases, clock.instant());
    Instant now = clock.instant();
    double product = 1;
    List<Question> questions = questions(now);
    for (Question q : questions) {
      assertThat(q.product().apply(now)).as(q.name()).isEqualTo(q.engine().apply(now));
      Map<String, Rounds.Measured> measured = new Rounds()
          .with("engine", 2, () -> q.engine().apply(now)).with("product", 5, () -> q.product().apply(now)).run(7);
      double ratio = measured.get("engine").median() / measured.get("product").median();
      product *= ratio;
      System.out.printf(Locale.ROOT, "| %s | %s | %s | %.0f |%n", q.name(), measured.get("engine"),
          measured.get("product"), ratio);
    }
    System.out.printf(Locale.ROOT, "geometric mean of the ratios %.1f, %d open items, PostgreSQL %s%n",
        Math.pow(product, 1.0 / questions.size()), cases, sql.sql("show server_version").query(String.class).single());
  }

  private List<Question> questions(Instant at) {
    Scope unit = new Scope("unit", MINE, UNIT, List.of("handler"));
    List<WorkItem> thousand = items.list(unit, ALL, COUNTY, null, null, at, DEEP);
    Cursor deep = new Cursor(thousand.get(DEEP - 1).dueAt(), thousand.get(DEEP - 1).itemId());
    return List.of(
        new Question("my unit's items, first page", now -> ids(pool(), 0),
            now -> ids(items.list(unit, ALL, COUNTY, null, null, now, PAGE))),
        new Question("the same from the 1,001st on", now -> ids(pool(), DEEP),
            now -> ids(items.list(unit, ALL, COUNTY, null, deep, now, PAGE))),
        new Question("mine", now -> ids(tasks.createTaskQuery().taskAssignee(MINE), 0),
            now -> ids(items.list(new Scope("mine", MINE, UNIT, null), ALL, COUNTY, null, null, now, PAGE))),
        new Question("my unit's overdue", now -> ids(pool().active().dueBefore(Date.from(now)), 0),
            now -> ids(items.list(unit, RED, COUNTY, null, null, now, PAGE))),
        new Question("my unit's in one township", now -> ids(pool().processVariableValueLike("area", "140929100%"), 0),
            now -> ids(items.list(unit, ALL, COUNTY, "140929/140929100/", null, now, PAGE))),
        new Question("my unit's counts by light", this::counts,
            now -> counts(items.counts(unit, ALL, COUNTY, null, now))),
        new Question("the county's soonest", now -> ids(tasks.createTaskQuery(), 0),
            now -> ids(items.list(new Scope("all", MINE, UNIT, null), ALL, COUNTY, null, null, now, PAGE))));
  }

  private TaskQuery pool() {
    return tasks.createTaskQuery().taskCandidateGroup(UNIT + ":handler").includeAssignedTasks();
  }

  private static List<String> ids(TaskQuery query, int from) {
    return query.orderByDueDate().asc().orderByTaskId().asc().listPage(from, PAGE).stream().map(Task::getId).toList();
  }

  private static List<String> ids(List<WorkItem> list) {
    return list.stream().map(WorkItem::itemId).toList();
  }

  private Object counts(Instant at) {
    Date now = Date.from(at);
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("yellow", pool().active().dueAfter(now).followUpBefore(now).count());
    counts.put("red", pool().active().dueBefore(now).count());
    counts.put("grey", pool().suspended().count());
    counts.put("green", pool().active().dueAfter(now).followUpAfter(now).count());
    return new ArrayList<>(counts.values());
  }

  private static Object counts(WorkItemMapper.Counts c) {
    return List.of(c.yellow(), c.red(), c.grey(), c.green());
  }
}

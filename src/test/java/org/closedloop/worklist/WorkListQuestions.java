package org.closedloop.worklist;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.page.Page;
import org.closedloop.worklist.WorkItemMapper.Scope;

/**
 * The seven questions of a work list, as the engine's task query and as the product answer them. The engine answers with
 * tasks only; the product's rows carry the case's number, title, area, category, urgency and light, too, which on the
 * engine would be further queries that are not counted against it.
 */
class WorkListQuestions {

  static final String UNIT = "140929-ga";
  static final String MINE = "ga.handler";
  static final String TOWNSHIP = "140929100";
  private static final String CENTRE = "140929-cc";
  private static final List<String> FIVE = List.of("county-leader", "dispatcher", "duty-leader", "supervisor", "verifier");
  private static final Sight COUNTY = new Sight(true, null, List.of(CENTRE), false);
  private static final Sight GROUND = new Sight(false, "140929/" + TOWNSHIP + "/", List.of(TOWNSHIP), false);
  private static final ItemFilter ALL = new ItemFilter(null, null, null, null, null, null, null, null);
  private static final int PAGE = 50;
  private static final int DEEP = 1_000;

  /** One question, how each of the two answers it at that time, and the same over HTTP. */
  record Question(String name, Function<Instant, Object> engine, Function<Instant, Object> product, String username,
      String path) {}

  private final WorkItemMapper items;
  private final TaskService tasks;

  WorkListQuestions(WorkItemMapper items, TaskService tasks) {
    this.items = items;
    this.tasks = tasks;
  }

  List<Question> all(Instant at) {
    Scope unit = new Scope("unit", MINE, UNIT, List.of("handler"), List.of());
    Scope mine = new Scope("mine", MINE, UNIT, null, List.of());
    Scope five = new Scope("unit", "dutyleader", CENTRE, FIVE, List.of());
    Scope all = new Scope("all", TOWNSHIP + ".handler", TOWNSHIP, List.of("handler"), List.of());
    WorkItem thousandth = items.list(unit, ALL, COUNTY, null, null, at, DEEP).get(DEEP - 1);
    Cursor deep = new Cursor(thousandth.dueAt(), thousandth.itemId());
    return List.of(
        new Question("one unit's page", now -> ids(pool(), 0), now -> list(unit, COUNTY, null, null, now),
            MINE, "?scope=unit"),
        new Question("the same from the 1,001st on", now -> ids(pool(), DEEP),
            now -> list(unit, COUNTY, null, deep, now), MINE,
            "?scope=unit&after=" + text(deep)),
        new Question("five groups' page", now -> ids(five(), 0), now -> list(five, COUNTY, null, null, now),
            "dutyleader", "?scope=unit"),
        new Question("mine", now -> ids(tasks.createTaskQuery().taskAssignee(MINE), 0),
            now -> list(mine, COUNTY, null, null, now), MINE, "?scope=mine"),
        new Question("one unit's in one township",
            now -> ids(pool().processVariableValueLike("area", TOWNSHIP + "%"), 0),
            now -> list(unit, COUNTY, "140929/" + TOWNSHIP + "/", null, now), MINE, "?scope=unit&area=" + TOWNSHIP),
        new Question("one unit's counts by light", this::counts,
            now -> counts(items.counts(unit, ALL, COUNTY, null, now)), MINE, "?scope=unit&limit=1"),
        new Question("all a township may see",
            now -> ids(tasks.createTaskQuery().or().processVariableValueLike("area", TOWNSHIP + "%")
                .processVariableValueEquals("leadUnit", TOWNSHIP).endOr(), 0),
            now -> list(all, GROUND, null, null, now), TOWNSHIP + ".handler", "?scope=all"));
  }

  /** A page of one ends with its only row, so its cursor is the one wanted. */
  private static String text(Cursor cursor) {
    return Page.cut(List.of(cursor, cursor), 1, c -> c).next();
  }

  private TaskQuery pool() {
    return tasks.createTaskQuery().taskCandidateGroup(UNIT + ":handler").includeAssignedTasks();
  }

  private TaskQuery five() {
    return tasks.createTaskQuery().taskCandidateGroupIn(FIVE.stream().map(p -> CENTRE + ":" + p).toList())
        .includeAssignedTasks();
  }

  private static List<String> ids(TaskQuery query, int from) {
    return query.orderByDueDate().asc().orderByTaskId().asc().listPage(from, PAGE).stream().map(Task::getId).toList();
  }

  private List<String> list(Scope scope, Sight sight, String areaPath, Cursor after, Instant now) {
    return items.list(scope, ALL, sight, areaPath, after, now, PAGE).stream().map(WorkItem::itemId).toList();
  }

  private Object counts(Instant at) {
    Date now = Date.from(at);
    return Stream.of(pool().active().dueAfter(now).followUpBefore(now), pool().active().dueBefore(now),
        pool().suspended(), pool().active().dueAfter(now).followUpAfter(now)).map(TaskQuery::count).toList();
  }

  private static Object counts(WorkItemMapper.Counts c) {
    return List.of(c.yellow(), c.red(), c.grey(), c.green());
  }
}

package org.closedloop.board.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.TaskQuery;
import org.closedloop.benchmark.BenchmarkApp;
import org.closedloop.benchmark.OpenCases;
import org.closedloop.benchmark.Rounds;
import org.closedloop.board.Lights;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.closedloop.organisation.UnitKind;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * P3: the county's board (open by stage and light, by lead unit and by township, red and all, the ten longest overdue)
 * asked of the engine and of the product, in one JVM on one database.
 * {@code mvn -B test -Dgroups=benchmark -DexcludedGroups= -Dtest=BoardBenchmark -Dbenchmark.cases=100000,1000000}
 */
@BenchmarkApp
class BoardBenchmark {

  private static final Sight COUNTY = new Sight(true, null, List.of("140929-cc"), false);
  private static final List<String> STAGES = List.of("accept", "dispatch", "handle", "feedback", "verify", "close");
  private static final String SERVED = "product, as served (counted once in two seconds)";

  /** Up to here every way is measured in all rounds; beyond, the engine's task queries take minutes each. */
  private static final int ALL_ROUNDS = Integer.getInteger("benchmark.all-rounds-up-to", 200_000);

  @Autowired Boards boards;
  @Autowired TaskService tasks;
  @Autowired Organisation organisation;
  @Autowired JdbcClient sql;
  @Autowired DataSource database;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Clock clock;

  @Test
  void theBoardOfACounty() {
    say("PostgreSQL " + sql.sql("show server_version").query(String.class).single() + ", Java "
        + System.getProperty("java.version") + ", " + Runtime.getRuntime().availableProcessors() + " cores");
    OpenCases seed = new OpenCases(database, transactions);
    for (String cases : System.getProperty("benchmark.cases", "100000").split(",")) {
      long from = System.nanoTime();
      int there = seed.fill(Integer.parseInt(cases), clock.instant());
      tuneTheEngine(seed);
      say(there + " open cases, found or made in " + (System.nanoTime() - from) / 1_000_000_000 + " s");
      measure(there <= ALL_ROUNDS);
    }
  }

  /** @param often false: the engine's task queries answer once only, at the end, which is shown as one and no median */
  private void measure(boolean often) {
    // at the same moment: among a million, a deadline passes every other second
    Instant now = clock.instant();
    Map<String, Long> ours = numbers(boards.count(COUNTY));
    assertThat(tuned(now)).as("the tuned engine's numbers").isEqualTo(ours);
    Rounds rounds = new Rounds();
    if (often) {
      theEngineSaysTheSame();
      rounds.with("engine, task queries", 1, () -> asShipped(clock.instant()));
    }
    Map<String, Rounds.Measured> measured = rounds
        .with("engine, own SQL over its tables with indexes", 1, () -> tuned(clock.instant()))
        .with("product, counted afresh", 5, () -> boards.count(COUNTY))
        .with(SERVED, 10_000, () -> boards.now(COUNTY))
        .run(Integer.getInteger("benchmark.rounds", 7));
    say(Rounds.table(measured));
    assertThat(measured.values().iterator().next().median() / measured.get(SERVED).median()).isGreaterThan(100);
    if (!often) {
      theEngineSaysTheSame();
    }
  }

  private void theEngineSaysTheSame() {
    Instant now = clock.instant();
    Map<String, Long> ours = numbers(boards.count(COUNTY));
    long from = System.nanoTime();
    Map<String, Long> engine = asShipped(now);
    say("the engine's task queries took once " + (System.nanoTime() - from) / 1_000_000 + " ms for " + engine.size()
        + " numbers");
    assertThat(engine).as("the engine's numbers").isEqualTo(ours);
  }

  /** What all three must agree on: red and all by stage, unit and township, yellow by stage, the oldest overdue. */
  private Map<String, Long> numbers(Board board) {
    Map<String, Long> numbers = new TreeMap<>();
    for (Board.OfStage stage : board.stages()) {
      put(numbers, "stage " + stage.stage(), stage.lights());
      numbers.merge("stage " + stage.stage() + " yellow", stage.lights().yellow(), Long::sum);
      numbers.merge("stage " + stage.stage() + " grey", stage.lights().grey(), Long::sum);
    }
    board.units().stream().filter(u -> u.unit().code() != null)
        .forEach(u -> put(numbers, "unit " + u.unit().code(), u.lights()));
    board.areas().forEach(a -> put(numbers, "area " + a.area().code(), a.lights()));
    board.overdue().items().forEach(o -> numbers.put("overdue " + o.number(), 1L));
    return numbers;
  }

  private static void put(Map<String, Long> numbers, String name, Lights lights) {
    if (lights.total() > 0) {
      numbers.merge(name, lights.total(), Long::sum);
      numbers.merge(name + " red", lights.red(), Long::sum);
    }
  }

  // ---- the engine by its own interface: one count for each number

  private Map<String, Long> asShipped(Instant at) {
    Map<String, Long> numbers = new TreeMap<>();
    Date now = Date.from(at);
    for (String stage : STAGES) {
      some(numbers, "stage " + stage, query().taskDefinitionKey(stage).count(),
          query().taskDefinitionKey(stage).active().dueBefore(now).count());
      numbers.put("stage " + stage + " yellow",
          query().taskDefinitionKey(stage).active().dueAfter(now).followUpBefore(now).count());
      numbers.put("stage " + stage + " grey", query().taskDefinitionKey(stage).suspended().count());
    }
    for (UnitKind kind : List.of(UnitKind.DEPARTMENT, UnitKind.TOWNSHIP)) {
      organisation.unitsOf(kind).forEach(u -> some(numbers, "unit " + u.code(),
          query().processVariableValueEquals("leadUnit", u.code()).count(),
          query().processVariableValueEquals("leadUnit", u.code()).active().dueBefore(now).count()));
    }
    organisation.unitsOf(UnitKind.TOWNSHIP).forEach(u -> some(numbers, "area " + u.area(),
        query().processVariableValueLike("area", u.area() + "%").count(),
        query().processVariableValueLike("area", u.area() + "%").active().dueBefore(now).count()));
    query().active().dueBefore(now).orderByDueDate().asc().listPage(0, 10).forEach(t -> numbers.put("overdue "
        + sql.sql("select business_key_ from act_ru_execution where id_ = ?").param(t.getProcessInstanceId())
            .query(String.class).single(), 1L));
    return numbers;
  }

  private TaskQuery query() {
    return tasks.createTaskQuery().processDefinitionKey("case-handling");
  }

  private static void some(Map<String, Long> numbers, String name, long all, long red) {
    if (all > 0) {
      numbers.put(name, all);
      numbers.put(name + " red", red);
    }
  }

  // ---- the engine at its best: its tables, few statements, indexes made for them

  private static void tuneTheEngine(OpenCases seed) {
    seed.maintain("create index if not exists bm_task on act_ru_task (task_def_key_, suspension_state_, due_date_, "
        + "follow_up_date_)");
    seed.maintain("create index if not exists bm_variable on act_ru_variable (name_, proc_inst_id_) include (text_)");
    seed.maintain("create index if not exists bm_instance on act_ru_task (proc_inst_id_) include (suspension_state_, "
        + "due_date_)");
    seed.maintain("create index if not exists bm_due on act_ru_task (due_date_) where suspension_state_ = 1");
    seed.maintain("vacuum analyze act_ru_task");
    seed.maintain("vacuum analyze act_ru_variable");
  }

  private Map<String, Long> tuned(Instant at) {
    Map<String, Long> numbers = new TreeMap<>();
    java.time.LocalDateTime now = at.atZone(TimeZone.getDefault().toZoneId()).toLocalDateTime();
    sql.sql("""
        select task_def_key_, count(*), count(*) filter (where suspension_state_ = 1 and due_date_ < :now),
               count(*) filter (where suspension_state_ = 1 and due_date_ >= :now and follow_up_date_ <= :now),
               count(*) filter (where suspension_state_ = 2)
        from act_ru_task group by 1
        """).param("now", now).query((row, i) -> {
          String stage = "stage " + row.getString(1);
          some(numbers, stage, row.getLong(2), row.getLong(3));
          numbers.put(stage + " yellow", row.getLong(4));
          return numbers.put(stage + " grey", row.getLong(5));
        }).list();
    for (Map.Entry<String, String> by : Map.of("unit ", "v.text_", "area ", "left(v.text_, 9)").entrySet()) {
      sql.sql("select " + by.getValue() + """
          , count(*), count(*) filter (where t.suspension_state_ = 1 and t.due_date_ < :now)
          from act_ru_variable v join act_ru_task t on t.proc_inst_id_ = v.proc_inst_id_
          where v.name_ = :name group by 1
          """).param("now", now).param("name", by.getKey().equals("unit ") ? "leadUnit" : "area")
          .query((row, i) -> {
            some(numbers, by.getKey() + row.getString(1), row.getLong(2), row.getLong(3));
            return 0;
          }).list();
    }
    sql.sql("""
        select e.business_key_ from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_
        where t.suspension_state_ = 1 and t.due_date_ < :now order by t.due_date_ limit 10
        """).param("now", now).query(String.class).list().forEach(number -> numbers.put("overdue " + number, 1L));
    return numbers;
  }

  private static void say(String text) {
    System.out.println(text);
  }
}

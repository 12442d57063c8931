package org.closedloop.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.context.Context;

/**
 * Deadlines as timers of a second engine: each an instance of its own that waits for its time and then writes, in the
 * transaction of its job, the alert and the message, both by one statement and without looking anything up, which a real
 * model would have to. The tables are copies of the product's with all indexes; no stream is told and no ladder opened.
 */
final class EngineTimers implements Deadlines, AutoCloseable {

  private static final String MODEL = """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="bench">
        <process id="deadline" isExecutable="true" camunda:historyTimeToLive="P1095D">
          <startEvent id="laid"/>
          <sequenceFlow id="to_due" sourceRef="laid" targetRef="due"/>
          <intermediateCatchEvent id="due"><timerEventDefinition>
            <timeDate xsi:type="tFormalExpression">2099-01-01T00:00:00</timeDate>
          </timerEventDefinition></intermediateCatchEvent>
          <sequenceFlow id="to_raise" sourceRef="due" targetRef="raise"/>
          <serviceTask id="raise" camunda:delegateExpression="${alerting}"/>
          <sequenceFlow id="to_raised" sourceRef="raise" targetRef="raised"/>
          <endEvent id="raised"/>
        </process>
      </definitions>
      """;
  private static final String RAISE = """
      with raised as (
        insert into alert (position, level, at, case_number, process, task, name, name_en, clock_id, episode, item_id,
                           unit, due_at)
        values (nextval('alert_position'), 'overdue', ?, ?, 'case-handling', 'handle', '办理', 'Handle', ?, 0, ?, ?, ?)
        returning id, case_number, unit, due_at, at)
      insert into outbox (topic, case_number, unit, data, dedupe_key, created_at)
      select 'alert.overdue', case_number, unit,
             jsonb_build_object('task', '办理', 'taskEn', 'Handle', 'due', due_at, 'post', 'handler'), 'alert/' || id, at
        from raised""";

  /** Tables of a waiting instance, and by which column they name it. */
  private static final Map<String, String> ROWS = new LinkedHashMap<>();

  static {
    ROWS.put("act_ru_execution", "proc_inst_id_");
    ROWS.put("act_ru_job", "process_instance_id_");
    ROWS.put("act_hi_procinst", "proc_inst_id_");
    ROWS.put("act_hi_actinst", "proc_inst_id_");
    ROWS.put("act_hi_job_log", "process_instance_id_");
  }

  /** What all instances share. */
  private static final List<String> SHARED = List.of("proc_def_id_", "process_def_id_", "deployment_id_", "job_def_id_");
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final OtherEngine engine;
  private final String name;
  private final String schema;
  private final List<String> units;

  /** Makes what is missing, up to so many waiting timers. */
  EngineTimers(DataSource product, boolean tuned, int timers) throws SQLException {
    this.name = tuned ? "tuned timers" : "timers as shipped";
    this.schema = tuned ? "timers" : "stock_timers";
    this.engine = OtherEngine.open(product, schema, tuned, Map.of("alerting", (JavaDelegate) this::raise));
    engine.engine().getRepositoryService().createDeployment().name("deadline").addString("deadline.bpmn", MODEL)
        .enableDuplicateFiltering(true).deploy();
    this.units = engine.sql().sql("select code from public.unit where kind in ('department', 'township') order by code")
        .query(String.class).list();
    try (Connection connection = engine.database().getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("drop table if exists alert, outbox");
      statement.execute("create table alert (like public.alert including all)");
      statement.execute("create table outbox (like public.outbox including all)");
      statement.execute("create sequence if not exists alert_position");
    }
    fill(timers - (int) ahead());
  }

  String settings() {
    return engine.settings();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String schema() {
    return schema;
  }

  @Override
  public long ahead() {
    return engine.sql().sql("select count(*) from act_ru_job where handler_type_ like 'timer%'").query(Long.class).single();
  }

  /** One instance is made by the engine; its rows are the pattern of all others. */
  private void fill(int more) throws SQLException {
    if (more <= 0) {
      return;
    }
    int first = engine.sql().sql("select coalesce(max(business_key_::int), -1) + 1 from act_hi_procinst "
        + "where business_key_ ~ '^[0-9]+$'").query(Integer.class).single();
    RuntimeService runtime = engine.engine().getRuntimeService();
    String pattern = runtime.startProcessInstanceByKey("deadline", "pattern").getId();
    try (Connection connection = engine.database().getConnection(); Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local synchronous_commit = off");
      for (String insert : copies(pattern)) {
        statement.execute(insert + " from generate_series(%d, %d) i".formatted(first, first + more - 1));
      }
      connection.commit();
      connection.setAutoCommit(true);
      for (String table : ROWS.keySet()) {
        statement.execute("vacuum analyze " + table);
      }
    } finally {
      runtime.deleteProcessInstance(pattern, "was the pattern");
    }
  }

  /** For each row of that instance a statement that inserts the like of it, ids followed by the number {@code i}. */
  private List<String> copies(String pattern) {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    ROWS.forEach((table, column) -> engine.sql().sql("""
        select t.id_, key, quote_nullable(value) from %s t, jsonb_each_text(to_jsonb(t)) where t.%s = ? order by t.id_
        """.formatted(table, column)).param(pattern).query(row -> {
          rows.computeIfAbsent(table + " " + row.getString(1), k -> new LinkedHashMap<>())
              .put(row.getString(2), row.getString(3));
        }));
    Set<String> ids = new TreeSet<>();
    rows.values().forEach(row -> row.forEach((column, value) -> {
      if (!SHARED.contains(column)) {
        ID.matcher(value).results().forEach(id -> ids.add(id.group()));
      }
    }));
    List<String> inserts = new ArrayList<>();
    rows.forEach((key, row) -> {
      List<String> values = new ArrayList<>();
      row.forEach((column, value) -> values.add(column.equals("duedate_")
          ? "timestamp '2099-01-01' + i * interval '1 second'" : ofItsOwn(value, ids)));
      inserts.add("insert into %s (%s) select %s".formatted(key.split(" ")[0], String.join(", ", row.keySet()),
          String.join(", ", values)));
    });
    return inserts;
  }

  private static String ofItsOwn(String value, Set<String> ids) {
    if (value.equals("'pattern'")) {
      return "i::text";
    }
    String own = value;
    int place = 0;
    for (String id : ids) {
      own = own.replace(id, "' || i || '-" + place++);
    }
    return own;
  }

  private void raise(DelegateExecution execution) throws SQLException {
    String n = execution.getProcessBusinessKey();
    String number = "9920260101-" + n;
    String unit = units.get(Integer.parseInt(n) % units.size());
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    try (PreparedStatement insert = Context.getCommandContext().getDbSqlSession().getSqlSession().getConnection()
        .prepareStatement(RAISE)) {
      insert.setObject(1, now);
      insert.setString(2, number);
      insert.setLong(3, Long.parseLong(n));
      insert.setString(4, "seed-" + n);
      insert.setString(5, unit);
      insert.setObject(6, now);
      insert.executeUpdate();
    }
  }

  /** The soonest, so what a stopped run left behind comes first. The engine keeps times without a zone, in the JVM's. */
  @Override
  public int fallDue(int many, Instant from) {
    return engine.sql().sql("""
        update act_ru_job j
           set duedate_ = (cast(:from as timestamptz) + s.n * (interval '1 second' / :many)) at time zone :zone,
               lock_owner_ = null, lock_exp_time_ = null, retries_ = 3
          from (select id_, row_number() over (order by duedate_) - 1 as n from act_ru_job order by duedate_ limit :many) s
         where j.id_ = s.id_""")
        .param("from", from.atOffset(ZoneOffset.UTC)).param("many", many).param("zone", TimeZone.getDefault().getID())
        .update();
  }

  @Override
  public void begin() {
    engine.jobs().start();
  }

  @Override
  public void end() {
    engine.jobs().shutdown();
  }

  @Override
  public void close() {
    engine.close();
  }
}

package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.closedloop.LiveApp;
import org.closedloop.benchmark.OpenCases;
import org.closedloop.benchmark.OtherEngine;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseProcess;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.Words;
import org.closedloop.worklist.Actions;
import org.closedloop.worklist.WorkQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * P1 and P5 of the performance goals: completing a task, the product against the stock engine as shipped (history FULL)
 * and against the engine with the product's settings and indexes alone. One JVM, one PostgreSQL (fsync on), three
 * databases in it, rounds in turn. A completion of the product is engine, open items, clock, lights and the filed entry
 * in one transaction; of the others the engine alone.
 *
 * <p>{@code mvn -B test -Dgroups=benchmark -DexcludedGroups= -Dtest=CompletionBenchmark}, {@code -Dbench.open=} open
 * items (1,000,000), {@code -Dbench.rounds=} (7), {@code -Dbench.batch=} completions a round (200). Some ten minutes.
 */
@Tag("benchmark")
@LiveApp
class CompletionBenchmark {

  private static final int OPEN = Integer.getInteger("bench.open", 1_000_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 7);
  private static final int BATCH = Integer.getInteger("bench.batch", 200);
  private static final int THREADS = 4;
  private static final int LITTLE = 1_000;

  private static final String MODEL = """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="definitions_bench" targetNamespace="bench">
        <bpmn:process id="bench" name="Bench" isExecutable="true" camunda:historyTimeToLive="P1095D" camunda:versionTag="1">
          <bpmn:startEvent id="start_reported" name="Reported"/>
          <bpmn:userTask id="one" name="One" camunda:candidateGroups="%1$s" camunda:dueDate="%2$s">%3$s</bpmn:userTask>
          <bpmn:userTask id="two" name="Two" camunda:candidateGroups="%1$s" camunda:dueDate="%2$s">%4$s</bpmn:userTask>
          <bpmn:exclusiveGateway id="gateway_again" name="Again?" default="again"/>
          <bpmn:endEvent id="end_done" name="Done"/>
          <bpmn:sequenceFlow id="to_one" sourceRef="start_reported" targetRef="one"/>
          <bpmn:sequenceFlow id="to_two" sourceRef="one" targetRef="two"/>
          <bpmn:sequenceFlow id="from_two" sourceRef="two" targetRef="gateway_again"/>
          <bpmn:sequenceFlow id="again" sourceRef="gateway_again" targetRef="one"/>
          <bpmn:sequenceFlow id="done" sourceRef="gateway_again" targetRef="end_done">
            <bpmn:conditionExpression xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xsi:type="bpmn:tFormalExpression">${urgency == 'complex'}</bpmn:conditionExpression>
          </bpmn:sequenceFlow>
        </bpmn:process>
      </bpmn:definitions>
      """;
  private static final String DUE = """
      <bpmn:extensionElements><camunda:inputOutput>
        <camunda:inputParameter name="due">${due('%s')}</camunda:inputParameter>
      </camunda:inputOutput></bpmn:extensionElements>""";

  @Autowired private DataSource database;
  @Autowired private JdbcClient sql;
  @Autowired private RepositoryService repository;
  @Autowired private CaseRegister register;
  @Autowired private CaseProcess process;
  @Autowired private Journal journal;
  @Autowired private WorkQueue queue;
  @Autowired private Organisation organisation;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private Clock clock;

  /** One of those that are compared: makes running cases, names their open tasks, completes one. */
  private interface Contender {
    String name();

    List<String> open();

    void complete(String task);

    /** Adds {@link #OPEN} open items that nobody touches. */
    void ballast();
  }

  @Test
  void completing() throws Exception {
    Contender product = product();
    Contender stock = engine("stock", false);
    Contender tuned = engine("tuned", true);
    List<Contender> all = List.of(product, stock, tuned);
    all.forEach(c -> round(c, 50, false));

    Map<String, List<Double>> few = latencies(all);
    long begin = System.nanoTime();
    all.forEach(Contender::ballast);
    System.out.printf("%n%d open items made in %d s%n", OPEN, (System.nanoTime() - begin) / 1_000_000_000);
    all.forEach(c -> round(c, 50, false));
    Map<String, List<Double>> many = latencies(all);

    System.out.printf("%n| P1: completing one, median of %d rounds (range), ms | product | stock | tuned |%n|---|---:|---:|---:|%n",
        ROUNDS);
    line("p50 at " + LITTLE + " open items", few);
    line("p50 at " + OPEN + " open items", many);
    System.out.printf("| stock / product at %d | %.2f | | |%n", OPEN, median(many.get("stock")) / median(many.get("product")));
    System.out.printf("| product at %d / at %d | %.2f | | |%n", OPEN, LITTLE,
        median(many.get("product")) / median(few.get("product")));

    Map<String, List<Double>> rates = new LinkedHashMap<>();
    Map<String, List<Double>> wal = new LinkedHashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      for (Contender c : all) {
        List<String> tasks = c.open().subList(0, BATCH);
        long before = wal();
        long start = System.nanoTime();
        together(tasks, c);
        double seconds = (System.nanoTime() - start) / 1e9;
        rates.computeIfAbsent(c.name(), k -> new ArrayList<>()).add(BATCH / seconds);
        wal.computeIfAbsent(c.name(), k -> new ArrayList<>()).add((wal() - before) / 1024.0 / BATCH);
      }
    }
    System.out.printf("%n| P5: %d completions at a time by %d threads at %d open | product | stock | tuned |%n|---|---:|---:|---:|%n",
        BATCH, THREADS, OPEN);
    line("completions/s", rates);
    line("WAL, KiB each", wal);
    System.out.printf("| product / stock, completions | %.2f | | |%n", median(rates.get("product")) / median(rates.get("stock")));
    System.out.printf("| product / stock, WAL | %.2f | | |%n", median(wal.get("product")) / median(wal.get("stock")));
    System.out.printf("| product / tuned, completions | %.2f | | |%n", median(rates.get("product")) / median(rates.get("tuned")));
    System.out.println(sql.sql("select version()").query(String.class).single());
  }

  private Map<String, List<Double>> latencies(List<Contender> all) {
    Map<String, List<Double>> found = new LinkedHashMap<>();
    for (int i = 0; i < ROUNDS; i++) {
      all.forEach(c -> found.computeIfAbsent(c.name(), k -> new ArrayList<>()).add(round(c, 60, true)));
    }
    return found;
  }

  /** Completes so many, one after another; the median in milliseconds. */
  private static double round(Contender c, int many, boolean check) {
    List<String> tasks = c.open().subList(0, many);
    double[] took = new double[many];
    for (int i = 0; i < many; i++) {
      long start = System.nanoTime();
      c.complete(tasks.get(i));
      took[i] = (System.nanoTime() - start) / 1e6;
    }
    if (check) {
      assertThat(c.open()).as("each completion opened the next task").doesNotContainAnyElementsOf(tasks);
    }
    Arrays.sort(took);
    return took[many / 2];
  }

  private static void together(List<String> tasks, Contender c) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int from = t;
        calls.add(() -> {
          for (int i = from; i < tasks.size(); i += THREADS) {
            c.complete(tasks.get(i));
          }
          return null;
        });
      }
      for (Future<Void> f : pool.invokeAll(calls)) {
        f.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private Contender product() {
    String model = MODEL.formatted("${centre()}:dispatcher", "${due}", DUE.formatted("one"), DUE.formatted("two"));
    repository.createDeployment().name("bench").addString("bench.bpmn", model)
        .addString("bench-deadlines.dmn", deadlines()).deploy();
    Official by = organisation.official("dispatcher1").orElseThrow();
    TransactionTemplate inOne = new TransactionTemplate(transactions);
    for (int i = 0; i < 2 * BATCH; i++) {
      int number = i;
      inOne.executeWithoutResult(t -> {
        CaseFile file = register.open(new NewCase("bench", "patrol", "bench " + number, "", "0101", "140929101", null, null,
            "ordinary", Reporter.ANONYMOUS, null), by, Map.of());
        process.start(file.number(), "bench", Actions.routing(file));
      });
    }
    return new Contender() {
      @Override
      public String name() {
        return "product";
      }

      @Override
      public List<String> open() {
        return sql.sql("select item_id || ' ' || case_number from work_item where process = 'bench' "
            + "order by created_at, item_id").query(String.class).list();
      }

      @Override
      public void complete(String task) {
        String[] item = task.split(" ");
        inOne.executeWithoutResult(t -> {
          CaseFile file = register.lock(item[1]);
          journal.file(file, "answer", "one", Words.of("一", "One"), by, item[0], Map.of("text", "bench"), null);
          register.concerns(file.number(), by.unit().code(), "handling");
          queue.complete(item[0], "dispatcher1", Map.of());
        });
      }

      @Override
      public void ballast() {
        new OpenCases(database, transactions).fill(OPEN, clock.instant());
      }
    };
  }

  /** The table of case-handling, with one row's key changed. */
  private static String deadlines() {
    try {
      return Files.readString(Path.of("processes/case-handling/case-handling-deadlines.dmn"))
          .replace("case-handling", "bench").replaceFirst("<text>\"accept\"</text>", "<text>\"one\",\"two\"</text>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** @param tuned with the product's settings and indexes, else as shipped with history FULL */
  private Contender engine(String name, boolean tuned) {
    OtherEngine other = OtherEngine.open(database, name, tuned, Map.of());
    ProcessEngine engine = other.engine();
    JdbcClient client = other.sql();
    engine.getRepositoryService().createDeployment().name("bench").addString("bench.bpmn",
        MODEL.formatted("140929-cc:dispatcher", "2030-01-01T00:00:00", "", "")).deploy();
    Map<String, Object> facts = Map.of("category", "0101", "area", "140929101", "urgency", "ordinary");
    for (int i = 0; i < 2 * BATCH; i++) {
      engine.getRuntimeService().startProcessInstanceByKey("bench", "bench-" + i, facts);
    }
    return new Contender() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<String> open() {
        return client.sql("select id_ from act_ru_task where id_ not like 'x%' order by create_time_, id_")
            .query(String.class).list();
      }

      @Override
      public void complete(String task) {
        engine.getIdentityService().setAuthenticatedUserId("dispatcher1");
        engine.getTaskService().complete(task, Map.of());
        engine.getIdentityService().clearAuthentication();
      }

      @Override
      public void ballast() {
        CompletionBenchmark.ballast(other);
      }
    };
  }

  /** Open tasks that nobody touches. */
  private static void ballast(OtherEngine engine) {
    JdbcClient sql = engine.sql();
    String definition = sql.sql("select max(id_) from act_re_procdef where key_ = 'bench'").query(String.class).single();
    sql.sql("""
        insert into act_ru_execution (id_, rev_, root_proc_inst_id_, proc_inst_id_, business_key_, proc_def_id_, act_id_,
                                      is_active_, is_concurrent_, is_scope_, is_event_scope_, suspension_state_,
                                      cached_ent_state_, sequence_counter_)
        select 'x' || i, 1, 'x' || i, 'x' || i, 'x' || i, :definition, 'one', true, false, true, false, 1, 2, 1
          from generate_series(1, :open) i""").param("definition", definition).param("open", OPEN).update();
    sql.sql("""
        insert into act_ru_task (id_, rev_, execution_id_, proc_inst_id_, proc_def_id_, name_, task_def_key_, priority_,
                                 create_time_, due_date_, suspension_state_)
        select 'x' || i, 1, 'x' || i, 'x' || i, :definition, 'One', 'one', 50, now(), now() + interval '10 days', 1
          from generate_series(1, :open) i""").param("definition", definition).param("open", OPEN).update();
    sql.sql("""
        insert into act_ru_identitylink (id_, rev_, group_id_, type_, task_id_)
        select 'x' || i, 1, '140929-cc:dispatcher', 'candidate', 'x' || i from generate_series(1, :open) i""")
        .param("open", OPEN).update();
    List.of("act_ru_execution", "act_ru_task", "act_ru_identitylink").forEach(t -> sql.sql("vacuum analyze " + t).update());
  }

  private long wal() {
    return sql.sql("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint").query(Long.class).single();
  }

  private static void line(String name, Map<String, List<Double>> found) {
    System.out.printf("| %s | %s | %s | %s |%n", name, shown(found.get("product")), shown(found.get("stock")),
        shown(found.get("tuned")));
  }

  private static String shown(List<Double> values) {
    return "%.2f (%.2f–%.2f)".formatted(median(values), values.stream().min(Double::compare).orElseThrow(),
        values.stream().max(Double::compare).orElseThrow());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

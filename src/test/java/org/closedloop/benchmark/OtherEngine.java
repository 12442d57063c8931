package org.closedloop.benchmark;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.impl.util.ProductPropertiesUtil;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A second engine to compare with, in the product's database: tables in a schema of their own, a pool of its own. As
 * shipped, or tuned: with the product's settings and indexes. What a kept data folder has already is used again.
 */
public final class OtherEngine implements AutoCloseable {

  private static final List<String> SCRIPTS = List.of("engine", "history", "identity", "decision.engine",
      "decision.history", "case.engine", "case.history");
  private static final String INDEXES = """
      create index px_task_parent on act_ru_task(parent_task_id_) where parent_task_id_ is not null;
      create index px_job_due on act_ru_job(duedate_);
      create index px_job_locked on act_ru_job(process_instance_id_) where lock_owner_ is not null;
      alter table act_ru_job set (autovacuum_vacuum_scale_factor = 0.01);
      alter table act_ru_execution set (autovacuum_vacuum_scale_factor = 0.01);
      alter table act_ru_task set (autovacuum_vacuum_scale_factor = 0.01)""";

  private final HikariDataSource database;
  private final ProcessEngine engine;

  private OtherEngine(HikariDataSource database, ProcessEngine engine) {
    this.database = database;
    this.engine = engine;
  }

  /**
   * @param product the product's pool; its user may make no database, but a schema
   * @param tuned   else as shipped, with history FULL
   * @param beans   what models may call
   */
  public static OtherEngine open(DataSource product, String schema, boolean tuned, Map<Object, Object> beans) {
    HikariDataSource ours = (HikariDataSource) product;
    make(ours, schema, tuned);
    HikariDataSource own = new HikariDataSource();
    own.setPoolName(schema);
    own.setJdbcUrl(ours.getJdbcUrl());
    own.setUsername(ours.getUsername());
    own.setPassword(ours.getPassword());
    own.setSchema(schema);
    own.setMaximumPoolSize(20);
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName(schema);
    configuration.setDataSource(own);
    configuration.setDatabaseSchema(schema);
    configuration.setDatabaseTablePrefix(schema + ".");
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setIdGenerator(new StrongUuidGenerator());
    configuration.setJobExecutorActivate(false);
    configuration.setBeans(beans);
    if (tuned) {
      tune(configuration);
    }
    return new OtherEngine(own, configuration.buildProcessEngine());
  }

  /** All or nothing, by the engine's own scripts. */
  private static void make(HikariDataSource ours, String schema, boolean tuned) {
    if (JdbcClient.create(ours).sql("select exists (select from pg_namespace where nspname = ?)").param(schema)
        .query(Boolean.class).single()) {
      return;
    }
    try (Connection connection = ours.getConnection(); Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("create schema " + schema);
      statement.execute("set local search_path to " + schema);
      for (String script : SCRIPTS) {
        statement.execute(script(script));
      }
      if (tuned) {
        statement.execute(INDEXES);
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(schema, e);
    }
  }

  private static String script(String part) {
    try (var script = ProcessEngine.class.getResourceAsStream("/org/camunda/bpm/engine/db/create/activiti.postgres.create."
        + part + ".sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void tune(ProcessEngineConfigurationImpl engine) {
    engine.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
    // else the end of an instance writes the removal time into all its history
    engine.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
    engine.setCmmnEnabled(false);
    engine.setStandaloneTasksEnabled(false);
    engine.setMetricsEnabled(false);
    engine.setTaskMetricsEnabled(false);
    engine.setDbMetricsReporterActivate(false);
    engine.setJdbcBatchProcessing(true);
    engine.setJobExecutorAcquireByDueDate(true);
    engine.setEnsureJobDueDateNotNull(true);
    DefaultJobExecutor executor = new DefaultJobExecutor();
    executor.setMaxJobsPerAcquisition(50);
    executor.setCorePoolSize(8);
    executor.setMaxPoolSize(8);
    executor.setQueueSize(100);
    executor.setWaitTimeInMillis(1_000);
    executor.setMaxWait(5_000);
    executor.setLockTimeInMillis(60_000);
    executor.setBackoffTimeInMillis(50);
    executor.setMaxBackoff(400);
    engine.setJobExecutor(executor);
  }

  public ProcessEngine engine() {
    return engine;
  }

  /** In its schema. */
  public DataSource database() {
    return database;
  }

  /** In its schema. */
  public JdbcClient sql() {
    return JdbcClient.create(database);
  }

  /** Runs its timers once started. */
  public JobExecutor jobs() {
    return ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getJobExecutor();
  }

  /** What decides how fast it is, in one line. */
  public String settings() {
    ProcessEngineConfigurationImpl c = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    DefaultJobExecutor jobs = (DefaultJobExecutor) c.getJobExecutor();
    return ("Camunda %s, history %s with removal time by %s, cmmn %s, metrics %s, JDBC batching %s, acquire by due date "
        + "%s, ensure due date %s, %d jobs per acquisition, %d to %d threads, queue %d, wait %d/%d ms, backoff %d/%d ms, "
        + "indexes of ours on jobs: %s").formatted(
            ProductPropertiesUtil.getProductVersion(), c.getHistory(), c.getHistoryRemovalTimeStrategy(),
            c.isCmmnEnabled(), c.isMetricsEnabled(), c.isJdbcBatchProcessing(), c.isJobExecutorAcquireByDueDate(),
            c.isEnsureJobDueDateNotNull(), jobs.getMaxJobsPerAcquisition(), jobs.getCorePoolSize(),
            jobs.getMaxPoolSize(), jobs.getQueueSize(), jobs.getWaitTimeInMillis(), jobs.getMaxWait(),
            jobs.getBackoffTimeInMillis(), jobs.getMaxBackoff(),
            sql().sql("select count(*) from pg_indexes where schemaname = current_schema and indexname like 'px\\_job%'")
                .query(Long.class).single());
  }

  @Override
  public void close() {
    engine.close();
    database.close();
  }
}

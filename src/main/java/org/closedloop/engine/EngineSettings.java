package org.closedloop.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.closedloop.engine.check.ModelCheck;
import org.closedloop.engine.expression.HardenedExpressionManager;
import org.closedloop.engine.guard.DeployGuard;
import org.closedloop.engine.guard.NoClasses;
import org.closedloop.engine.guard.NoScripts;
import org.closedloop.engine.guard.ParseGuard;
import org.closedloop.engine.vocabulary.Vocabulary;

/**
 * Every setting of the engine that differs from its default, in the one place there is. What is set here is asserted
 * on the running engine by {@code EngineConfigurationTest}; a default that we rely on is set all the same, so that a
 * changed default cannot open a door.
 */
public final class EngineSettings extends AbstractProcessEnginePlugin {

  private final Vocabulary vocabulary;
  private final ModelCheck check;

  public EngineSettings(Vocabulary vocabulary, ModelCheck check) {
    this.vocabulary = vocabulary;
    this.check = check;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    modelsRunNoCode(engine);
    modelsAreGuarded(engine);
    nothingIsReadFromStrangers(engine);
    accessIsOurs(engine);
    history(engine);
    jobs(engine);
    database(engine);
  }

  private void modelsRunNoCode(ProcessEngineConfigurationImpl engine) {
    engine.setExpressionManager(new HardenedExpressionManager(vocabulary));
    // Under Spring null would mean "every bean of the application".
    engine.setBeans(Map.of());
    engine.setArtifactFactory(new NoClasses());
    engine.setScriptEngineResolver(new NoScripts());
    engine.setConfigureScriptEngineHostAccess(false);
    engine.setEnableScriptEngineLoadExternalResources(false);
    engine.setEnableScriptEngineNashornCompatibility(false);
    engine.setEnableFetchScriptEngineFromProcessApplication(false);
    engine.setEnableExpressionsInAdhocQueries(false);
    engine.setEnableExpressionsInStoredQueries(false);
    engine.setCmmnEnabled(false);
    engine.setStandaloneTasksEnabled(false);
    engine.setDisableStrictCamundaFormParsing(false);
  }

  private void modelsAreGuarded(ProcessEngineConfigurationImpl engine) {
    engine.setCustomPreDeployers(with(engine.getCustomPreDeployers(), new DeployGuard(check)));
    engine.setCustomPostBPMNParseListeners(with(engine.getCustomPostBPMNParseListeners(), new ParseGuard()));
    engine.setCustomSessionFactories(with(engine.getCustomSessionFactories(), ParseGuard.sessions()));
  }

  /** What a plug-in has registered stays. */
  private static <T> List<T> with(List<T> registered, T own) {
    List<T> all = registered == null ? new ArrayList<>() : new ArrayList<>(registered);
    all.add(own);
    return all;
  }

  private void nothingIsReadFromStrangers(ProcessEngineConfigurationImpl engine) {
    engine.setEnableXxeProcessing(false);
    engine.setJavaSerializationFormatEnabled(false);
    engine.setDefaultSerializationFormat("application/json");
    // No object of our own ever is a process variable, so no package of ours is opened either.
    engine.setDeserializationTypeValidationEnabled(true);
    engine.setDeserializationAllowedPackages(null);
    engine.setDeserializationAllowedClasses(null);
    engine.setQueryMaxResultsLimit(500);
  }

  private void accessIsOurs(ProcessEngineConfigurationImpl engine) {
    // Our visibility rule is the authority (flat tenants do not fit county, township, village).
    engine.setAuthorizationEnabled(false);
    engine.setAuthorizationEnabledForCustomCode(false);
    engine.setTenantCheckEnabled(true);
    engine.setRestrictUserOperationLogToAuthenticatedUsers(false);
  }

  private void history(ProcessEngineConfigurationImpl engine) {
    engine.setHistory(ProcessEngineConfiguration.HISTORY_AUDIT);
    engine.setEnforceHistoryTimeToLive(true);
    engine.setHistoryRemovalTimeStrategy(ProcessEngineConfiguration.HISTORY_REMOVAL_TIME_STRATEGY_START);
    engine.setHistoryCleanupStrategy("removalTimeBased");
    // Without a window the clean-up never runs.
    engine.setHistoryCleanupBatchWindowStartTime("01:00");
    engine.setHistoryCleanupBatchWindowEndTime("05:00");
    engine.setHistoryCleanupDegreeOfParallelism(4);
    engine.setMetricsEnabled(false);
    engine.setTaskMetricsEnabled(false);
    engine.setDbMetricsReporterActivate(false);
  }

  private void jobs(ProcessEngineConfigurationImpl engine) {
    DefaultJobExecutor executor = new DefaultJobExecutor();
    executor.setMaxJobsPerAcquisition(50);
    executor.setCorePoolSize(6);
    executor.setMaxPoolSize(8);
    executor.setQueueSize(100);
    executor.setWaitTimeInMillis(1_000);
    // The security notes say 10 s, the performance notes 5 s; the shorter one satisfies both.
    executor.setMaxWait(5_000);
    // Longer than any statement may run (20 s), so that a stalled node's transaction is gone before the lock ends.
    executor.setLockTimeInMillis(60_000);
    executor.setBackoffTimeInMillis(50);
    executor.setMaxBackoff(400);
    engine.setJobExecutor(executor);
    // JobExecution starts it when the models are in.
    engine.setJobExecutorActivate(false);
    engine.setJobExecutorDeploymentAware(false);
    engine.setJobExecutorAcquireByDueDate(true);
    engine.setEnsureJobDueDateNotNull(true);
    engine.setDefaultNumberOfRetries(3);
    engine.setFailedJobRetryTimeCycle("PT10S,PT1M,PT10M");
    engine.setEnableReducedJobExceptionLogging(true);
    // What a command refuses goes to its caller, who answers it; failed jobs are logged by the executor.
    engine.setEnableCmdExceptionLogging(false);
  }

  private void database(ProcessEngineConfigurationImpl engine) {
    engine.setDatabaseType("postgres");
    // The tables are Flyway's (V1__engine.sql); the engine only looks whether they are the ones it knows.
    engine.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_FALSE);
    engine.setIdGenerator(new StrongUuidGenerator());
    engine.setJdbcBatchProcessing(true);
    engine.setSkipIsolationLevelCheck(false);
    engine.setDeploymentLockUsed(true);
    engine.setDeploymentSynchronized(true);
  }
}

package org.closedloop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.bpmn.deployer.BpmnDeployer;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.closedloop.LiveApp;
import org.closedloop.engine.expression.HardenedExpressionManager;
import org.closedloop.engine.guard.DeployGuard;
import org.closedloop.engine.guard.NoClasses;
import org.closedloop.engine.guard.NoScripts;
import org.closedloop.engine.guard.ParseGuard;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Reads the values the running engine really has, not the ones somebody meant to set. */
@LiveApp
class EngineConfigurationTest {

  @Autowired ProcessEngine engine;
  private ProcessEngineConfigurationImpl effective;

  @BeforeEach
  void read() {
    effective = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
  }

  @Test
  void expressionsAreTheHardenedOnesEverywhere() {
    assertThat(effective.getExpressionManager()).isInstanceOf(HardenedExpressionManager.class);
    BpmnDeployer deployer = (BpmnDeployer) effective.getDeployers().stream()
        .filter(BpmnDeployer.class::isInstance).findFirst().orElseThrow();
    assertThat(deployer.getExpressionManager()).isSameAs(effective.getExpressionManager());
    assertThat(effective.getDmnEngineConfiguration().getElProvider())
        .isSameAs(((HardenedExpressionManager) effective.getExpressionManager()).toElProvider());
    assertThat(effective.getBeans()).isNotNull().isEmpty();
    assertThat(effective.getArtifactFactory()).isInstanceOf(NoClasses.class);
  }

  @Test
  void everyModelPassesTheWallsOfTheEngine() {
    assertThat(effective.getDeployers().get(0)).isInstanceOf(DeployGuard.class);
    assertThat(effective.getCustomPostBPMNParseListeners()).hasAtLeastOneElementOfType(ParseGuard.class);
    assertThat(effective.getCustomSessionFactories())
        .anyMatch(factory -> factory.getSessionType().getSimpleName().equals("StepCounter"));
    assertThat(effective.getProcessEnginePlugins().get(effective.getProcessEnginePlugins().size() - 1))
        .as("nothing is set after the settings").isInstanceOf(EngineSettings.class);
  }

  @Test
  void noScriptEngineCanBeHad() {
    assertThat(effective.getScriptEngineResolver()).isInstanceOf(NoScripts.class);
    for (String language : List.of("juel", "feel", "javascript", "js", "groovy", "python", "graal.js", "ruby")) {
      assertThat(effective.getScriptEngineResolver().getScriptEngine(language, false)).isNull();
      assertThatThrownBy(() -> effective.getCommandExecutorTxRequired().execute(
          context -> effective.getScriptingEngines().getScriptEngineForLanguage(language)))
          .hasMessageContaining("Can't find scripting engine for '" + language + "'");
    }
    assertThat(effective.isConfigureScriptEngineHostAccess()).isFalse();
    assertThat(effective.isEnableScriptEngineLoadExternalResources()).isFalse();
    assertThat(effective.isEnableScriptEngineNashornCompatibility()).isFalse();
    assertThat(effective.isEnableFetchScriptEngineFromProcessApplication()).isFalse();
    assertThat(effective.getResolverFactories())
        .noneMatch(factory -> factory.getClass().getName().contains("Spring"));
  }

  @Test
  void queriesRunNoExpressionsAndHaveALimit() {
    assertThat(effective.isEnableExpressionsInAdhocQueries()).isFalse();
    assertThat(effective.isEnableExpressionsInStoredQueries()).isFalse();
    assertThat(effective.getQueryMaxResultsLimit()).isEqualTo(500);
  }

  @Test
  void nothingIsDeserialised() {
    assertThat(effective.isEnableXxeProcessing()).isFalse();
    assertThat(effective.isJavaSerializationFormatEnabled()).isFalse();
    assertThat(effective.getDefaultSerializationFormat()).isEqualTo("application/json");
    assertThat(effective.isDeserializationTypeValidationEnabled()).isTrue();
    assertThat(effective.getDeserializationAllowedPackages()).isNull();
    assertThat(effective.getDeserializationAllowedClasses()).isNull();
    assertThat(effective.getDeserializationTypeValidator().validate("org.closedloop.ClosedLoop")).isFalse();
  }

  @Test
  void accessIsDecidedByTheProductAndNotByTheEngine() {
    assertThat(effective.isAuthorizationEnabled()).isFalse();
    assertThat(effective.isAuthorizationEnabledForCustomCode()).isFalse();
    assertThat(effective.isTenantCheckEnabled()).isTrue();
    assertThat(effective.isRestrictUserOperationLogToAuthenticatedUsers()).isFalse();
    assertThat(effective.getGeneralResourceWhitelistPattern()).isEqualTo("[a-zA-Z0-9]+|camunda-admin");
    assertThat(engine.getIdentityService().createUserQuery().count()).isZero();
    assertThat(engine.getIdentityService().createGroupQuery().count()).isZero();
    assertThat(engine.getFilterService().createFilterQuery().count()).isZero();
  }

  @Test
  void whatNobodyUsesIsOff() {
    assertThat(effective.isCmmnEnabled()).isFalse();
    assertThat(effective.isStandaloneTasksEnabled()).isFalse();
    assertThat(effective.isDisableStrictCamundaFormParsing()).isFalse();
    assertThat(effective.isMetricsEnabled()).isFalse();
    assertThat(effective.isTaskMetricsEnabled()).isFalse();
    assertThat(effective.isDbMetricsReporterActivate()).isFalse();
  }

  @Test
  void historyIsAuditAndIsCleanedAtNight() {
    assertThat(effective.getHistoryLevel().getName()).isEqualTo("audit");
    assertThat(effective.isEnforceHistoryTimeToLive()).isTrue();
    assertThat(effective.getHistoryRemovalTimeStrategy()).isEqualTo("start");
    assertThat(effective.getHistoryCleanupStrategy()).isEqualTo("removalTimeBased");
    assertThat(effective.getHistoryCleanupBatchWindowStartTime()).startsWith("01:00");
    assertThat(effective.getHistoryCleanupBatchWindowEndTime()).startsWith("05:00");
    assertThat(effective.getHistoryCleanupDegreeOfParallelism()).isEqualTo(4);
  }

  @Test
  void jobsAreAcquiredSoonAndRetriedLater() throws Exception {
    assertThat(effective.getJobExecutor()).isInstanceOf(DefaultJobExecutor.class);
    DefaultJobExecutor executor = (DefaultJobExecutor) effective.getJobExecutor();
    assertThat(executor.getMaxJobsPerAcquisition()).isEqualTo(50);
    assertThat(number(executor, "corePoolSize")).isEqualTo(6);
    assertThat(number(executor, "maxPoolSize")).isEqualTo(8);
    assertThat(number(executor, "queueSize")).isEqualTo(100);
    assertThat(executor.getWaitTimeInMillis()).isEqualTo(1_000);
    assertThat(executor.getMaxWait()).isEqualTo(5_000);
    assertThat(executor.getLockTimeInMillis()).isEqualTo(60_000);
    assertThat(executor.getBackoffTimeInMillis()).isEqualTo(50);
    assertThat(executor.getMaxBackoff()).isEqualTo(400);
    assertThat(executor.isAutoActivate()).isFalse();
    assertThat(effective.isJobExecutorDeploymentAware()).isFalse();
    assertThat(effective.isJobExecutorAcquireByDueDate()).isTrue();
    assertThat(effective.isEnsureJobDueDateNotNull()).isTrue();
    assertThat(effective.getDefaultNumberOfRetries()).isEqualTo(3);
    assertThat(effective.getFailedJobRetryTimeCycle()).isEqualTo("PT10S,PT1M,PT10M");
  }

  @Test
  void theDatabaseIsPostgresWithReadCommittedAndBatches() {
    assertThat(effective.getDatabaseType()).isEqualTo("postgres");
    assertThat(effective.getDatabaseSchemaUpdate()).isEqualTo("false");
    assertThat(effective.isJdbcBatchProcessing()).isTrue();
    assertThat(effective.getSkipIsolationLevelCheck()).isFalse();
    assertThat(effective.getIdGenerator()).isInstanceOf(StrongUuidGenerator.class);
    assertThat(effective.isDeploymentLockUsed()).isTrue();
    assertThat(effective.isDeploymentSynchronized()).isTrue();
    assertThat(effective.isTransactionsExternallyManaged()).isTrue();
  }

  @Test
  void theEnginesOwnDoorsAreNotOnTheClassPath() {
    for (String absent : List.of("org.camunda.bpm.engine.rest.TaskRestService",
        "org.camunda.bpm.engine.rest.impl.CamundaRestResources", "org.camunda.bpm.webapp.impl.WebappLogger",
        "org.camunda.bpm.admin.impl.web.SetupResource", "org.camunda.connect.Connectors",
        "org.camunda.spin.Spin", "org.camunda.bpm.spring.boot.starter.CamundaBpmAutoConfiguration",
        "groovy.lang.GroovyShell", "org.graalvm.polyglot.Context", "org.python.util.PythonInterpreter",
        "freemarker.template.Template")) {
      assertThatThrownBy(() -> Class.forName(absent, false, getClass().getClassLoader()))
          .as(absent).isInstanceOf(ClassNotFoundException.class);
    }
  }

  private static int number(Object from, String field) throws ReflectiveOperationException {
    Field declared = from.getClass().getDeclaredField(field);
    declared.setAccessible(true);
    return declared.getInt(from);
  }
}

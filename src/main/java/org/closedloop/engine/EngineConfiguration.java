package org.closedloop.engine;

import java.util.ArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.closedloop.engine.check.ModelCheck;
import org.closedloop.engine.vocabulary.ModelDelegate;
import org.closedloop.engine.vocabulary.ModelFunction;
import org.closedloop.engine.vocabulary.ModelVariable;
import org.closedloop.engine.vocabulary.Vocabulary;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The engine as beans: its services, inside the application's own transactions. Identity, filter, case and external
 * task services are left out because nothing may use them. A feature of the engine is added as a bean of type
 * {@link ProcessEnginePlugin}; settings belong into {@link EngineSettings}.
 */
@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

  @Bean
  Vocabulary vocabulary(ObjectProvider<ModelFunction> functions, ObjectProvider<ModelDelegate> delegates,
      ObjectProvider<ModelVariable> variables) {
    return new Vocabulary(functions::stream, delegates::stream, variables::stream);
  }

  @Bean
  SpringProcessEngineConfiguration processEngineConfiguration(DataSource dataSource,
      PlatformTransactionManager transactions, Vocabulary vocabulary, ModelCheck check,
      ObjectProvider<ProcessEnginePlugin> plugins) {
    SpringProcessEngineConfiguration engine = new SpringProcessEngineConfiguration();
    engine.setDataSource(dataSource);
    engine.setTransactionManager(transactions);
    // The settings come last: no plug-in can loosen them.
    engine.setProcessEnginePlugins(plugins.orderedStream().collect(Collectors.toCollection(ArrayList::new)));
    engine.getProcessEnginePlugins().add(new EngineSettings(vocabulary, check));
    return engine;
  }

  /** Its name is known to the database package, which lets the migrations run before it. */
  @Bean
  ProcessEngineFactoryBean processEngineFactoryBean(SpringProcessEngineConfiguration configuration) {
    ProcessEngineFactoryBean factory = new ProcessEngineFactoryBean();
    factory.setProcessEngineConfiguration(configuration);
    return factory;
  }

  @Bean
  RepositoryService repositoryService(ProcessEngine engine) {
    return engine.getRepositoryService();
  }

  @Bean
  RuntimeService runtimeService(ProcessEngine engine) {
    return engine.getRuntimeService();
  }

  @Bean
  TaskService taskService(ProcessEngine engine) {
    return engine.getTaskService();
  }

  @Bean
  FormService formService(ProcessEngine engine) {
    return engine.getFormService();
  }

  @Bean
  DecisionService decisionService(ProcessEngine engine) {
    return engine.getDecisionService();
  }

  @Bean
  HistoryService historyService(ProcessEngine engine) {
    return engine.getHistoryService();
  }

  @Bean
  ManagementService managementService(ProcessEngine engine) {
    return engine.getManagementService();
  }
}

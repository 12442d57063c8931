package org.closedloop.database;

import java.util.Set;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitializationDetector;

/** The process engine finds its tables made: it is started after the migrations have run. */
class EngineAfterMigration implements DependsOnDatabaseInitializationDetector {

  private static final String ENGINE = "processEngineFactoryBean";

  @Override
  public Set<String> detect(ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBeanDefinition(ENGINE) ? Set.of(ENGINE) : Set.of();
  }
}

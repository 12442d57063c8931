package org.closedloop.engine;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.closedloop.engine.check.ModelCheck;
import org.closedloop.engine.vocabulary.ModelDelegate;
import org.closedloop.engine.vocabulary.ModelFunction;
import org.closedloop.engine.vocabulary.ModelVariable;
import org.closedloop.engine.vocabulary.Vocabulary;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The engine alone, on a real PostgreSQL with a database of its own, with the product's settings and then whatever a
 * test takes away from them. For tests of the walls; everything else uses the whole application.
 */
public final class TestEngine {

  private static final FeelConditions FEEL = new FeelConditions(Clock.systemUTC());
  private static EmbeddedPostgres postgres;
  private static int databases;

  private TestEngine() {}

  public static Vocabulary words(List<ModelFunction> functions, List<ModelDelegate> delegates,
      ModelVariable... variables) {
    return Vocabulary.of(functions, delegates, List.of(variables));
  }

  /** @param loosen what the test changes after all settings are made, e.g. removes the parse guard */
  public static ProcessEngine with(Vocabulary vocabulary, Consumer<ProcessEngineConfigurationImpl> loosen) {
    DataSource dataSource = database();
    SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
    configuration.setProcessEngineName("test" + databases);
    configuration.setDataSource(dataSource);
    configuration.setTransactionManager(new DataSourceTransactionManager(dataSource));
    new EngineSettings(vocabulary, check(vocabulary)).preInit(configuration);
    configuration.setDatabaseSchemaUpdate("true");
    loosen.accept(configuration);
    return configuration.buildProcessEngine();
  }

  public static ModelCheck check(Vocabulary vocabulary) {
    return new ModelCheck(vocabulary, FEEL);
  }

  private static synchronized DataSource database() {
    try {
      if (postgres == null) {
        postgres = EmbeddedPostgres.builder().start();
      }
      databases++;
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database engine" + databases);
      } catch (java.sql.SQLException refused) {
        throw new IllegalStateException(refused);
      }
      return postgres.getDatabase("postgres", "engine" + databases);
    } catch (IOException noDatabase) {
      throw new UncheckedIOException(noDatabase);
    }
  }
}

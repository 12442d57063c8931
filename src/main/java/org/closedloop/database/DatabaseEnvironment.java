package org.closedloop.database;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * The demo is on by default with the embedded database and off with a server of one's own: real data never meets demo
 * accounts unless somebody asks for them by name.
 */
class DatabaseEnvironment implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
    boolean embedded = environment.getProperty("closedloop.database.url", "").isBlank();
    environment.getPropertySources().addLast(new MapPropertySource("demo by default with the embedded database",
        Map.of("closedloop.demo", Boolean.toString(embedded))));
  }
}

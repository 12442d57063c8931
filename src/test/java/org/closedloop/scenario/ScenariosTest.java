package org.closedloop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.engine.FiredTimers;
import org.closedloop.worklist.form.Conditions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/**
 * Every story of every case type, played against the started application; and what the stories of a case type leave
 * untouched: a node, or a flow at which a case decides, that no story passes is a failure.
 */
@LiveApp
// An application of their own: a year passes in it, and whatever other tests left open would fall due on every day of it.
@TestPropertySource(properties = "closedloop.test=scenarios")
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosTest {

  @Autowired
  Caller caller;
  @Autowired
  Conditions conditions;
  @Autowired
  JdbcTemplate jdbc;
  @Autowired
  ApplicationContext application;

  @TestFactory
  Stream<DynamicNode> everyCaseType() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("processes"))) {
      List<Path> models = folders.filter(Files::isDirectory).filter(folder -> Files.exists(model(folder))).sorted()
          .toList();
      Set<String> all = new HashSet<>();
      Stream<DynamicNode> types = models.stream().filter(m -> !isOnlyCalled(m)).map(folder -> caseType(folder, all));
      // what is only called is passed by the stories of those that call it, so it is looked at when they are told
      return Stream.concat(types.toList().stream(), models.stream().filter(ScenariosTest::isOnlyCalled)
          .map(folder -> called(folder, all)));
    }
  }

  /** A model that no report starts has no stories of its own. */
  private static boolean isOnlyCalled(Path folder) {
    try {
      return Files.readString(model(folder)).contains("isStartableInTasklist=\"false\"")
          && !Files.exists(scenarios(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path scenarios(Path folder) {
    return folder.resolve(folder.getFileName() + ".scenarios.yaml");
  }

  private DynamicNode called(Path folder, Set<String> numbers) {
    String process = folder.getFileName().toString();
    return dynamicTest(process + ": the stories of others pass every node and every choice",
        () -> untouched(process, Diagram.read(model(folder)), numbers));
  }

  private static Path model(Path folder) {
    return folder.resolve(folder.getFileName() + ".bpmn");
  }

  private DynamicNode caseType(Path folder, Set<String> all) {
    String type = folder.getFileName().toString();
    Path file = scenarios(folder);
    if (!Files.exists(file)) {
      return dynamicTest(type, () -> assertThat(file).as("a case type has its scenarios").exists());
    }
    try {
      Diagram diagram = Diagram.read(model(folder));
      ScenarioFile scenarios = ScenarioFile.read(file);
      Set<String> numbers = new HashSet<>();
      Stream<DynamicTest> stories = scenarios.stories().stream().map(story -> dynamicTest(story.name(),
          file.toUri(), () -> {
            try {
              player(scenarios.caseType(), diagram, numbers).play(story);
            } finally {
              all.addAll(numbers);
            }
          }));
      return dynamicContainer(type, Stream.concat(stories, Stream.of(
          dynamicTest("its file is about " + type, () -> assertThat(scenarios.caseType()).isEqualTo(type)),
          dynamicTest("its stories pass every node and every choice", () -> untouched(type, diagram, numbers)))));
    } catch (IOException | RuntimeException e) {
      return dynamicTest(type, () -> {
        throw e;
      });
    }
  }

  private Player player(String type, Diagram diagram, Set<String> numbers) {
    return new Player(caller, (number, element) -> FiredTimers.fire(application, number, element),
        new FormFiller(conditions), type, diagram, numbers);
  }

  private void untouched(String process, Diagram diagram, Set<String> numbers) {
    assertThat(left(process, diagram.nodes(), "node", numbers)).as("nodes no story passes").isEmpty();
    assertThat(left(process, diagram.flows(), "flow", numbers)).as("choices no story makes").isEmpty();
  }

  private Set<String> left(String process, Set<String> all, String kind, Set<String> numbers) {
    List<String> passed = jdbc.queryForList(
        "select distinct element from passage where process = ? and kind = ? and case_number = any (?)", String.class,
        process, kind, numbers.toArray(String[]::new));
    Set<String> left = new TreeSet<>(all);
    passed.forEach(left::remove);
    return left;
  }
}

package org.closedloop.engine.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.engine.SampleUnit;
import org.closedloop.engine.check.Finding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A folder is one deployment: once, together, and never half. */
@LiveApp
class UnitDeployerTest {

  @Autowired UnitDeployer deployer;
  @Autowired ModelProblems problems;
  @Autowired RepositoryService repository;
  @Autowired Caller caller;

  @AfterEach
  void tidy() {
    for (Deployment deployment : repository.createDeploymentQuery().deploymentNameLike("trial-%").list()) {
      repository.deleteDeployment(deployment.getId(), true, true, true);
    }
    problems.all().keySet().stream().filter(unit -> unit.startsWith("trial-")).forEach(problems::solved);
  }

  @Test
  void aFolderIsDeployedAgainOnlyWhenSomethingInItChanged() {
    Map<String, byte[]> files = SampleUnit.copy("trial-once");
    assertThat(deployer.deploy("trial-once", files).changed()).isTrue();
    assertThat(deployer.deploy("trial-once", files).changed()).isFalse();
    files.put("trial-once.scenarios.yaml", "left: aside".getBytes(StandardCharsets.UTF_8));
    assertThat(deployer.deploy("trial-once", files).changed()).isFalse();

    replace(files, "accept.form", "是否受理", "受理吗");
    assertThat(deployer.deploy("trial-once", files).changed()).isTrue();
    assertThat(versions("trial-once")).containsExactly(1, 2);
    assertThat(repository.createDeploymentQuery().deploymentName("trial-once").list())
        .allSatisfy(deployment -> assertThat(repository.getDeploymentResourceNames(deployment.getId()))
            .containsExactlyInAnyOrder("trial-once.bpmn", "trial-once-deadlines.dmn", "accept.form", "handle.form",
                "feedback.form", "verify.form"));
  }

  @Test
  void goingBackToAnOlderFileIsAChangeToo() {
    Map<String, byte[]> files = SampleUnit.copy("trial-back");
    byte[] first = files.get("accept.form");
    deployer.deploy("trial-back", files);
    replace(files, "accept.form", "是否受理", "受理吗");
    deployer.deploy("trial-back", files);
    files.put("accept.form", first);
    assertThat(deployer.deploy("trial-back", files).changed()).isTrue();
    assertThat(versions("trial-back")).containsExactly(1, 2, 3);
  }

  @Test
  void nodesThatStartTogetherDeployOnce() throws Exception {
    Map<String, byte[]> files = SampleUnit.copy("trial-together");
    CyclicBarrier together = new CyclicBarrier(4);
    ExecutorService nodes = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> starts = IntStream.range(0, 4).mapToObj(node -> (Callable<Boolean>) () -> {
        together.await();
        return deployer.deploy("trial-together", files).changed();
      }).toList();
      List<Future<Boolean>> changed = nodes.invokeAll(starts);
      int times = 0;
      for (Future<Boolean> one : changed) {
        times += one.get() ? 1 : 0;
      }
      assertThat(times).isOne();
    } finally {
      nodes.shutdownNow();
    }
    assertThat(versions("trial-together")).containsExactly(1);
  }

  @Test
  void aBrokenFolderIsNamedAndTheLastGoodVersionStays() {
    Map<String, byte[]> files = SampleUnit.copy("trial-broken");
    deployer.deploy("trial-broken", files);
    replace(files, "trial-broken.bpmn", "${accepted == 'refuse'}", "${''.getClass()}");
    replace(files, "accept.form", "\"radio\"", "\"html\"");

    assertThatThrownBy(() -> deployer.deploy("trial-broken", files)).isInstanceOfSatisfying(ModelRefused.class,
        refused -> {
          assertThat(refused.status()).isEqualTo(422);
          assertThat(refused.findings()).extracting(Finding::rule).contains("L4", "F1");
          assertThat(refused.errors()).anySatisfy(error -> assertThat(error.field()).startsWith("trial-broken.bpmn:"));
        });
    assertThat(versions("trial-broken")).containsExactly(1);
    assertThat(problems.of("trial-broken")).extracting(Finding::file).contains("accept.form", "trial-broken.bpmn");

    var listed = caller.as("designer").get("/api/models").expect(200).json().get("items");
    assertThat(listed).anySatisfy(model -> {
      assertThat(model.get("key").asText()).isEqualTo("trial-broken");
      assertThat(model.get("kind").asText()).isEqualTo("bpmn");
      assertThat(model.get("unit").asText()).isEqualTo("trial-broken");
      assertThat(model.get("versions").get(0).asInt()).isOne();
      assertThat(model.get("running").asInt()).isZero();
      assertThat(model.get("problem").get(0).get("message").asText()).isNotBlank();
    });

    deployer.deploy("trial-broken", SampleUnit.copy("trial-broken"));
    assertThat(problems.of("trial-broken")).isEmpty();
  }

  @Test
  void whatOnlyTheEngineFindsIsNamedToo() {
    Map<String, byte[]> files = SampleUnit.copy("trial-engine");
    replace(files, "trial-engine.bpmn", "camunda:historyTimeToLive=\"P1095D\"", "camunda:historyTimeToLive=\"long\"");
    assertThatThrownBy(() -> deployer.deploy("trial-engine", files)).isInstanceOfSatisfying(ModelRefused.class,
        refused -> assertThat(refused.findings()).extracting(Finding::rule).containsOnly("ENGINE"));
    assertThat(versions("trial-engine")).isEmpty();
  }

  @Test
  void aFolderCannotTakeWhatBelongsToAnother() {
    deployer.deploy("trial-mine-too", SampleUnit.copy("trial-mine-too"));
    Map<String, byte[]> files = SampleUnit.copy("trial-mine");
    files.put("stolen.dmn", SampleUnit.copy("trial-mine-too").get("trial-mine-too-deadlines.dmn"));
    assertThatThrownBy(() -> deployer.deploy("trial-mine", files)).isInstanceOfSatisfying(ModelRefused.class,
        refused -> assertThat(refused.findings()).extracting(Finding::rule).contains("L9"));
  }

  @Test
  void aSavedFileIsLiveSoonAndABrokenOneLeavesTheLastGoodVersion(@TempDir Path folder) throws Exception {
    SampleUnit.write(folder, "trial-saved", SampleUnit.copy("trial-saved"));
    ModelFolder watched = new ModelFolder(deployer, folder.toString());
    watched.afterSingletonsInstantiated();
    watched.start();
    try {
      assertThat(versions("trial-saved")).containsExactly(1);
      Path form = folder.resolve("forms/trial-saved/accept.form");
      String good = Files.readString(form);

      long saved = System.nanoTime();
      Files.writeString(form, good.replace("是否受理", "受理吗"));
      await(() -> versions("trial-saved").equals(List.of(1, 2)));
      System.out.println("live after " + Duration.ofNanos(System.nanoTime() - saved).toMillis() + " ms");

      Files.writeString(form, good.substring(0, 100));
      await(() -> !problems.of("trial-saved").isEmpty());
      assertThat(problems.of("trial-saved").get(0).file()).isEqualTo("accept.form");
      assertThat(problems.of("trial-saved").get(0).line()).isPositive();
      assertThat(versions("trial-saved")).containsExactly(1, 2);

      Files.writeString(form, good);
      await(() -> problems.of("trial-saved").isEmpty());
      assertThat(versions("trial-saved")).containsExactly(1, 2, 3);

      SampleUnit.write(folder, "trial-new", SampleUnit.copy("trial-new"));
      await(() -> versions("trial-new").equals(List.of(1)));
    } finally {
      watched.stop();
    }
  }

  @Test
  void onlyDesignersAndAdministratorsSeeTheModels() {
    assertThat(caller.get("/api/models").status()).isEqualTo(401);
    assertThat(caller.as("dispatcher1").get("/api/models").status()).isEqualTo(403);
    for (String who : List.of("designer", "admin")) {
      assertThat(caller.as(who).get("/api/models").expect(200).json().get("items"))
          .anySatisfy(model -> assertThat(model.get("key").asText()).isEqualTo("case-handling"));
    }
  }

  private List<Integer> versions(String process) {
    return repository.createProcessDefinitionQuery().processDefinitionKey(process).orderByProcessDefinitionVersion()
        .asc().list().stream().map(definition -> definition.getVersion()).toList();
  }

  private static void replace(Map<String, byte[]> files, String file, String text, String replacement) {
    String before = new String(files.get(file), StandardCharsets.UTF_8);
    assertThat(before).contains(text);
    files.put(file, before.replace(text, replacement).getBytes(StandardCharsets.UTF_8));
  }

  private static void await(BooleanSupplier state) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!state.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(until);
      Thread.sleep(20);
    }
  }
}

package org.closedloop.engine.models;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.Problem;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.closedloop.engine.check.Finding;
import org.closedloop.engine.check.Finding.Level;
import org.closedloop.engine.check.ModelCheck;
import org.closedloop.engine.guard.RefusedModel;
import org.closedloop.problem.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings the models of one folder into the engine as one deployment, so that a process always finds the forms and
 * tables it was drawn with; only when something in the folder changed, and once however many nodes try.
 */
@Component
public class UnitDeployer {

  /**
   * What a deployment came to.
   *
   * @param changed  false when the engine already had exactly these files
   * @param findings warnings; errors are thrown
   */
  public record Deployed(String unit, boolean changed, List<Finding> findings) {}

  private static final Logger LOG = LoggerFactory.getLogger(UnitDeployer.class);
  private static final Words LOOK = Words.of("按提示修改后再部署。", "Mend it as described and deploy again.");

  private final RepositoryService repository;
  private final DeployedModelMapper deployed;
  private final ModelCheck check;
  private final ModelProblems problems;
  private final TransactionTemplate transaction;

  UnitDeployer(RepositoryService repository, DeployedModelMapper deployed, ModelCheck check, ModelProblems problems,
      PlatformTransactionManager transactions) {
    this.repository = repository;
    this.deployed = deployed;
    this.check = check;
    this.problems = problems;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Checks and deploys a folder.
   *
   * @param unit  the folder's name, which is the process id
   * @param files file name to content; others than {@code .bpmn .dmn .form} are left aside
   * @throws ModelRefused when something in it is wrong; nothing has changed then
   */
  public Deployed deploy(String unit, Map<String, byte[]> files) {
    Map<String, byte[]> models = new TreeMap<>(files);
    models.keySet().removeIf(name -> !name.matches(".*\\.(bpmn|dmn|form)"));
    List<Finding> findings = check(unit, models);
    if (findings.stream().anyMatch(Finding::isError)) {
      problems.found(unit, findings);
      throw new ModelRefused(unit, findings);
    }
    boolean changed;
    try {
      changed = Boolean.TRUE.equals(transaction.execute(status -> deployIfChanged(unit, models)));
    } catch (RefusedModel refused) {
      throw refused(unit, refused.findings());
    } catch (ParseException wrong) {
      throw refused(unit, findings(unit, wrong));
    } catch (ProcessEngineException wrong) {
      if (isFromDatabase(wrong)) {
        throw wrong;
      }
      throw refused(unit, List.of(new Finding("ENGINE", Level.ERROR, unit, null, null,
          Words.of("引擎不接受：" + wrong.getMessage(), "The engine refuses it: " + wrong.getMessage()), LOOK)));
    }
    problems.solved(unit);
    if (changed) {
      LOG.info("{} is deployed.", unit);
    }
    return new Deployed(unit, changed, findings);
  }

  /** What the rules find in a folder, as if it were to be deployed now. */
  public List<Finding> check(String unit, Map<String, byte[]> files) {
    return check.check(unit, files, (kind, key) -> Optional.ofNullable(deployed.ownerOf(kind, key)));
  }

  private boolean deployIfChanged(String unit, Map<String, byte[]> models) {
    deployed.lock(unit);
    String stamp = stamp(models);
    if (stamp.equals(deployed.latestStamp(unit))) {
      return false;
    }
    DeploymentBuilder deployment = repository.createDeployment().name(unit).source(stamp);
    models.forEach((name, content) ->
        deployment.addInputStream(name, new java.io.ByteArrayInputStream(content)));
    deployment.deploy();
    return true;
  }

  private static String stamp(Map<String, byte[]> models) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      models.forEach((name, content) -> {
        digest.update((name + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(content);
      });
      return "sha256:" + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException(never);
    }
  }

  private ModelRefused refused(String unit, List<Finding> findings) {
    problems.found(unit, findings);
    return new ModelRefused(unit, findings);
  }

  private static List<Finding> findings(String unit, ParseException wrong) {
    List<Finding> findings = new ArrayList<>();
    wrong.getResorceReports().forEach(report -> {
      for (Problem problem : report.getErrors()) {
        findings.add(new Finding("ENGINE", Level.ERROR, report.getResourceName(), problem.getLine(),
            problem.getMainElementId(),
            Words.of("引擎不接受：" + problem.getMessage(), "The engine refuses it: " + problem.getMessage()), LOOK));
      }
    });
    return findings.isEmpty() ? List.of(new Finding("ENGINE", Level.ERROR, unit, null, null,
        Words.of(wrong.getMessage(), wrong.getMessage()), LOOK)) : findings;
  }

  private static boolean isFromDatabase(Throwable wrong) {
    for (Throwable cause = wrong; cause != null; cause = cause.getCause()) {
      if (cause instanceof java.sql.SQLException) {
        return true;
      }
    }
    return false;
  }
}

package org.closedloop.engine.guard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.persistence.deploy.Deployer;
import org.camunda.bpm.engine.impl.persistence.entity.DeploymentEntity;
import org.closedloop.engine.check.Finding;
import org.closedloop.engine.check.ModelCheck;

/**
 * Holds every new deployment to the safety rules before the engine reads a line of it: some class names are looked
 * up, and their static code run, while a model is parsed. What is loaded again from the database has passed before,
 * and running cases must not be lost to a rule that came later; the {@link ParseGuard} looks at it all the same.
 */
public final class DeployGuard implements Deployer {

  private final ModelCheck check;

  public DeployGuard(ModelCheck check) {
    this.check = check;
  }

  @Override
  public void deploy(DeploymentEntity deployment) {
    if (!deployment.isNew()) {
      return;
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    deployment.getResources().forEach((name, resource) -> files.put(name, resource.getBytes()));
    List<Finding> refused =
        check.wall(String.valueOf(deployment.getName()), files).stream().filter(Finding::isError).toList();
    if (!refused.isEmpty()) {
      throw new RefusedModel(refused);
    }
  }
}

package org.closedloop.engine.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Deploys what the product ships when it starts and, where {@code closedloop.models} names a folder, what lies there:
 * its case types stand in for shipped ones of the same name, and a file saved there is live within two seconds. The
 * folder is looked at rather than listened to: that works on every file system, and saving a file in several steps
 * only means that it is taken one look later.
 */
@Component
class ModelFolder implements SmartInitializingSingleton, SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);
  private static final long LOOK_EVERY_MS = 200;

  private final UnitDeployer deployer;
  private final Path folder;
  private final Map<String, String> deployed = new HashMap<>();
  private Map<String, String> lastLook = new TreeMap<>();
  private volatile Thread watcher;

  ModelFolder(UnitDeployer deployer, @Value("${closedloop.models:}") String folder) {
    this.deployer = deployer;
    this.folder = folder.isBlank() ? null : Path.of(folder).toAbsolutePath().normalize();
  }

  /** Before the first request is answered. */
  @Override
  public void afterSingletonsInstantiated() {
    Map<String, Map<String, byte[]>> units = ModelFiles.packaged();
    if (folder != null) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException("closedloop.models (CLOSEDLOOP_MODELS) names no folder: " + folder);
      }
      lastLook = ModelFiles.states(folder);
      deployed.putAll(lastLook);
      units.putAll(ModelFiles.in(folder));
    }
    units.forEach(this::deploy);
  }

  @Override
  public void start() {
    if (folder != null) {
      LOG.info("Models are taken from {} as they are saved.", folder);
      watcher = new Thread(this::watch, "model-folder");
      watcher.setDaemon(true);
      watcher.start();
    }
  }

  private void watch() {
    while (watcher == Thread.currentThread()) {
      try {
        Thread.sleep(LOOK_EVERY_MS);
        look();
      } catch (InterruptedException stopped) {
        return;
      } catch (RuntimeException trouble) {
        LOG.error("The model folder could not be read and is tried again.", trouble);
      }
    }
  }

  /** Deploys what differs from what is deployed and has not moved since the last look. */
  private void look() {
    Map<String, String> now = ModelFiles.states(folder);
    Map<String, Map<String, byte[]>> units = null;
    for (Map.Entry<String, String> unit : now.entrySet()) {
      boolean settled = unit.getValue().equals(lastLook.get(unit.getKey()));
      if (settled && !unit.getValue().equals(deployed.get(unit.getKey()))) {
        units = units == null ? ModelFiles.in(folder) : units;
        deployed.put(unit.getKey(), unit.getValue());
        if (units.containsKey(unit.getKey())) {
          deploy(unit.getKey(), units.get(unit.getKey()));
        }
      }
    }
    lastLook = now;
  }

  private void deploy(String unit, Map<String, byte[]> files) {
    try {
      deployer.deploy(unit, files);
    } catch (ModelRefused refused) {
      // ModelProblems has named every finding; the last good version stays.
    } catch (RuntimeException trouble) {
      deployed.remove(unit);
      LOG.error("{} could not be deployed and is tried again.", unit, trouble);
    }
  }

  @Override
  public void stop() {
    Thread running = watcher;
    watcher = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return watcher != null;
  }
}

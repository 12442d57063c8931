package org.closedloop.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives the application under test a fresh database folder, and removes those of test runs that are over. */
public class TestDatabaseFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final Path PARENT = Path.of("target", "databases");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of("closedloop.data=" + fresh()).applyTo(context);
  }

  /** An empty folder that no other test uses. */
  public static Path fresh() {
    try {
      Files.createDirectories(PARENT);
      removeLeftOvers();
      return Files.createTempDirectory(PARENT, "live-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeLeftOvers() throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.list(PARENT)) {
      folders = all.filter(f -> Files.exists(f.resolve("lock"))).toList();
    }
    for (Path path : folders) {
      try (DataFolder folder = DataFolder.take(path)) {
        folder.stopLeftOver(folder.unfinished());
        folder.stopLeftOver(folder.database());
      } catch (DatabaseUnusable inUse) {
        continue;
      }
      DataFolder.delete(path);
    }
  }
}

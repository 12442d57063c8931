package org.closedloop.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Gives the application under test a fresh database folder, and removes those of test runs that are over. */
public class TestDatabaseFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final Path ALL = Path.of("target", "databases");
  /** Tests run in two processes side by side; neither clears away what the other has put down for a moment. */
  private static final Path OWN = ALL.resolve(String.valueOf(ProcessHandle.current().pid()));
  /** PostgreSQL is unpacked once for all tests; doing so takes as long as the rest of a start. */
  private static final Path UNPACKED = Path.of("target", "unpacked-postgres").toAbsolutePath();

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestPropertyValues.of("closedloop.data=" + fresh()).applyTo(context);
  }

  /** A folder that no other test uses, without a database. */
  public static Path fresh() {
    try {
      Files.createDirectories(OWN);
      removeLeftOvers();
      Path folder = Files.createTempDirectory(OWN, "live-");
      Files.createDirectories(UNPACKED);
      Files.createSymbolicLink(Files.createDirectory(folder.resolve("binaries")).resolve("unpacked"), UNPACKED);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void removeLeftOvers() throws IOException {
    for (Path path : within(ALL).filter(p -> p.equals(OWN) || !isRunning(p)).flatMap(TestDatabaseFolder::within)
        .filter(f -> Files.exists(f.resolve("lock"))).toList()) {
      try (DataFolder folder = DataFolder.take(path)) {
        folder.stopLeftOver(folder.unfinished());
        folder.stopLeftOver(folder.database());
      } catch (DatabaseUnusable | IOException inUse) {
        continue;
      }
      try {
        DataFolder.delete(path);
      } catch (FileSystemException | UncheckedIOException theOtherProcessRemovesIt) {
        // which is all that was wanted
      }
    }
  }

  private static boolean isRunning(Path process) {
    String name = process.getFileName().toString();
    return name.matches("[0-9]+") && ProcessHandle.of(Long.parseLong(name)).isPresent();
  }

  private static Stream<Path> within(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).toList().stream();
    } catch (IOException gone) {
      return Stream.empty();
    }
  }
}

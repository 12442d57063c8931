package org.closedloop.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.closedloop.problem.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the embedded database, held by one application at a time. The hold is a file lock, which the operating
 * system gives up with the process, so a killed application never leaves the folder locked.
 *
 * <pre>
 * lock          held while an application runs
 * password      of the database's users, readable by the owner of the folder only
 * postgres/     the database; postgres.new/ while it is being made the first time
 * binaries/     the unpacked PostgreSQL
 * postgres.log  what PostgreSQL says
 * </pre>
 */
class DataFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DataFolder.class);
  private static final Duration STOP_BOUND = Duration.ofSeconds(60);

  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /** Takes the folder, making it when it does not exist. Refuses when another application holds it. */
  static DataFolder take(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      if (!Files.exists(root)) {
        Files.createDirectories(root);
        ownerOnly(root, "rwx------");
      }
      FileChannel channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new DatabaseUnusable(
            Words.of("数据目录 " + root + " 正被另一个正在运行的程序使用。",
                "The data folder " + root + " is in use by another running application."),
            Words.of("请先停止那个程序，或用 CLOSEDLOOP_DATA 指定另一个目录，或用 DATABASE_URL 连接独立的 PostgreSQL。",
                "Stop the other one, or name another folder with CLOSEDLOOP_DATA, "
                    + "or let both share a PostgreSQL server with DATABASE_URL."));
      }
      return new DataFolder(root, channel);
    } catch (IOException e) {
      throw new DatabaseUnusable(
          Words.of("无法使用数据目录 " + root + "。", "The data folder " + root + " cannot be used: " + e + "."),
          Words.of("请检查目录的权限和剩余空间，或用 CLOSEDLOOP_DATA 指定另一个目录。",
              "Check the folder's permissions and free space, or name another one with CLOSEDLOOP_DATA."), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path database() {
    return root.resolve("postgres");
  }

  Path unfinished() {
    return root.resolve("postgres.new");
  }

  /** Where PostgreSQL is unpacked. The library opens that folder to everybody, so it lies within one that is ours. */
  Path binaries() throws IOException {
    Path own = root.resolve("binaries");
    Files.createDirectories(own);
    ownerOnly(own, "rwx------");
    return own.resolve("unpacked");
  }

  Path serverLog() {
    return root.resolve("postgres.log");
  }

  /** File with the password of the database's users; made at first use. */
  Path passwordFile() throws IOException {
    Path file = root.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path fresh = root.resolve("password.new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh);
      ownerOnly(fresh, "rw-------");
      Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      Files.move(fresh, file);
    }
    return file;
  }

  /**
   * Stops a server that a killed application left running on this folder. Safe because the folder is ours: whoever
   * started that server is gone.
   */
  void stopLeftOver(Path database) throws IOException {
    Path pidFile = database.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> server = firstLine(pidFile).flatMap(DataFolder::serverProcess);
    if (server.isPresent()) {
      log.info("A PostgreSQL left running by an application that ended abruptly is stopped first.");
      stop(server.get(), database);
    }
    // The number may by now belong to some other program, for which PostgreSQL would refuse to start.
    Files.deleteIfExists(pidFile);
  }

  /** Stops a server the fast way: clients are cut off, everything committed is on disk. Returns when it is gone. */
  static void stop(ProcessHandle server, Path database) throws IOException {
    signal(server, "-INT");
    if (!gone(server, STOP_BOUND)) {
      signal(server, "-QUIT");
      if (!gone(server, Duration.ofSeconds(10))) {
        throw new IOException("PostgreSQL (process " + server.pid() + ") in " + database + " does not stop");
      }
    }
  }

  /** The server running on that folder, if one is. */
  static Optional<ProcessHandle> serverOf(Path database) {
    return firstLine(database.resolve("postmaster.pid")).flatMap(DataFolder::serverProcess);
  }

  private static Optional<ProcessHandle> serverProcess(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid.strip())).filter(ProcessHandle::isAlive)
          .filter(p -> p.info().command().map(c -> Path.of(c).getFileName().toString().startsWith("postgres"))
              .orElse(false));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void signal(ProcessHandle process, String signal) throws IOException {
    try {
      // Java can only ask politely (SIGTERM), for which PostgreSQL waits until the last client has left.
      new ProcessBuilder(List.of("kill", signal, Long.toString(process.pid())))
          .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping PostgreSQL", e);
    }
  }

  private static boolean gone(ProcessHandle process, Duration bound) {
    try {
      process.onExit().get(bound.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    } catch (Exception e) {
      return !process.isAlive();
    }
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void ownerOnly(Path path, String permissions) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

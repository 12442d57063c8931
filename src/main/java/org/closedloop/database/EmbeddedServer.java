package org.closedloop.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.closedloop.problem.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL inside the application: real files, durable like a server of its own (fsync and synchronous commit on),
 * stopped with the application. Runs as root too: the server then sees itself as an ordinary user of a user namespace.
 */
class EmbeddedServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
  static final String NAME = "closedloop";
  private static final String SUPERUSER = "postgres";

  private final DataFolder folder;
  private final EmbeddedPostgres server;
  private final String password;

  private EmbeddedServer(DataFolder folder, EmbeddedPostgres server, String password) {
    this.folder = folder;
    this.server = server;
    this.password = password;
  }

  /**
   * Takes the folder and starts the server on it; the first time the database is made.
   *
   * @throws DatabaseUnusable when another application holds the folder or the server does not start
   */
  static EmbeddedServer start(Path path) {
    return start(path, 0);
  }

  /** As {@link #start(Path)}, on this port; 0 takes a free one. */
  static EmbeddedServer start(Path path, int port) {
    DataFolder folder = DataFolder.take(path);
    try {
      Path passwordFile = folder.passwordFile();
      String password = Files.readString(passwordFile).strip();
      folder.stopLeftOver(folder.unfinished());
      folder.stopLeftOver(folder.database());
      if (!Files.exists(folder.database())) {
        make(folder, passwordFile, password);
      }
      EmbeddedPostgres server = run(folder, folder.database(), passwordFile, password, port);
      log.info("Embedded PostgreSQL in {} listens on port {}.", folder.database(), server.getPort());
      return new EmbeddedServer(folder, server, password);
    } catch (Exception e) {
      try (folder) {
        folder.stopLeftOver(folder.unfinished());
        folder.stopLeftOver(folder.database());
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw new DatabaseUnusable(
          Words.of("内置数据库无法在 " + folder.root() + " 启动。",
              "The embedded database does not start in " + folder.root() + ": " + e.getMessage() + "."),
          Words.of("请查看 " + folder.serverLog() + "，检查剩余空间和目录权限（以 root 运行时系统须允许用户命名空间，否则请换普通用户）；"
                  + "也可以用 DATABASE_URL 连接独立的 PostgreSQL。",
              "See " + folder.serverLog() + ", check free space and permissions (root needs user namespaces; where they "
                  + "are not allowed, run as an ordinary user); or use a PostgreSQL server of your own with DATABASE_URL."), e);
    }
  }

  /** Makes the database beside its final place and moves it there whole: a start that is cut off leaves no half one. */
  private static void make(DataFolder folder, Path passwordFile, String password) throws IOException, SQLException {
    DataFolder.delete(folder.unfinished());
    EmbeddedPostgres server = run(folder, folder.unfinished(), passwordFile, password, 0);
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + NAME + " login password '" + password + "'");
      statement.execute("create database " + NAME + " owner " + NAME);
    } finally {
      stop(server, folder.unfinished());
    }
    Files.move(folder.unfinished(), folder.database(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static EmbeddedPostgres run(DataFolder folder, Path database, Path passwordFile, String password,
      int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setOverrideWorkingDirectory(folder.binaries().toFile())
        .setDataDirectory(database)
        .setPort(port)
        .setCleanDataDirectory(false)
        // The application stops the server after everything that uses it; a hook of its own would race with that.
        .setRegisterShutdownHook(false)
        .setPGStartupWait(Duration.ofMinutes(2))
        .setOutputRedirector(ProcessBuilder.Redirect.appendTo(folder.serverLog().toFile()))
        .setErrorRedirector(ProcessBuilder.Redirect.appendTo(folder.serverLog().toFile()))
        // initdb: trigrams of Chinese exist only under a locale that knows its letters.
        .setLocaleConfig("locale-provider", "icu")
        .setLocaleConfig("icu-locale", "zh-CN")
        .setLocaleConfig("locale", "C.UTF-8")
        .setLocaleConfig("encoding", "UTF8")
        .setLocaleConfig("auth", "scram-sha-256")
        .setLocaleConfig("pwfile", passwordFile.toString())
        .setConnectConfig("password", password)
        // The library starts PostgreSQL for throw-away tests (-F, no synchronous commit); this data is to be kept.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("max_connections", "100")
        .setServerConfig("unix_socket_directories", "''")
        .setServerConfig("wal_compression", "on")
        .setServerConfig("random_page_cost", "1.1")
        // What is refused may hold personal data: neither statements nor the values of a broken rule are logged.
        .setServerConfig("log_min_error_statement", "panic")
        .setServerConfig("log_error_verbosity", "terse")
        .setServerConfig("log_checkpoints", "off")
        .start();
  }

  /** How the application reaches it; closing that stops this server. */
  Server server() {
    Server address = ServerAddress.parse("jdbc:postgresql://localhost:" + port() + "/" + NAME, NAME, password);
    return new Server(address.url(), address.place(), address.user(), address.password(), this);
  }

  int port() {
    return server.getPort();
  }

  String password() {
    return password;
  }

  private static void stop(EmbeddedPostgres server, Path database) throws IOException {
    Optional<ProcessHandle> process = DataFolder.serverOf(database);
    server.close();
    // The library gives up after five seconds; a long last checkpoint may take more.
    if (process.isPresent() && process.get().isAlive()) {
      DataFolder.stop(process.get(), database);
    }
  }

  @Override
  public void close() throws IOException {
    try (folder) {
      stop(server, folder.database());
    }
    log.info("Embedded PostgreSQL stopped.");
  }
}

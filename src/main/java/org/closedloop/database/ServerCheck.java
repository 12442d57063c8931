package org.closedloop.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.closedloop.problem.Words;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server must be able to do before the product starts on it. The most treacherous fault is silent: under a C
 * locale {@code pg_trgm} makes no trigrams of Chinese, and every two texts count as the same.
 */
final class ServerCheck {

  private static final Logger log = LoggerFactory.getLogger(ServerCheck.class);
  private static final int OLDEST = 14;
  private static final String INITDB =
      "initdb --locale-provider=icu --icu-locale=zh-CN --locale=C.UTF-8 --encoding=UTF8";
  private static final Words MAKE_ANEW = Words.of(
      "请用 " + INITDB + " 初始化服务器（PostgreSQL 14 用 --locale=C.UTF-8 或 zh_CN.UTF-8 和 --encoding=UTF8），再建一个新库。",
      "Initialise the server with: " + INITDB
          + " (PostgreSQL 14: a UTF-8 locale such as zh_CN.UTF-8 with --encoding=UTF8), then create a new database.");

  private ServerCheck() {}

  /** @throws DatabaseUnusable with what to do, when the product cannot work on this server */
  static void check(Server server) {
    try (Connection connection = server.connect()) {
      String version = connection.getMetaData().getDatabaseProductVersion();
      version(connection.getMetaData().getDatabaseMajorVersion(), version);
      encoding(server, connection);
      mayMakeTables(server, connection);
      trigrams(server, connection);
      log.info("PostgreSQL {} at {} is fit for use.", version, server.place());
    } catch (SQLException e) {
      throw unusable(server, e);
    }
  }

  static void version(int major, String version) {
    if (major < OLDEST) {
      throw new DatabaseUnusable(
          Words.of("PostgreSQL " + version + " 太旧。", "PostgreSQL " + version + " is too old."),
          Words.of("请使用 PostgreSQL 14 至 17。", "Use PostgreSQL 14 to 17."));
    }
  }

  private static void encoding(Server server, Connection connection) throws SQLException {
    String encoding = text(connection, "show server_encoding");
    if (!"UTF8".equals(encoding)) {
      throw new DatabaseUnusable(
          Words.of("数据库 " + server + " 的编码是 " + encoding + "，必须是 UTF8。",
              "The database " + server + " has the encoding " + encoding + "; it must be UTF8."),
          MAKE_ANEW);
    }
  }

  private static void mayMakeTables(Server server, Connection connection) throws SQLException {
    if (!"t".equals(text(connection,
        "select coalesce(has_schema_privilege(current_schema(), 'create'), false)"))) {
      throw new DatabaseUnusable(
          Words.of("当前用户无权在数据库 " + server + " 中建表。", "The user may not make tables in the database " + server + "."),
          Words.of("请让该用户成为此库的所有者：alter database … owner to …。",
              "Make the user the owner of the database: alter database … owner to …."));
    }
  }

  private static void trigrams(Server server, Connection connection) throws SQLException {
    if (text(connection, "select name from pg_available_extensions where name = 'pg_trgm'") == null) {
      throw new DatabaseUnusable(
          Words.of("服务器 " + server + " 缺少扩展 pg_trgm。", "The server " + server + " lacks the extension pg_trgm."),
          Words.of("请安装 PostgreSQL 的附加模块（postgresql-contrib）。", "Install PostgreSQL's contrib modules."));
    }
    // Tried and taken back: the migrations make the extension for good.
    connection.setAutoCommit(false);
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("create extension if not exists pg_trgm");
      } catch (SQLException e) {
        throw new DatabaseUnusable(
            Words.of("当前用户无权在数据库 " + server + " 中建立扩展 pg_trgm。",
                "The user may not create the extension pg_trgm in the database " + server + "."),
            Words.of("请让管理员在此库执行：create extension pg_trgm。",
                "Let an administrator run in this database: create extension pg_trgm."), e);
      }
      if (!"t".equals(text(connection,
          "select cardinality(show_trgm('供暖')) > 0 and similarity('供暖', '修路') < 1"))) {
        throw new DatabaseUnusable(
            Words.of("数据库 " + server + " 的区域设置不认识汉字：pg_trgm 得不到任何三元组，检索和相似比对都会出错。",
                "The locale of the database " + server + " does not know Chinese letters: pg_trgm makes no trigrams of "
                    + "them, so search and the comparison of texts would be wrong."),
            MAKE_ANEW);
      }
    } finally {
      connection.rollback();
    }
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getString(1) : null;
    }
  }

  private static DatabaseUnusable unusable(Server server, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("28") || state.equals("08004")) {
      return new DatabaseUnusable(
          Words.of("数据库 " + server + " 拒绝登录：用户名或密码不正确。",
              "The database " + server + " refuses the log-in: " + e.getMessage() + "."),
          Words.of("请检查 DATABASE_USER 和 DATABASE_PASSWORD，以及服务器的 pg_hba.conf。",
              "Check DATABASE_USER and DATABASE_PASSWORD, and pg_hba.conf on the server."), e);
    }
    if (state.equals("3D000")) {
      return new DatabaseUnusable(
          Words.of("数据库 " + server + " 不存在。", "The database " + server + " does not exist."),
          Words.of("请先建库：create database …。", "Create it first: create database …."), e);
    }
    return new DatabaseUnusable(
        Words.of("无法连接数据库 " + server + "。", "The database " + server + " cannot be reached: " + e.getMessage()),
        Words.of("请检查 DATABASE_URL 中的主机和端口、网络，以及服务器是否已经启动。",
            "Check host and port in DATABASE_URL, the network, and whether the server is running."), e);
  }
}

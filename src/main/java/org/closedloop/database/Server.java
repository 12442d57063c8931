package org.closedloop.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where the database is and who we are there. {@code user} and {@code password} are null when the address carries them.
 * Closing it stops the embedded server, and does nothing to a server of one's own.
 *
 * @param url   JDBC address, driver parameters included; may carry a password, so it is never logged
 * @param place host and database for people, without anything secret
 */
record Server(String url, String place, String user, String password, AutoCloseable owned) implements AutoCloseable {

  /** One connection outside any pool. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("logServerErrorDetail", "false");
    return DriverManager.getConnection(url, properties);
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }

  @Override
  public String toString() {
    return place;
  }
}

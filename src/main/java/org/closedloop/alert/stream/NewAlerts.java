package org.closedloop.alert.stream;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.closedloop.casefile.live.ListChannel;
import org.closedloop.node.OwnThread;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * This node's one connection, outside the pool, on which PostgreSQL says that there are new alerts, and where lists have
 * changed. Lost, it is made again; what was missed meanwhile is read by position, so nothing depends on a single message.
 */
@Component
class NewAlerts extends OwnThread {

  private static final int QUIET_MILLIS = 10_000;
  private static final long FIRST_WAIT_MILLIS = 200;
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final Logger log = LoggerFactory.getLogger(NewAlerts.class);

  private final DataSource database;
  private final Watchers watchers;
  private volatile Connection connection;

  NewAlerts(@Qualifier("listenDataSource") DataSource database, Watchers watchers) {
    super("alert-listener");
    this.database = database;
    this.watchers = watchers;
  }

  @Override
  protected void run() {
    long wait = FIRST_WAIT_MILLIS;
    boolean lost = false;
    while (wanted()) {
      try (Connection fresh = database.getConnection()) {
        connection = fresh;
        try (Statement listen = fresh.createStatement()) {
          listen.execute("listen " + AlertChannel.NAME);
          listen.execute("listen " + ListChannel.NAME);
        }
        if (lost) {
          log.info("New alerts are heard of again.");
          lost = false;
        }
        wait = FIRST_WAIT_MILLIS;
        watchers.wake();
        listen(fresh);
      } catch (SQLException e) {
        if (!wanted()) {
          return;
        }
        if (!lost) {
          lost = true;
          log.warn("The connection on which new alerts are heard of is lost and made again (state {}); until then they "
              + "are looked for every two seconds.", e.getSQLState());
        }
        try {
          Thread.sleep(wait + ThreadLocalRandom.current().nextLong(wait));
        } catch (InterruptedException stopping) {
          return;
        }
        wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
      }
    }
  }

  private void listen(Connection fresh) throws SQLException {
    PGConnection postgres = fresh.unwrap(PGConnection.class);
    while (wanted()) {
      var heard = postgres.getNotifications(QUIET_MILLIS);
      if (heard != null && heard.length > 0) {
        for (var said : heard) {
          if (said.getName().equals(ListChannel.NAME)) {
            watchers.listsChanged(ListChannel.read(said.getParameter()));
          }
        }
        watchers.wake();
      } else if (!fresh.isValid((int) Duration.ofSeconds(3).toSeconds())) {
        throw new SQLException("no answer", "08006");
      }
    }
  }

  @Override
  public void stop() {
    super.stop();
    Connection open = connection;
    if (open != null) {
      try {
        // what it waits in cannot be interrupted otherwise
        open.abort(Runnable::run);
      } catch (SQLException e) {
        // it is gone, which is all that was wanted
      }
    }
  }
}

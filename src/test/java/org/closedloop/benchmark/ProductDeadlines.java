package org.closedloop.benchmark;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deadlines of the product: running clocks, swept by the started application, with all that follows an alert there. */
final class ProductDeadlines implements Deadlines {

  private final DataSource database;
  private final JdbcClient sql;
  private int taken;

  /**
   * Makes open cases where there are none.
   *
   * @param database connections without time limits
   */
  ProductDeadlines(DataSource database, int open, Instant now) throws SQLException {
    this.database = database;
    this.sql = JdbcClient.create(database);
    if (OpenItemsSeed.found(database)[0] == 0) {
      OpenItemsSeed.fill(database, open, now);
    }
    taken = OpenItemsSeed.found(database)[1];
  }

  @Override
  public String name() {
    return "product";
  }

  @Override
  public String schema() {
    return "public";
  }

  @Override
  public long ahead() {
    return sql.sql("select count(*) from clock_moment where level = 'overdue'").query(Long.class).single();
  }

  @Override
  public int fallDue(int many, Instant from) throws SQLException {
    int moved = OpenItemsSeed.storm(database, taken, many, from);
    taken += many;
    return moved;
  }

  @Override
  public void begin() {
    // the sweep never rests
  }

  /** Ladders that were opened and not yet started would keep the machine busy for minutes; they are ended. */
  @Override
  public void end() throws InterruptedException {
    sql.sql("update supervision set ended_at = now(), ended_why = 'finished' where started_at is null and ended_at is null")
        .update();
    AlertBenchmark.until(() -> sql.sql("select not exists (select from outbox where expanded_at is null)")
        .query(Boolean.class).single(), Duration.ofMinutes(5));
  }
}

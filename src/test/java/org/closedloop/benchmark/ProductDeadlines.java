package org.closedloop.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Deadlines of the product: running clocks, swept by the started application, with all that follows an alert there. */
final class ProductDeadlines implements Deadlines {

  private final JdbcClient sql;
  private final TransactionTemplate inOne;

  /** Makes open cases up to that many. */
  ProductDeadlines(DataSource database, PlatformTransactionManager transactions, int open, Instant now) {
    this.sql = JdbcClient.create(database);
    this.inOne = new TransactionTemplate(transactions);
    new OpenCases(database, transactions).fill(open, now);
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

  /** The soonest, warned of long ago. */
  @Override
  public int fallDue(int many, Instant from) {
    return inOne.execute(tx -> {
      sql.sql("set local statement_timeout = 0").update();
      sql.sql("""
          create temporary table storm on commit drop as
          select clock_id, row_number() over (order by at, clock_id) - 1 as n from clock_moment where level = 'overdue'
           order by at, clock_id limit %d""".formatted(many)).update();
      sql.sql("analyze storm").update();
      int moved = sql.sql("""
          update clock k
             set warn_at = cast(:from as timestamptz) - interval '12 hours',
                 due_at = cast(:from as timestamptz) + s.n * (interval '1 second' / :many)
            from storm s where k.id = s.clock_id""")
          .param("from", from.atOffset(ZoneOffset.UTC)).param("many", many).update();
      sql.sql("delete from clock_moment m using storm s where m.clock_id = s.clock_id and m.level = 'warn'").update();
      return moved;
    });
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

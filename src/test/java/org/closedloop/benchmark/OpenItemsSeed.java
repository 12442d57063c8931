package org.closedloop.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;

/**
 * Fills the product's tables with open cases for measurements: each with one open item, its running stage clock, and its
 * lead unit, spread evenly over the areas, departments and townships that there are; every third item is claimed. The
 * deadlines lie between one and thirty-one days ahead, none is warned of yet. Numbers begin with shard {@code 99}.
 * The tables of the engine and of the text search are left as they are.
 */
public final class OpenItemsSeed {

  private static final String[] STEPS = {
      "create temp table seed_area as select row_number() over (order by code) - 1 as i, code, path from area",
      """
      create temp table seed_unit as
        select row_number() over (order by u.code) - 1 as i, u.code,
               (select min(o.username) from official o join official_post p using (username)
                 where o.unit = u.code and p.post = 'handler') as handler
          from unit u where u.kind in ('department', 'township')""",
      """
      create temp table seed as
        select n, '99' || to_char(date '2026-01-01' + (n / 1000000)::int, 'YYYYMMDD') || '-'
                 || lpad((n % 1000000)::text, 6, '0') as number,
               a.code as area, a.path as area_path, u.code as unit,
               case when n % 3 = 0 then u.handler end as assignee, 'seed-' || n as item,
               now.at - interval '7 days' as opened_at, now.at + interval '1 day' + n * (interval '30 days' / {items}) as due_at
          from generate_series(0, {items} - 1) as n
         cross join (select timestamptz '{now}' as at) now
          join seed_area a on a.i = n % (select count(*) from seed_area)
          join seed_unit u on u.i = n % (select count(*) from seed_unit)""",
      "alter table case_file disable trigger user",
      """
      insert into case_file (number, process, title, description, area, area_path, urgency, channel, stage, open,
                             lead_unit, tracking_code, opened_at, warn_at, due_at)
        select number, 'case-handling', '第' || n || '件', '', area, area_path, 'ordinary', '12345', 'handle', true, unit,
               'S' || n, opened_at, due_at - interval '12 hours', due_at from seed""",
      "alter table case_file enable trigger user",
      "insert into case_unit (case_number, unit, role, since) select number, unit, 'lead', opened_at from seed",
      """
      insert into work_item (item_id, unit, post, first, assignee, claimed_at, case_number, process, instance, task, name,
                             name_en, stage, side, area, area_path, urgency, title, round, created_at, warn_at, due_at)
        select item, unit, 'handler', true, assignee, case when assignee is not null then opened_at end, number,
               'case-handling', item, 'handle', '办理', 'Handle', 'handle', false, area, area_path, 'ordinary',
               '第' || n || '件', 1, opened_at, due_at - interval '12 hours', due_at from seed""",
      """
      insert into clock (case_number, process, process_instance, key, kind, activity, item_id, unit_code, round, started_at,
                         amount, unit, warn_fraction, warn_at, due_at, original_due_at, laid_from, laid_amount, warn_before)
        select number, 'case-handling', item, 'handle', 'stage', 'handle', item, unit, 1, opened_at, 7, 'WORKING_DAYS',
               0.75, due_at - interval '12 hours', due_at, due_at, opened_at, 7, 43200 from seed""",
      "analyze case_file, case_unit, work_item, clock, clock_moment"};

  private OpenItemsSeed() {}

  /**
   * Adds that many open cases.
   *
   * @param database connections without time limits, {@code migrationDataSource}
   * @param now      the time the deadlines are ahead of
   */
  public static void fill(DataSource database, int items, Instant now) throws SQLException {
    try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("set synchronous_commit = off");
      for (String step : STEPS) {
        statement.execute(step.replace("{items}", Integer.toString(items)).replace("{now}", now.toString()));
      }
    }
    try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("vacuum (analyze) clock");
      statement.execute("vacuum (analyze) clock_moment");
      statement.execute("vacuum (analyze) work_item");
    }
  }

  /**
   * Lets clocks of seeded cases, warned of long ago, fall due within one second.
   *
   * @param first number of the first case to take; each call should take others
   * @param from  when the first of them falls due
   * @return how many clocks
   */
  public static int storm(DataSource database, int first, int many, Instant from) throws SQLException {
    try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local enable_seqscan = off");
      statement.execute("create temp table storm on commit drop as select i - %d as n, 'seed-' || i as item from generate_series(%d, %d) as i"
          .formatted(first, first, first + many - 1));
      statement.execute("analyze storm");
      try (PreparedStatement update = connection.prepareStatement("""
          update clock k
             set warn_at = ?::timestamptz - interval '12 hours',
                 due_at = ?::timestamptz + s.n * (interval '1 second' / ?)
            from storm s
           where k.item_id = s.item and k.ended_at is null""")) {
        update.setObject(1, from.atOffset(ZoneOffset.UTC));
        update.setObject(2, from.atOffset(ZoneOffset.UTC));
        update.setInt(3, many);
        int moved = update.executeUpdate();
        statement.execute("""
            delete from clock_moment m using clock k, storm s
             where k.item_id = s.item and m.clock_id = k.id and m.level = 'warn'""");
        connection.commit();
        return moved;
      }
    }
  }

  /** How many open cases were seeded, and the number of the first that no storm has taken. */
  public static int[] found(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection(); Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("""
            select count(*), coalesce(max(substr(item_id, 6)::int) filter (where m.clock_id is null), -1) + 1
              from clock left join clock_moment m on m.clock_id = clock.id and m.level = 'warn'
             where item_id like 'seed-%' and ended_at is null""")) {
      row.next();
      return new int[] {row.getInt(1), row.getInt(2)};
    }
  }
}

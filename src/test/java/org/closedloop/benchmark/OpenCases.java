package org.closedloop.benchmark;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes open cases in one go, straight in the tables: in ours, and the same in the engine's (execution, task, candidate
 * group, the variables leadUnit and area), as if each had been worked on up to its present stage. Their numbers begin
 * with {@code BM}. The clocks' own deadlines are all in 2099, so that none is swept before a benchmark says so.
 *
 * <p>Of a hundred: 3 accept, 3 dispatch, 70 handle, 8 feedback, 10 verify, 6 close; 15 overdue, 10 yellow, 2 stopped; 30
 * claimed. Over all departments and townships, and all villages.
 */
public final class OpenCases {

  private static final List<String> ENGINE = List.of("act_ru_execution", "act_ru_task", "act_ru_identitylink",
      "act_ru_variable");
  private static final List<String> OURS = List.of("case_file", "case_unit", "work_item", "open_matter", "clock",
      "clock_moment");
  private static final int BATCH = 20_000;
  private static final int MANY = 50_000;

  private final DataSource database;
  private final JdbcClient sql;
  private final TransactionTemplate batch;

  public OpenCases(DataSource database, PlatformTransactionManager transactions) {
    this.database = database;
    this.sql = JdbcClient.create(database);
    this.batch = new TransactionTemplate(transactions);
  }

  /**
   * Adds cases until there are that many made by this class; then statistics are taken.
   *
   * @return how many there are, more than asked for in a data folder that had more
   */
  public int fill(int cases, Instant now) {
    int there = sql.sql("select count(*) from case_file where number like 'BM%'").query(Integer.class).single();
    if (cases - there > MANY) {
      // kept row by row, the trigrams take longer than everything else together
      maintain("drop index if exists open_matter_title");
    }
    for (int from = there; from < cases; from += BATCH) {
      int first = from;
      int last = Math.min(from + BATCH, cases) - 1;
      batch.executeWithoutResult(tx -> add(first, last, now));
    }
    maintain("set maintenance_work_mem = '256MB'; create index if not exists open_matter_title on open_matter "
        + "using gin (title gin_trgm_ops); reset maintenance_work_mem");
    for (String table : java.util.stream.Stream.concat(ENGINE.stream(), OURS.stream()).toList()) {
      maintain("vacuum analyze " + table);
    }
    return Math.max(there, cases);
  }

  /** A statement that may take long and stands alone: indexes, vacuum. */
  public void maintain(String statement) {
    try (Connection connection = database.getConnection(); Statement s = connection.createStatement()) {
      s.execute("set statement_timeout = 0");
      s.execute(statement);
      s.execute("reset statement_timeout");
    } catch (SQLException e) {
      throw new IllegalStateException(statement, e);
    }
  }

  private void add(int first, int last, Instant now) {
    sql.sql("set local synchronous_commit = off; set local statement_timeout = 0").update();
    // the words of cases, which no benchmark here searches, take most of the time; open_matter is filled here
    sql.sql("alter table case_file disable trigger case_words_are_kept").update();
    // one row at a time; the moments are laid here
    sql.sql("alter table clock disable trigger clock_is_laid").update();
    sql.sql("""
        create temporary table made on commit drop as
        with units as (select array_agg(code order by code) as codes from unit where kind in ('department', 'township')),
        villages as (select array_agg(code order by code) as codes, array_agg(path order by code) as paths
                     from area where level = 'village'),
        categories as (select array_agg(code order by code) as codes from category where level = 3)
        select i, 'BM' || lpad(i::text, 8, '0') as number, 'bm-' || i as instance, 'bm-t-' || i as item, stage,
               case when stage in ('accept', 'dispatch') then null else lead end as lead_unit,
               case when stage in ('handle', 'feedback') then lead else '140929-cc' end as unit,
               case when stage in ('handle', 'feedback') then 'handler' when stage = 'verify' then 'verifier'
                    else 'dispatcher' end as post,
               v.codes[1 + i * 7 % cardinality(v.codes)] as area, v.paths[1 + i * 7 % cardinality(v.codes)] as area_path,
               g.codes[1 + i * 11 % cardinality(g.codes)] as category,
               111.2 + (i::bigint * 7919 % 100000) / 160000.0 as lng, 38.5 + (i::bigint * 104729 % 100000) / 220000.0 as lat,
               date_trunc('second', cast(:now as timestamptz)) + make_interval(secs => i::bigint * 7907 % 1728000 - 259200)
                 as due_at,
               date_trunc('second', cast(:now as timestamptz)) - make_interval(secs => 3600 + i::bigint * 31 % 1000000)
                 as opened_at,
               i % 50 = 7 as paused,
               case when i % 400 = 0 then 'ga.handler' when i % 10 < 3 then 'bm.' || (i % 400) end as assignee
        from (select i, case when i % 100 < 3 then 'accept' when i % 100 < 6 then 'dispatch' when i % 100 < 76 then 'handle'
                        when i % 100 < 84 then 'feedback' when i % 100 < 94 then 'verify' else 'close' end as stage,
                     u.codes[1 + i * 13 % cardinality(u.codes)] as lead
              from generate_series(cast(:first as int), cast(:last as int)) i, units u) s, villages v, categories g
        """).param("now", now.atOffset(ZoneOffset.UTC)).param("first", first).param("last", last).update();
    ours(now);
    engine();
    sql.sql("alter table case_file enable trigger case_words_are_kept").update();
    sql.sql("alter table clock enable trigger clock_is_laid").update();
  }

  private void ours(Instant now) {
    sql.sql("""
        insert into case_file (number, process, title, description, category, area, area_path, lng, lat, urgency, channel,
                               stage, open, lead_unit, tracking_code, opened_at, warn_at, due_at, paused_since)
        select number, 'case-handling', '路灯不亮 ' || i, '巷口第' || i || '盏路灯不亮，请派人修理。', category, area, area_path, lng,
               lat, 'ordinary', '12345', stage, true, lead_unit, 'BM' || i, opened_at, due_at - interval '2 days', due_at,
               case when paused then cast(:now as timestamptz) end
        from made
        """).param("now", now.atOffset(ZoneOffset.UTC)).update();
    sql.sql("insert into case_unit (case_number, unit, role, since) "
        + "select number, lead_unit, 'lead', opened_at from made where lead_unit is not null").update();
    sql.sql("insert into open_matter (case_number, title, lng, lat) select number, '路灯不亮 ' || i, lng, lat from made")
        .update();
    sql.sql("""
        insert into work_item (item_id, unit, post, first, assignee, case_number, process, instance, task, name, name_en,
                               stage, side, area, area_path, category, urgency, title, round, created_at, warn_at, due_at,
                               paused_since)
        select item, unit, post, true, assignee, number, 'case-handling', instance, stage, stage, stage, stage, false,
               area, area_path, category, 'ordinary', '路灯不亮 ' || i, 1, opened_at, due_at - interval '2 days', due_at,
               case when paused then cast(:now as timestamptz) end
        from made
        """).param("now", now.atOffset(ZoneOffset.UTC)).update();
    sql.sql("""
        with laid as (
          insert into clock (case_number, process, process_instance, key, kind, activity, item_id, unit_code, round,
                             started_at, amount, unit, warn_fraction, warn_at, due_at, original_due_at, laid_from,
                             laid_amount, warn_before, paused_since, remaining)
          select number, 'case-handling', instance, stage, 'stage', stage, item, unit, 1, opened_at, 7, 'WORKING_DAYS', 0.75,
                 ahead - interval '12 hours', ahead, ahead, opened_at, 7, 43200,
                 case when paused then cast(:now as timestamptz) end, case when paused then 1 end
            from (select *, timestamptz '2099-01-01Z' + i * interval '1 second' as ahead from made) m
          returning id, warn_at, due_at, paused_since)
        insert into clock_moment (clock_id, level, at, episode)
        select id, level, at, 0 from laid, lateral (values ('warn', warn_at), ('overdue', due_at)) v (level, at)
         where paused_since is null
        """).param("now", now.atOffset(ZoneOffset.UTC)).update();
  }

  /** The engine keeps times without a zone, in the zone of the JVM. */
  private void engine() {
    String definition = sql.sql("select id_ from act_re_procdef where key_ = 'case-handling' order by version_ desc limit 1")
        .query(String.class).single();
    String zone = TimeZone.getDefault().getID();
    sql.sql("""
        insert into act_ru_execution (id_, rev_, root_proc_inst_id_, proc_inst_id_, business_key_, proc_def_id_, act_id_,
                                      is_active_, is_concurrent_, is_scope_, is_event_scope_, suspension_state_,
                                      cached_ent_state_, sequence_counter_, proc_def_key_)
        select instance, 1, instance, instance, number, :definition, stage, true, false, true, false, 1, 0, 1,
               'case-handling' from made
        """).param("definition", definition).update();
    sql.sql("""
        insert into act_ru_task (id_, rev_, execution_id_, proc_inst_id_, proc_def_id_, name_, task_def_key_, assignee_,
                                 priority_, create_time_, due_date_, follow_up_date_, suspension_state_, task_state_)
        select item, 1, instance, instance, :definition, stage, stage, assignee, 50, opened_at at time zone :zone,
               due_at at time zone :zone, (due_at - interval '2 days') at time zone :zone,
               case when paused then 2 else 1 end, 'Created' from made
        """).param("definition", definition).param("zone", zone).update();
    sql.sql("""
        insert into act_ru_identitylink (id_, rev_, group_id_, type_, task_id_)
        select 'bm-l-' || i, 1, unit || ':' || post, 'candidate', item from made
        """).update();
    sql.sql("""
        insert into act_ru_variable (id_, rev_, type_, name_, execution_id_, proc_inst_id_, proc_def_id_, text_, var_scope_,
                                     sequence_counter_, is_concurrent_local_)
        select 'bm-u-' || i, 1, 'string', 'leadUnit', instance, instance, :definition, lead_unit, instance, 1, false
        from made where lead_unit is not null
        union all
        select 'bm-a-' || i, 1, 'string', 'area', instance, instance, :definition, area, instance, 1, false from made
        """).param("definition", definition).update();
  }
}

package org.closedloop.alert.sweep;

import java.time.Instant;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/**
 * From table {@code clock} into the tables {@code alert} and {@code outbox}, a set at a time. A clock that somebody is
 * just changing is passed over and seen by the next sweep, so nobody waits for a sweep's sake and a sweep waits for
 * nobody.
 */
@Mapper
interface SweepMapper {

  /** The kinds of clock that run against officials; the condition must be that of the two indexes. */
  String RUNNING = "ended_at is null and paused_since is null and kind in ('stage', 'side', 'check-in')";

  /**
   * At most so many at a time: small enough that whoever acts on one of these items waits for a fraction of a second. A
   * number in the statement and no parameter: planning for any number, PostgreSQL expects a tenth of the table.
   */
  int MOST = 500;

  /** What the marked clocks become. The item may be gone, claimed or free: the clock alone decides. */
  String RAISED = """
      returning k.id, k.case_number, k.process, k.key, k.item_id, k.unit_code, k.due_at,
                jsonb_array_length(k.extensions) as episode),
      held as (
        select m.*, w.name, w.name_en, coalesce(m.unit_code, w.unit) as unit, w.assignee, w.post
          from marked m
          left join work_item w on w.item_id = m.item_id and w.first
         order by m.due_at, m.id),
      raised as (
        insert into alert (position, level, at, case_number, process, task, name, name_en, clock_id, episode, item_id,
                           unit, assignee, due_at, ladder)
      """;

  /** Each new alert tells those concerned, in the same transaction; the columns are those {@code notice.Outbox} names. */
  String TOLD = """
        on conflict (clock_id, level, episode) where clock_id is not null do nothing
        returning id, level, clock_id),
      told as (
        insert into outbox (topic, case_number, unit, official, data, dedupe_key, created_at)
        select 'alert.' || r.level, h.case_number, h.unit, h.assignee,
               jsonb_strip_nulls(jsonb_build_object('task', coalesce(h.name, h.key), 'taskEn', coalesce(h.name_en, h.key),
                                                    'due', h.due_at, 'post', h.post)),
               'alert/' || r.id, #{now}
          from raised r join held h on h.id = r.clock_id
      """;

  String ONCE = """
        on conflict (dedupe_key) do nothing)
      select count(*) from marked""";

  /**
   * Whether there is anything to do: three looks at the first entry of a small index, without a lock. The earliest moment
   * is asked for, and not whether one has passed: of a condition on a time not known when the plan is made, PostgreSQL
   * expects many rows and would rather read the whole table for the first of them.
   */
  @Select("select coalesce((select min(warn_at) from clock where not warned and " + RUNNING + ") <= #{now}, false)"
      + " or coalesce((select min(due_at) from clock where not alerted and " + RUNNING + ") < #{now}, false)"
      + " or exists (select 1 from alert where position is null)")
  boolean anything(Instant now);

  /** Until the transaction ends at most one node holds it; who does not get it has nothing to do. */
  @Select("select pg_try_advisory_xact_lock(#{key})")
  boolean lead(long key);

  /**
   * From here to the end of the transaction: whoever is in the way is not waited for. Locked rows are passed over anyway;
   * this bounds what remains, below the time after which PostgreSQL would look for a deadlock and choose a victim.
   */
  @Select("select set_config('lock_timeout', '200ms', true)")
  String waitForNobody();

  /**
   * Reminders; answers how many clocks were marked. A deadline that has passed already is not announced as coming: what
   * is told then is that it has passed.
   */
  @Select(affectData = true, value = """
      with due as (
        select id from clock where not warned and\s""" + RUNNING + """
         and warn_at <= #{now} order by warn_at, id limit\s""" + MOST + """
          for update skip locked),
      marked as (
        update clock k set warned = true from due where k.id = due.id
      """ + RAISED + """
        select nextval('alert_position'), 'warn', #{now}, case_number, process, key, name, name_en, id, episode, item_id,
               unit, assignee, due_at, null
          from held
      """ + TOLD + """
         where h.due_at >= #{now}
      """ + ONCE)
  int warn(Instant now);

  /** Deadlines passed; answers how many clocks were marked. Each leaves the ladder work to take over. */
  @Select(affectData = true, value = """
      with due as (
        select id from clock where not alerted and\s""" + RUNNING + """
         and due_at < #{now} order by due_at, id limit\s""" + MOST + """
          for update skip locked),
      marked as (
        update clock k set alerted = true from due where k.id = due.id
      """ + RAISED + """
        select nextval('alert_position'), 'overdue', #{now}, case_number, process, key, name, name_en, id, episode,
               item_id, unit, assignee, due_at, 'waiting'
          from held
      """ + TOLD + ONCE)
  int overdue(Instant now);

  /** Gives what others raised its place in the stream; answers how many. */
  @Update("""
      update alert a
         set position = nextval('alert_position')
        from (select id from alert where position is null order by id limit\s""" + MOST + """
               for update skip locked) waiting
       where a.id = waiting.id""")
  int place();

  /** Tells every node, when the transaction commits, that there is something new to read. */
  @Select("select pg_notify(#{channel}, '')::text")
  String tell(String channel);
}

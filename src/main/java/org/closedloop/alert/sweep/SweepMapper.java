package org.closedloop.alert.sweep;

import java.time.Instant;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.type.ArrayTypeHandler;

/**
 * From table {@code clock_moment} into the tables {@code alert} and {@code outbox}, a set at a time. A clock that somebody
 * is just changing is passed over and seen by the next sweep, so nobody waits for a sweep's sake and a sweep waits for
 * nobody.
 */
@Mapper
interface SweepMapper {

  /**
   * At most so many at a time: small enough that whoever acts on one of these items waits for a fraction of a second. A
   * number in the statement and no parameter: planning for any number, PostgreSQL expects a tenth of the table.
   */
  int MOST = 1000;

  /**
   * Whether there is anything to do: two looks at the first entry of a small index, without a lock. The earliest moment
   * is asked for, and not whether one has passed: of a condition on a time not known when the plan is made, PostgreSQL
   * expects many rows and would rather read the whole table for the first of them.
   */
  @Select("select coalesce((select min(at) from clock_moment) < #{now}, false)"
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
   * What one batch was.
   *
   * @param taken moments that passed
   * @param late  ids of the clocks whose deadline has passed and whose alert is new
   */
  record Taken(int taken, Long[] late) {}

  /**
   * Moments that have passed, the oldest first, become alerts, and each new alert tells those concerned. The item may be
   * gone, claimed or free: the clock alone decides. A deadline that has passed already is not announced as coming: what
   * is told then is that it has passed. A level is raised once for each episode of a clock, so a moment that was laid
   * again for the same episode raises nothing. The columns of {@code outbox} are those {@code notice.Outbox} names.
   *
   * <p>Nothing is joined with what an earlier part returned: of those PostgreSQL expects one row, and compares each of a
   * thousand with each of a thousand.
   */
  @ConstructorArgs({
      @Arg(column = "taken", javaType = int.class),
      @Arg(column = "late", javaType = Long[].class, typeHandler = ArrayTypeHandler.class)})
  @Select(affectData = true, value = """
      with taken as (
        delete from clock_moment where ctid = any(array(
          select ctid from clock_moment where at < #{now} order by at, clock_id limit\s""" + MOST + """
             for update skip locked))
        returning clock_id, level, at, episode),
      raised as (
        insert into alert (position, level, at, case_number, process, task, name, name_en, clock_id, episode, item_id,
                           unit, assignee, due_at)
        select nextval('alert_position'), level, #{now}, case_number, process, key, name, name_en, clock_id, episode,
               item_id, unit, assignee, due_at
          from (select t.*, k.case_number, k.process, k.key, k.item_id, w.name, w.name_en,
                       coalesce(k.unit_code, w.unit) as unit, w.assignee,
                       case t.level when 'overdue' then t.at else k.due_at end as due_at
                  from taken t
                  join clock k on k.id = t.clock_id
                  left join work_item w on w.item_id = k.item_id and w.first
                 order by t.at, t.clock_id) held
        on conflict (clock_id, level, episode) where clock_id is not null do nothing
        returning id, level, case_number, task, name, name_en, clock_id, item_id, unit, assignee, due_at),
      told as (
        insert into outbox (topic, case_number, unit, official, data, dedupe_key, created_at)
        select 'alert.' || r.level, r.case_number, r.unit, r.assignee,
               jsonb_strip_nulls(jsonb_build_object('task', coalesce(r.name, r.task), 'taskEn', coalesce(r.name_en, r.task),
                                                    'due', r.due_at, 'post', w.post)),
               'alert/' || r.id, #{now}
          from raised r
          left join work_item w on w.item_id = r.item_id and w.first
         where r.level = 'overdue' or r.due_at >= #{now}
        on conflict (dedupe_key) do nothing)
      select (select count(*) from taken) as taken,
             array(select clock_id from raised where level = 'overdue') as late""")
  Taken take(Instant now);

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

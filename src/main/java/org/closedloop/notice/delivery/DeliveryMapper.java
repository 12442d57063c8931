package org.closedloop.notice.delivery;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/**
 * Table {@code delivery}. Two times are told apart: {@code official}, which the demo may move, for quiet hours;
 * {@code machine} for tries and leases.
 */
@Mapper
interface DeliveryMapper {

  /** A row taken for sending; {@code eventKey} null for a digest. */
  record Claimed(long id, Instant wasDue, int tries, String recipient, String eventKey, String email) {}

  /** One event of a letter. */
  record ItemRow(long letter, String topic, String caseNumber, String unit, String data, Instant at, long ofAll) {}

  /** A row as administrators see it: nothing of the case. */
  record Line(long id, String target, String recipient, String topic, String status, int tries, Instant createdAt,
      Instant nextAt, Instant doneAt, String error) {}

  /** What stands before a target. */
  record TargetState(String target, long waiting, long dead, Instant lastSentAt) {}

  @Select("""
      select target, count(*) filter (where status in ('deferred', 'collected', 'waiting')) as waiting,
             count(*) filter (where status = 'dead') as dead,
             max(done_at) filter (where status = 'sent') as last_sent_at
        from delivery group by target""")
  List<TargetState> states();

  /** What is urgent goes to the front: it is due since yesterday. */
  @Insert("""
      insert into delivery (outbox_id, recipient, target, status, open_at, next_at, created_at)
      select outbox_id, recipient, target, status, open_at,
             #{machine}::timestamptz - case when urgent then interval '1 day' else interval '0' end,
             #{official}::timestamptz
      from unnest(#{outbox,typeHandler=org.closedloop.casefile.TextArray}::bigint[],
                  #{recipients,typeHandler=org.closedloop.casefile.TextArray},
                  #{targets,typeHandler=org.closedloop.casefile.TextArray},
                  #{statuses,typeHandler=org.closedloop.casefile.TextArray},
                  #{opens,typeHandler=org.closedloop.casefile.TextArray}::timestamptz[],
                  #{urgent,typeHandler=org.closedloop.casefile.TextArray}::boolean[])
           as d (outbox_id, recipient, target, status, open_at, urgent)
      on conflict (outbox_id, target, recipient) where outbox_id is not null do nothing
      """)
  void add(List<String> outbox, List<String> recipients, List<String> targets, List<String> statuses,
      List<String> opens, List<String> urgent, Instant official, Instant machine);

  /** Quiet hours are over. */
  @Update("""
      update delivery set status = 'waiting', next_at = #{machine}
      where id in (select id from delivery where status = 'deferred' and open_at <= #{official}
                   order by open_at limit #{most} for update skip locked)
      """)
  int open(Instant official, Instant machine, int most);

  /** One digest at a time is made, or two nodes would send one person two halves. Held until the transaction ends. */
  @Select("select pg_try_advisory_xact_lock(hashtext('closedloop.digest'))")
  boolean leadDigests();

  /** A new row per person and target that carries all collected ones whose morning has come; some people at a time. */
  @Update("""
      with people as (
             select distinct recipient, target from delivery where status = 'collected' and open_at <= #{official}
             limit #{most}),
           ripe as (
             select d.id, recipient, target from delivery d join people using (recipient, target)
             where d.status = 'collected' and d.open_at <= #{official} for update of d),
           made as (
             insert into delivery (recipient, target, status, open_at, next_at, created_at)
             select recipient, target, 'waiting', #{official}::timestamptz, #{machine}::timestamptz,
                    #{official}::timestamptz
             from ripe group by recipient, target
             returning id, recipient, target)
      update delivery d set status = 'bundled', carried_by = made.id
      from ripe join made using (recipient, target) where d.id = ripe.id
      """)
  int digest(Instant official, Instant machine, int most);

  @Select(value = """
      with due as (
        select id, next_at from delivery
        where target = #{target} and status = 'waiting' and next_at <= #{machine}
        order by next_at, id limit #{most} for update skip locked)
      update delivery d set tries = d.tries + 1, next_at = #{lease}, expires_at = coalesce(d.expires_at, #{expiry})
      from due where d.id = due.id
      returning d.id, due.next_at as was_due, d.tries, d.recipient,
        (select o.dedupe_key from outbox o where o.id = d.outbox_id) as event_key,
        (select c.email from official_contact c where c.username = d.recipient) as email
      """, affectData = true)
  List<Claimed> claim(String target, Instant machine, Instant lease, Instant expiry, int most);

  /** The events of these letters, of a digest the first ones. */
  @Select("""
      select letter, topic, case_number, unit, data, at, of_all
      from (select m.letter, o.topic, o.case_number, o.unit, o.data::text as data, o.created_at as at,
                   row_number() over (partition by m.letter order by o.id) as n,
                   count(*) over (partition by m.letter) as of_all
            from (select id as letter, outbox_id from delivery
                  where id = any(#{letters,typeHandler=org.closedloop.casefile.TextArray}::bigint[])
                    and outbox_id is not null
                  union all
                  select carried_by, outbox_id from delivery
                  where carried_by = any(#{letters,typeHandler=org.closedloop.casefile.TextArray}::bigint[])) m
                 join outbox o on o.id = m.outbox_id) events
      where n <= #{most}
      order by letter, n
      """)
  List<ItemRow> items(List<String> letters, int most);

  /** Whatever else was written meanwhile: it has arrived. */
  @Update("""
      update delivery set status = 'sent', error = null, done_at = #{official} where id = #{id} and tries = #{tries}
      """)
  int sent(long id, int tries, Instant official);

  @Update("""
      update delivery set status = 'dead', error = #{error}, done_at = #{official}
      where id = #{id} and tries = #{tries} and status = 'waiting'
      """)
  int dead(long id, int tries, String error, Instant official);

  /** Another time, or dead when its day is over. Answers the new status. */
  @Select(value = """
      update delivery
      set error = #{error}, next_at = #{next},
          status = case when expires_at <= #{machine} then 'dead' else status end,
          done_at = case when expires_at <= #{machine} then #{official}::timestamptz end
      where id = #{id} and tries = #{tries} and status = 'waiting'
      returning status
      """, affectData = true)
  List<String> again(long id, int tries, String error, Instant next, Instant machine, Instant official);

  /** It was not tried after all. */
  @Update("""
      update delivery set tries = tries - 1, next_at = #{machine}
      where id = #{id} and tries = #{tries} and status = 'waiting'
      """)
  int release(long id, int tries, Instant machine);

  /** The day of those that wait behind a dead target begins. */
  @Update("""
      update delivery set expires_at = #{expiry}
      where id in (select id from delivery where target = #{target} and status = 'waiting' and expires_at is null
                   limit #{most} for update skip locked)
      """)
  int startDay(String target, Instant expiry, int most);

  /** The day of those that wait behind a dead target is over. */
  @Update("""
      update delivery set status = 'dead', error = #{error}, done_at = #{official}
      where id in (select id from delivery where target = #{target} and status = 'waiting'
                     and expires_at <= #{machine} and next_at <= #{machine} limit #{most} for update skip locked)
      """)
  int expire(String target, String error, Instant machine, Instant official, int most);

  @Select("select distinct target from delivery where status = 'waiting'")
  List<String> waitingTargets();

  @Select("""
      <script>
      select d.id, d.target, d.recipient, coalesce(o.topic, 'digest') as topic, d.status, d.tries, d.created_at,
        d.next_at, d.done_at, d.error
      from delivery d left join outbox o on o.id = d.outbox_id
      where true
      <if test="status != null"> and d.status = #{status}</if>
      <if test="before != null"> and d.id &lt; #{before}</if>
      order by d.id desc limit #{most}
      </script>
      """)
  List<Line> page(String status, Long before, int most);

  @Select("""
      select d.id, d.target, d.recipient, coalesce(o.topic, 'digest') as topic, d.status, d.tries, d.created_at,
        d.next_at, d.done_at, d.error
      from delivery d left join outbox o on o.id = d.outbox_id where d.id = #{id}
      """)
  java.util.Optional<Line> one(long id);

  /** A dead letter gets another day. */
  @Update("""
      update delivery set status = 'waiting', next_at = #{machine}, expires_at = null, done_at = null
      where id = #{id} and status = 'dead'
      """)
  int revive(long id, Instant machine);

  /** Digests whose events are forgotten. */
  @Delete("""
      delete from delivery where id in (
        select d.id from delivery d where d.outbox_id is null and d.status in ('sent', 'dead')
          and not exists (select 1 from delivery c where c.carried_by = d.id) limit #{most})
      """)
  int forgetDigests(int most);
}

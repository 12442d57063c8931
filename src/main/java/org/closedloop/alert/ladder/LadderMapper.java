package org.closedloop.alert.ladder;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code supervision}, and of the clocks and alerts what a ladder reads and marks. */
@Mapper
interface LadderMapper {

  String COLUMNS = """
      id, case_number, clock_id, episode, of_instance, of_key, cause, entry, reached, late_since, opened_by, note,
      opened_at, start_at, started_at, instance, ordered_at, ended_at, ended_why
      """;

  String CLOCK = """
      select k.id, k.key, coalesce(k.unit_code, w.unit) as unit, coalesce(w.post, 'handler') as post, w.name,
             k.due_at, jsonb_array_length(k.extensions) as episode, k.paused_since is not null as paused,
             k.ended_at is not null as ended
        from clock k
        left join work_item w on w.item_id = k.item_id and w.first
      """;

  /**
   * Ladders for deadlines that passed. What is watched already gets no second one, and what is asked for on a ladder (an
   * explanation, an instruction) gets none of its own, or lateness would breed.
   */
  @Update("""
      insert into supervision (case_number, clock_id, episode, cause, entry, reached, opened_at, start_at)
      select k.case_number, k.id, jsonb_array_length(k.extensions), 'late', 'urged', 'urged', #{now}, #{now}
        from clock k
       where k.id = any(#{clocks, typeHandler=org.apache.ibatis.type.ArrayTypeHandler})
         and not exists (select 1 from supervision s where s.instance = k.process_instance)
       order by k.due_at, k.id
      on conflict do nothing""")
  int late(@Param("clocks") Long[] clocks, @Param("now") Instant now);

  /** Null when a ladder for this clock is open already. */
  @Select(affectData = true, value = """
      insert into supervision (case_number, clock_id, episode, of_instance, of_key, cause, entry, reached, late_since,
                               opened_by, note, opened_at, start_at)
      values (#{caseNumber}, #{clockId}, #{episode}, #{ofInstance}, #{ofKey}, #{cause}, #{entry}, #{reached},
              #{lateSince}, #{openedBy}, #{note}, #{openedAt}, #{startAt})
      on conflict do nothing
      returning id""")
  Long open(Supervision.New row);

  record Waiting(long id, String caseNumber) {}

  /** Ladders to be started, oldest first, without those that just failed. */
  @Select("""
      <script>
      select id, case_number from supervision
       where started_at is null and ended_at is null and start_at &lt;= #{now}
      <if test="!without.isEmpty()">
         and id not in <foreach item="id" collection="without" open="(" separator="," close=")">#{id}</foreach>
      </if>
       order by start_at, id
       limit #{most}
      </script>""")
  List<Waiting> waiting(@Param("now") Instant now, @Param("without") Collection<Long> without,
      @Param("most") int most);

  /** Until the transaction ends, only who gets it starts this ladder; nobody waits for it. */
  @Select("select pg_try_advisory_xact_lock(#{space}, #{id})")
  boolean take(@Param("space") int space, @Param("id") int id);

  @Select("select " + COLUMNS + " from supervision where id = #{id} and started_at is null and ended_at is null")
  Supervision unstarted(long id);

  @Select("select " + COLUMNS + " from supervision where clock_id = #{clock} and ended_at is null")
  Supervision openOf(long clock);

  @Select("select " + COLUMNS + " from supervision where clock_id = #{clock} order by id desc limit 1")
  Supervision lastOf(long clock);

  @Select("select " + COLUMNS + " from supervision where id = #{id}")
  Supervision find(long id);

  @Update("update supervision set clock_id = #{clock}, episode = #{episode} where id = #{id}")
  int bind(@Param("id") long id, @Param("clock") long clock, @Param("episode") int episode);

  @Update("update supervision set start_at = #{at} where id = #{id}")
  int startLater(@Param("id") long id, @Param("at") Instant at);

  @Update("update supervision set instance = #{instance}, started_at = #{at}, late_since = #{lateSince} where id = #{id}")
  int started(@Param("id") long id, @Param("instance") String instance, @Param("lateSince") Instant lateSince,
      @Param("at") Instant at);

  @Update("""
      update supervision
         set reached = #{reached}, ordered_at = case when #{reached} = 'ordered' then #{at} else ordered_at end
       where id = #{id}""")
  int reached(@Param("id") long id, @Param("reached") String reached, @Param("at") Instant at);

  @Update("update supervision set ended_at = #{at}, ended_why = #{why} where id = #{id} and ended_at is null")
  int ended(@Param("id") long id, @Param("why") String why, @Param("at") Instant at);

  @Select(CLOCK + " where k.id = #{id}")
  LateClock clock(long id);

  /** The clock that a problem case was to be watched by: the newest of that key in that process instance. */
  @Select(CLOCK + """
       where k.case_number = #{number} and k.process_instance = #{instance} and k.key = #{key} and k.ended_at is null
       order by k.id desc limit 1""")
  LateClock next(@Param("number") String number, @Param("instance") String instance, @Param("key") String key);

  /** What an order by hand is about: the stage that runs before anything beside it, the most urgent first. */
  @Select(CLOCK + """
       where k.case_number = #{number} and k.ended_at is null and k.paused_since is null
         and k.kind in ('stage', 'check-in', 'side')
         and not exists (select 1 from supervision s where s.instance = k.process_instance)
       order by k.kind <> 'stage', k.due_at, k.id limit 1""")
  LateClock toOrder(String number);

  record Card(long id, String level, String unit) {}

  /** The newest card of the case that stands; with a unit, of that unit. */
  @Select("""
      <script>
      select id, level, unit from alert
       where case_number = #{number} and level in ('yellow-card', 'red-card') and lifted_at is null
      <if test="unit != null"> and unit = #{unit}</if>
       order by id desc limit 1
      </script>""")
  Card card(@Param("number") String number, @Param("unit") String unit);

  @Update("""
      update alert set lifted_by = #{by}, lifted_at = #{at}, lifted_note = #{note}
       where id = #{id} and lifted_at is null""")
  int lift(@Param("id") long id, @Param("by") String by, @Param("note") String note, @Param("at") Instant at);
}

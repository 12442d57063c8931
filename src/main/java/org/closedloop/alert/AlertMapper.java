package org.closedloop.alert;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Table {@code alert}, for people and for the ladder; {@code sweep} and {@code stream} have their own statements. */
@Mapper
interface AlertMapper {

  /** Newest first, what this sight shows, from below {@code before} (null: from the newest). */
  @Select("<script>select " + Alert.COLUMNS + " from " + Alert.TABLES + """
       where a.position is not null and
      """ + CaseSight.PREDICATE + """
      <if test="f.level != null"> and a.level = #{f.level}</if>
      <if test="f.unit != null"> and a.unit = #{f.unit}</if>
      <if test="f.caseNumber != null"> and a.case_number = #{f.caseNumber}</if>
      <if test="f.acknowledged != null and f.acknowledged"> and a.acknowledged_at is not null</if>
      <if test="f.acknowledged != null and !f.acknowledged"> and a.acknowledged_at is null</if>
      <if test="before != null"> and a.position &lt; #{before}</if>
       order by a.position desc
       limit #{rows}
      </script>""")
  List<Alert> list(@Param("sight") Sight sight, @Param("f") AlertFilter filter, @Param("before") Long before,
      @Param("now") Instant now, @Param("rows") int rows);

  /** Null when there is none or this sight does not show it. */
  @Select("select " + Alert.COLUMNS + " from " + Alert.TABLES + """
       where a.position is not null and a.id = #{id} and
      """ + CaseSight.PREDICATE)
  Alert find(@Param("id") long id, @Param("sight") Sight sight, @Param("now") Instant now);

  /** The first one wins: 0 when somebody was there already. */
  @Update("""
      update alert
         set acknowledged_by = #{by}, acknowledged_unit = #{unit}, acknowledged_at = #{at}, acknowledged_note = #{note}
       where id = #{id} and acknowledged_at is null""")
  int acknowledge(@Param("id") long id, @Param("by") String by, @Param("unit") String unit, @Param("at") Instant at,
      @Param("note") String note);

  /** What is told of an alert that was just raised. */
  record Raised(long id, String caseNumber, String name, String nameEn, String unit, String assignee, Instant due) {}

  /** For a clock that is open; null when this level was raised in its present episode, or the clock has ended. */
  @Select(affectData = true, value = """
      insert into alert (level, at, case_number, process, task, name, name_en, clock_id, episode, item_id, unit, assignee,
                         due_at)
      select #{level}, #{at}, k.case_number, k.process, k.key, w.name, w.name_en, k.id,
             jsonb_array_length(k.extensions), k.item_id, coalesce(k.unit_code, w.unit), w.assignee, k.due_at
        from clock k
        left join work_item w on w.item_id = k.item_id and w.first
       where k.id = #{clock} and k.ended_at is null
      on conflict (clock_id, level, episode) where clock_id is not null do nothing
      returning id, case_number, coalesce(name, task) as name, coalesce(name_en, task) as name_en, unit, assignee,
                due_at as due""")
  Raised raise(@Param("level") String level, @Param("clock") long clock, @Param("at") Instant at);

  /** For a matter without a clock; null when it was raised before. */
  @Select(affectData = true, value = """
      insert into alert (level, at, case_number, process, task, name, name_en, episode, unit, due_at)
      values (#{level}, #{at}, #{m.caseNumber}, #{m.process}, #{m.task}, #{m.name.zh}, #{m.name.en}, #{m.episode},
              #{m.unit}, #{m.due})
      on conflict (case_number, task, level, episode) where clock_id is null do nothing
      returning id, case_number, name, name_en, unit, assignee, due_at as due""")
  Raised raiseOfCase(@Param("level") String level, @Param("m") Alerts.Matter matter, @Param("at") Instant at);

  record Held(String itemId, String unit, String post, String assignee, String name, String nameEn) {}

  /** Who holds the open items of a case: the claimant where one is claimed, else every unit and post that may take it. */
  @Select("""
      select w.item_id, w.unit, w.post, w.assignee, w.name, w.name_en
        from work_item w
        left join official o on o.username = w.assignee
       where w.case_number = #{number} and (w.assignee is null or o.unit = w.unit)
       order by w.due_at, w.item_id, w.unit, w.post""")
  List<Held> holders(String number);
}

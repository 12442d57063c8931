package org.closedloop.worklist;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;

/**
 * Table {@code work_item}. The lists for one's own unit and oneself need no further condition: the item itself is the
 * permission. {@code all} carries {@link CaseSight#PREDICATE}.
 */
@Mapper
interface WorkItemMapper {

  String COLUMNS = """
      w.item_id, w.unit, w.post, w.first, w.assignee, w.claimed_at, w.case_number, w.process, w.instance, w.task,
      w.name, w.name_en, w.stage, w.side, w.area, w.category, w.urgency, w.title, w.round, w.not_by, w.created_at,
      w.warn_at, w.due_at, w.paused_since
      """;

  String SCOPE = """
      <choose>
        <when test="s.scope == 'mine'"> w.assignee = #{s.official} and w.first</when>
        <when test="s.scope == 'unit'">
          w.unit = #{s.unit}
          <if test="s.posts != null">
            and w.post = any(#{s.posts,typeHandler=org.closedloop.casefile.TextArray})</if></when>
        <otherwise>
          w.first and exists (select 1 from case_file c where c.number = w.case_number and """ + CaseSight.PREDICATE + """
          )</otherwise>
      </choose>
      """;

  String FILTER = """
      <if test="f.process != null"> and w.process = #{f.process}</if>
      <if test="f.task != null"> and w.task = #{f.task}</if>
      <if test="areaPath != null"> and w.area_path like #{areaPath} || '%'</if>
      <if test="f.category != null"> and w.category like #{f.category} || '%'</if>
      <if test="f.caseNumber != null"> and w.case_number = #{f.caseNumber}</if>
      <bind name="pattern" value="f.pattern()"/>
      <if test="pattern != null"> and (w.title ilike #{pattern} or w.case_number ilike #{pattern})</if>
      """;

  String LIGHT = """
      <if test="f.light == 'grey'"> and w.paused_since is not null</if>
      <if test="f.light == 'red'"> and w.paused_since is null and w.due_at &lt; #{now}</if>
      <if test="f.light == 'yellow'"> and w.paused_since is null and w.due_at >= #{now} and w.warn_at &lt;= #{now}</if>
      <if test="f.light == 'green'"> and w.paused_since is null and w.due_at >= #{now}
        and (w.warn_at is null or w.warn_at > #{now})</if>
      """;

  @Insert("""
      insert into work_item (item_id, unit, post, first, case_number, process, instance, task, name, name_en, stage, side,
                             area, area_path, category, urgency, title, round, not_by, created_at, warn_at, due_at)
      select #{o.itemId}, #{unit}, #{post}, #{first}, c.number, #{o.process}, #{o.instance}, #{o.task}, #{o.name},
             #{o.nameEn}, c.stage, #{o.side}, c.area, c.area_path, c.category, c.urgency, c.title, c.round, #{o.notBy},
             #{now}, #{warnAt}, #{dueAt}
      from case_file c where c.number = #{o.caseNumber}
      """)
  void add(Opened o, String unit, String post, boolean first, Instant warnAt, Instant dueAt, Instant now);

  @Select("select " + COLUMNS + " from work_item w where w.item_id = #{itemId} order by w.first desc, w.unit, w.post")
  List<WorkItem> rows(String itemId);

  @Select("select " + COLUMNS + " from work_item w where w.case_number = #{number} and w.first order by w.due_at")
  List<WorkItem> ofCase(String number);

  @Update("update work_item set assignee = #{official}, claimed_at = #{at} where item_id = #{itemId}")
  void assign(String itemId, String official, Instant at);

  @Delete("delete from work_item where item_id = #{itemId}")
  void remove(String itemId);

  @Update("""
      update work_item set warn_at = #{warnAt}, due_at = #{dueAt}, paused_since = #{pausedSince}
      where case_number = #{number} and instance = #{instance} and task = #{task}
      """)
  void clock(String number, String instance, String task, Instant warnAt, Instant dueAt, Instant pausedSince);

  /** The copies of the case's facts follow the register. */
  @Update("""
      update work_item w set area = c.area, area_path = c.area_path, category = c.category, urgency = c.urgency,
             title = c.title
      from case_file c where c.number = w.case_number and c.number = #{number}
      """)
  void follow(String number);

  @Select("""
      <script>
      select\s""" + COLUMNS + " from work_item w <where>" + SCOPE + FILTER + LIGHT + """
      <choose>
        <when test="f.byCreated()">
          <if test="after != null"> and (w.created_at, w.item_id) > (#{after.at}, #{after.key})</if>
        </when>
        <otherwise>
          <if test="after != null"> and (w.due_at, w.item_id) > (#{after.at}, #{after.key})</if>
        </otherwise>
      </choose>
      </where>
      <choose>
        <when test="f.byCreated()">order by w.created_at, w.item_id</when>
        <otherwise>order by w.due_at, w.item_id</otherwise>
      </choose>
      limit #{rows}
      </script>
      """)
  List<WorkItem> list(Scope s, ItemFilter f, Sight sight, String areaPath, Cursor after, Instant now, int rows);

  /** Counts of the whole list by light, whatever page is shown; the list's own light filter does not narrow them. */
  @Select("""
      <script>
      select count(*) filter (where paused_since is null and due_at >= #{now}
                              and (warn_at is null or warn_at > #{now})) as green,
             count(*) filter (where paused_since is null and due_at >= #{now} and warn_at &lt;= #{now}) as yellow,
             count(*) filter (where paused_since is null and due_at &lt; #{now}) as red,
             count(*) filter (where paused_since is not null) as grey
      from (select distinct on (w.item_id) w.paused_since, w.due_at, w.warn_at from work_item w
      <where>""" + SCOPE + FILTER + """
      </where>) w
      </script>
      """)
  Counts counts(Scope s, ItemFilter f, Sight sight, String areaPath, Instant now);

  @Select("select distinct item_id from work_item order by item_id")
  List<String> ids();

  /** @param posts null: every post of the unit (its leaders see what their people have) */
  record Scope(String scope, String official, String unit, List<String> posts) {}

  record Counts(long green, long yellow, long red, long grey) {}
}

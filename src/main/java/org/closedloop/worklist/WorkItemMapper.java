package org.closedloop.worklist;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.ResultMap;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.closedloop.casefile.CaseSight;
import org.closedloop.casefile.live.ListPlace;
import org.closedloop.organisation.Post;
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

  /** Whose items. Of one post it says so, because the index is read in the order of deadlines for one only. */
  String SCOPE = """
      <choose>
        <when test="s.scope == 'mine' and s.absent.isEmpty()"> w.assignee = #{s.official} and w.first</when>
        <when test="s.scope == 'mine'"> w.first and (w.assignee = #{s.official}
          or w.assignee = any(#{s.absent,typeHandler=org.closedloop.casefile.TextArray}))</when>
        <when test="s.scope == 'unit' and s.posts.size() == 1"> w.unit = #{s.unit} and w.post = #{s.posts[0]}</when>
        <when test="s.scope == 'unit'">
          w.unit = #{s.unit} and w.post = any(#{s.posts,typeHandler=org.closedloop.casefile.TextArray})</when>
        <otherwise> w.first</otherwise>
      </choose>
      <if test="s.scope == 'all' and !sight.county"> and """ + CaseSight.PREDICATE + "</if>";

  /**
   * What {@link CaseSight#PREDICATE} asks of a case, from the item's own copies: who sees few of many cases would have each
   * of them looked up otherwise. Whoever sees everything is asked nothing.
   */
  String FROM = """
      from work_item w
      <if test="s.scope == 'all' and !sight.county">
        cross join lateral (select w.case_number as number, w.area_path) c
      </if>
      where\s""";

  /** An item that several posts of the unit may take is one item: a later row counts where no earlier one does. */
  String ONCE = """
      <if test="s.scope == 'unit' and s.posts.size() > 1">
        and (w.first or not exists (select 1 from work_item o where o.item_id = w.item_id and o.unit = w.unit
             and o.post = any(#{s.posts,typeHandler=org.closedloop.casefile.TextArray})
             and (o.first or o.post &lt; w.post)))</if>
      """;

  /** Asked as a whole first: each expression takes longer than an index takes to find the page. */
  String FILTER = """
      <if test="areaPath != null or f.narrows()">
      <if test="f.process != null"> and w.process = #{f.process}</if>
      <if test="f.task != null"> and w.task = #{f.task}</if>
      <if test="areaPath != null"> and w.area_path like #{areaPath} || '%'</if>
      <if test="f.category != null"> and w.category like #{f.category} || '%'</if>
      <if test="f.caseNumber != null"> and w.case_number = #{f.caseNumber}</if>
      <bind name="pattern" value="f.pattern()"/>
      <if test="pattern != null"> and (w.title ilike #{pattern} or w.case_number ilike #{pattern})</if>
      </if>
      """;

  String LIGHT = """
      <if test="f.light() != null">
      <if test="f.light == 'grey'"> and w.paused_since is not null</if>
      <if test="f.light == 'red'"> and w.paused_since is null and w.due_at &lt; #{now}</if>
      <if test="f.light == 'yellow'"> and w.paused_since is null and w.due_at >= #{now} and w.warn_at &lt;= #{now}</if>
      <if test="f.light == 'green'"> and w.paused_since is null and w.due_at >= #{now}
        and (w.warn_at is null or w.warn_at > #{now})</if>
      </if>
      """;

  @Select(value = """
      insert into work_item (item_id, unit, post, first, case_number, process, instance, task, name, name_en, stage, side,
                             area, area_path, category, urgency, title, round, not_by, created_at, warn_at, due_at)
      select #{o.itemId}, #{unit}, #{post}, #{first}, c.number, #{o.process}, #{o.instance}, #{o.task}, #{o.name},
             #{o.nameEn}, c.stage, #{o.side}, c.area, c.area_path, c.category, c.urgency, c.title, c.round, #{o.notBy},
             #{now}, #{warnAt}, #{dueAt}
      from case_file c where c.number = #{o.caseNumber}
      returning unit, area_path
      """, affectData = true)
  ListPlace add(Opened o, String unit, String post, boolean first, Instant warnAt, Instant dueAt, Instant now);

  /** The columns are named: without that MyBatis looks for each of them anew in every row, which took longer than the query. */
  @Results(id = "item")
  @ConstructorArgs({
      @Arg(column = "item_id", javaType = String.class),
      @Arg(column = "unit", javaType = String.class),
      @Arg(column = "post", javaType = String.class),
      @Arg(column = "first", javaType = boolean.class),
      @Arg(column = "assignee", javaType = String.class),
      @Arg(column = "claimed_at", javaType = Instant.class),
      @Arg(column = "case_number", javaType = String.class),
      @Arg(column = "process", javaType = String.class),
      @Arg(column = "instance", javaType = String.class),
      @Arg(column = "task", javaType = String.class),
      @Arg(column = "name", javaType = String.class),
      @Arg(column = "name_en", javaType = String.class),
      @Arg(column = "stage", javaType = String.class),
      @Arg(column = "side", javaType = boolean.class),
      @Arg(column = "area", javaType = String.class),
      @Arg(column = "category", javaType = String.class),
      @Arg(column = "urgency", javaType = String.class),
      @Arg(column = "title", javaType = String.class),
      @Arg(column = "round", javaType = int.class),
      @Arg(column = "not_by", javaType = String.class),
      @Arg(column = "created_at", javaType = Instant.class),
      @Arg(column = "warn_at", javaType = Instant.class),
      @Arg(column = "due_at", javaType = Instant.class),
      @Arg(column = "paused_since", javaType = Instant.class)})
  @Select("select " + COLUMNS + " from work_item w where w.item_id = #{itemId} order by w.first desc, w.unit, w.post")
  List<WorkItem> rows(String itemId);

  @ResultMap("item")
  @Select("select " + COLUMNS + " from work_item w where w.case_number = #{number} and w.first order by w.due_at")
  List<WorkItem> ofCase(String number);

  @Select(value = "update work_item set assignee = #{official}, claimed_at = #{at} where item_id = #{itemId} "
      + "returning unit, area_path", affectData = true)
  List<ListPlace> assign(String itemId, String official, Instant at);

  @Select(value = "delete from work_item where item_id = #{itemId} returning unit, area_path", affectData = true)
  List<ListPlace> remove(String itemId);

  @Select(value = """
      update work_item set warn_at = #{warnAt}, due_at = #{dueAt}, paused_since = #{pausedSince}
      where case_number = #{number} and instance = #{instance} and task = #{task}
      returning unit, area_path
      """, affectData = true)
  List<ListPlace> clock(String number, String instance, String task, Instant warnAt, Instant dueAt, Instant pausedSince);

  /** The copies of the case's facts follow the register. */
  @Select(value = """
      update work_item w set area = c.area, area_path = c.area_path, category = c.category, urgency = c.urgency,
             title = c.title
      from case_file c where c.number = w.case_number and c.number = #{number}
      returning w.unit, w.area_path
      """, affectData = true)
  List<ListPlace> follow(String number);

  /** After the cursor, in the order asked for, at most so many. Without a cursor it is another statement. */
  String ORDERED = """
      <choose>
        <when test="f.byCreated()">
          <if test="after != null"> and (w.created_at, w.item_id) > (#{after.at}, #{after.key})</if>
          order by w.created_at, w.item_id
        </when>
        <otherwise>
          <if test="after != null"> and (w.due_at, w.item_id) > (#{after.at}, #{after.key})</if>
          order by w.due_at, w.item_id
        </otherwise>
      </choose>
      limit #{rows}
      """;

  /**
   * A page. Where it is asked for several posts, the soonest of each are read from the index in its order and then put
   * together: one condition over all of them would read and sort everything they have.
   */
  @ResultMap("item")
  @Select("""
      <script>
      <choose>
        <when test="s.scope == 'unit' and s.posts.size() != 1">
          select\s""" + COLUMNS + """
          from unnest(#{s.posts,typeHandler=org.closedloop.casefile.TextArray}) as p(code) cross join lateral (
            select * from work_item w where w.unit = #{s.unit} and w.post = p.code
          """ + ONCE + FILTER + LIGHT + ORDERED + """
          ) w
          <choose>
            <when test="f.byCreated()">order by w.created_at, w.item_id</when>
            <otherwise>order by w.due_at, w.item_id</otherwise>
          </choose>
          limit #{rows}
        </when>
        <otherwise>
          select\s""" + COLUMNS + FROM + SCOPE + FILTER + LIGHT + ORDERED + """
        </otherwise>
      </choose>
      </script>
      """)
  List<WorkItem> list(Scope s, ItemFilter f, Sight sight, String areaPath, Cursor after, Instant now, int rows);

  /** The whole list from a cursor, in its order; only within a transaction. */
  @ResultMap("item")
  @Options(fetchSize = 500)
  @Select("""
      <script>
      select\s""" + COLUMNS + FROM + SCOPE + ONCE + FILTER + LIGHT + """
      <choose>
        <when test="f.byCreated()">order by w.created_at, w.item_id</when>
        <otherwise>order by w.due_at, w.item_id</otherwise>
      </choose>
      </script>
      """)
  org.apache.ibatis.cursor.Cursor<WorkItem> each(Scope s, ItemFilter f, Sight sight, String areaPath, Instant now);

  /** Counts of the whole list by light, whatever page is shown; the list's own light filter does not narrow them. */
  @Select("""
      <script>
      select count(*) filter (where w.paused_since is null and w.due_at >= #{now}
                              and (w.warn_at is null or w.warn_at > #{now})) as green,
             count(*) filter (where w.paused_since is null and w.due_at >= #{now} and w.warn_at &lt;= #{now}) as yellow,
             count(*) filter (where w.paused_since is null and w.due_at &lt; #{now}) as red,
             count(*) filter (where w.paused_since is not null) as grey
      """ + FROM + SCOPE + ONCE + FILTER + """
      </script>
      """)
  Counts counts(Scope s, ItemFilter f, Sight sight, String areaPath, Instant now);

  /**
   * @param posts  codes; null: every post of the unit (its leaders see what their people have)
   * @param absent whose items are the person's own too, because they act for them
   */
  record Scope(String scope, String official, String unit, List<String> posts, List<String> absent) {

    private static final List<String> EVERY_POST = Arrays.stream(Post.values()).map(Post::code).sorted().toList();

    public Scope {
      posts = posts == null ? EVERY_POST : posts;
    }
  }

  record Counts(long green, long yellow, long red, long grey) {

    long all() {
      return green + yellow + red + grey;
    }
  }
}

package org.closedloop.casefile;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.ConstructorArgs;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;

/** Table {@code case_file}. What is read for a person carries {@link CaseSight#PREDICATE}. */
@Mapper
interface CaseMapper {

  String COLUMNS = """
      c.number, c.process, c.title, c.description, c.category, c.area, c.area_path, c.lng, c.lat, c.urgency, c.channel,
      c.stage, c.open, c.round, c.lead_unit, c.result, c.solved, c.satisfaction, c.rating_comment, c.rated_at,
      c.tracking_code, c.merged_into, c.occurred_at, c.opened_at, c.closed_at, c.warn_at, c.due_at, c.paused_since
      """;

  /**
   * Reporters are searched where the person answers for the matter: a phone number typed in must not tell a department
   * who reported what to another.
   */
  String REPORTER_SOUGHT = """
      (#{sight.county} or c.lead_unit = any(#{sight.units,typeHandler=org.closedloop.casefile.TextArray}))
      """;

  /**
   * Looked up case by case, so that a full page ends the search. As {@code exists} within {@code or} the planner would
   * first read the words of all cases.
   */
  String HOLDS_THE_WORDS = """
      (select w.words from case_words w where w.case_number = c.number)
        like all (array(select search_patterns(#{search.words})))
      """;
  String REPORTER_HOLDS_THE_WORDS = """
      (select reporter_words(r.name, r.phone) from case_reporter r where r.case_number = c.number)
        like all (array(select search_patterns(#{search.words})))
      """;

  /** Where a page starts. */
  String AFTER = """
      <choose>
        <when test="after != null and byDue"> and (c.due_at, c.number) > (#{after.at}, #{after.key})</when>
        <when test="after != null"> and (c.opened_at, c.number) &lt; (#{after.at}, #{after.key})</when>
      </choose>
      """;

  String ORDER = """
      <choose>
        <when test="byDue"> order by c.due_at, c.number</when>
        <otherwise> order by c.opened_at desc, c.number desc</otherwise>
      </choose>
      """;

  /** What a list is narrowed to, whoever reads it. */
  String NARROWED = """
      <if test="f.process != null"> and c.process = #{f.process}</if>
      <if test="f.stage != null"> and c.stage = #{f.stage}</if>
      <if test="areaPath != null and f.stretch.within != false"> and c.area_path like #{areaPath} || '%'</if>
      <if test="areaPath != null and f.stretch.within == false"> and c.area_path = #{areaPath}</if>
      <if test="f.category != null"> and c.category like #{f.category} || '%'</if>
      <if test="f.unit == 'none'"> and c.lead_unit is null</if>
      <if test="f.unit != null and f.unit != 'none'"> and c.lead_unit = #{f.unit}</if>
      <if test="f.channel != null"> and c.channel = #{f.channel}</if>
      <if test="f.open != null"> and c.open = #{f.open}</if>
      <if test="f.openedFrom != null"> and c.opened_at >= #{f.openedFrom}</if>
      <if test="f.openedTo != null"> and c.opened_at &lt; #{f.openedTo}</if>
      <if test="f.stretch.closedFrom != null"> and c.closed_at >= #{f.stretch.closedFrom}</if>
      <if test="f.stretch.closedTo != null"> and c.closed_at &lt; #{f.stretch.closedTo}</if>
      <if test="f.stretch.placed != null"> and (c.lng is not null) = #{f.stretch.placed}</if>
      <if test="f.stretch.bounds != null"> and c.lng >= #{f.stretch.bounds.west}
        and c.lng &lt; #{f.stretch.bounds.east} and c.lat >= #{f.stretch.bounds.south}
        and c.lat &lt; #{f.stretch.bounds.north}</if>
      <if test="f.stretch.numbers != null">
        and c.number = any(#{f.stretch.numbers,typeHandler=org.closedloop.casefile.TextArray})</if>
      <if test="f.light == 'red'"> and c.open and c.paused_since is null and c.due_at &lt; #{now}</if>
      <if test="f.light == 'yellow'"> and c.open and c.paused_since is null and c.due_at >= #{now}
        and c.warn_at &lt;= #{now}</if>
      <if test="f.light == 'green'"> and c.open and c.paused_since is null and c.due_at >= #{now}
        and (c.warn_at is null or c.warn_at > #{now})</if>
      <if test="f.light == 'grey'"> and c.open and c.paused_since is not null</if>
      <if test="f.light == 'none'"> and (not c.open or (c.paused_since is null and c.due_at is null))</if>
      <if test="search.numbers != null">
        and (c.number = any(#{search.numbers,typeHandler=org.closedloop.casefile.TextArray})
             or c.number = any(#{search.byReporter,typeHandler=org.closedloop.casefile.TextArray})
                and """ + REPORTER_SOUGHT + """
            )</if>
      <if test="search.words != null">
        and (""" + HOLDS_THE_WORDS + """
             <if test="search.reporters"> or """ + REPORTER_HOLDS_THE_WORDS + " and " + REPORTER_SOUGHT + """
             </if>)</if>
      """;

  /** The light as {@link CaseFile#light} has it. */
  String LIGHT_OF_CASE = """
      case when not c.open then 'none' when c.paused_since is not null then 'grey' when c.due_at is null then 'none'
           when c.due_at &lt; #{now} then 'red' when c.warn_at &lt;= #{now} then 'yellow' else 'green' end
      """;

  @Select("select nextval('case_number_seq')")
  long nextNumber();

  @Insert("""
      insert into case_file (number, process, title, description, category, area, area_path, lng, lat, urgency, channel,
                             stage, open, tracking_code, occurred_at, opened_at)
      values (#{number}, #{report.process}, #{report.title}, #{report.description}, #{report.category}, #{report.area},
              #{areaPath}, #{report.lng}, #{report.lat}, #{report.urgency}, #{report.channel}, 'report', true,
              #{trackingCode}, #{report.occurredAt}, #{now})
      """)
  void add(String number, NewCase report, String areaPath, String trackingCode, Instant now);

  @Select("select " + COLUMNS + " from case_file c where c.number = #{number}")
  CaseFile find(String number);

  @Select("select " + COLUMNS + " from case_file c where c.number = #{number} for update")
  CaseFile lock(String number);

  @Select("select " + COLUMNS + " from case_file c where c.number = #{number} and " + CaseSight.PREDICATE)
  CaseFile findFor(String number, Sight sight);

  @Select("""
      <script>
      select\s""" + COLUMNS + """
      from
      <choose>
        <when test="search.window > 0">
          (select * from case_file c
           <where>
             <if test="byDue"> c.due_at is not null</if>""" + AFTER + """
           </where>""" + ORDER + """
           limit #{search.window}) c
        </when>
        <otherwise>case_file c</otherwise>
      </choose>
      <where>
      """ + CaseSight.PREDICATE + NARROWED + """
      <if test="byDue"> and c.due_at is not null</if>""" + AFTER + """
      </where>""" + ORDER + """
      limit #{rows}
      </script>
      """)
  List<CaseFile> list(Sight sight, CaseFilter f, String areaPath, CaseSearchStep search, boolean byDue, Cursor after,
      Instant now, int rows);

  /**
   * The whole list from a cursor, in its order; only within a transaction. The columns are named: without that MyBatis looks
   * for each of them anew in every row.
   */
  @Options(fetchSize = 500)
  @ConstructorArgs({
      @Arg(column = "number", javaType = String.class),
      @Arg(column = "process", javaType = String.class),
      @Arg(column = "title", javaType = String.class),
      @Arg(column = "category", javaType = String.class),
      @Arg(column = "area", javaType = String.class),
      @Arg(column = "urgency", javaType = String.class),
      @Arg(column = "channel", javaType = String.class),
      @Arg(column = "stage", javaType = String.class),
      @Arg(column = "open", javaType = boolean.class),
      @Arg(column = "round", javaType = int.class),
      @Arg(column = "lead_unit", javaType = String.class),
      @Arg(column = "opened_at", javaType = Instant.class),
      @Arg(column = "closed_at", javaType = Instant.class),
      @Arg(column = "warn_at", javaType = Instant.class),
      @Arg(column = "due_at", javaType = Instant.class),
      @Arg(column = "paused_since", javaType = Instant.class)})
  @Select("""
      <script>
      select c.number, c.process, c.title, c.category, c.area, c.urgency, c.channel, c.stage, c.open, c.round, c.lead_unit,
             c.opened_at, c.closed_at, c.warn_at, c.due_at, c.paused_since
      from case_file c
      <where>
      """ + CaseSight.PREDICATE + NARROWED + """
      <if test="byDue"> and c.due_at is not null</if>
      </where>""" + ORDER + """
      </script>
      """)
  org.apache.ibatis.cursor.Cursor<CaseRow> each(Sight sight, CaseFilter f, String areaPath, CaseSearchStep search,
      boolean byDue, Instant now);

  /** How many cases of a list show which light, counted over the first {@code most} that are found. */
  @Select("""
      <script>
      select x.light, count(*) as cases from (
        select\s""" + LIGHT_OF_CASE + """
         as light from case_file c
        <where>
        """ + CaseSight.PREDICATE + NARROWED + """
        <if test="byDue"> and c.due_at is not null</if>
        </where>
        limit #{most}) x group by x.light
      </script>
      """)
  List<LightCount> countByLight(Sight sight, CaseFilter f, String areaPath, CaseSearchStep search, boolean byDue,
      Instant now, int most);

  record LightCount(String light, int cases) {}

  /** Those of the cases that are open and seen; in no order. */
  @Select("select " + COLUMNS + """
       from case_file c
      where c.number = any(#{numbers,typeHandler=org.closedloop.casefile.TextArray}) and c.open
        and\s""" + CaseSight.PREDICATE)
  List<CaseFile> openAmong(List<String> numbers, Sight sight);

  @Update("update case_file set stage = #{stage} where number = #{number}")
  void stage(String number, String stage);

  @Update("""
      update case_file set stage = #{stage}, open = false, closed_at = #{at}, warn_at = null, due_at = null,
             paused_since = null
      where number = #{number}
      """)
  void end(String number, String stage, Instant at);

  @Update("""
      update case_file set open = true, closed_at = null, merged_into = null, round = #{round}
      where number = #{number}
      """)
  void reopen(String number, int round);

  @Update("""
      update case_file set category = #{category}, area = #{area}, area_path = #{areaPath}, urgency = #{urgency},
             lead_unit = #{leadUnit}
      where number = #{number}
      """)
  void facts(String number, String category, String area, String areaPath, String urgency, String leadUnit);

  @Update("update case_file set warn_at = #{warnAt}, due_at = #{dueAt}, paused_since = #{pausedSince} "
      + "where number = #{number}")
  void clocks(String number, Instant warnAt, Instant dueAt, Instant pausedSince);

  @Update("update case_file set merged_into = #{into} where number = #{number}")
  void merge(String number, String into);

  @Update("update case_file set result = #{result} where number = #{number}")
  void outcome(String number, String result);

  @Update("""
      update case_file set solved = #{solved}, satisfaction = #{satisfaction}, rating_comment = #{comment},
             rated_at = #{at}
      where number = #{number}
      """)
  void rate(String number, Boolean solved, Integer satisfaction, String comment, Instant at);

  /** Cases that were merged into this one, and into those: their reporters follow it. */
  @Select("with recursive following(number) as (select number from case_file where merged_into = #{number} union "
      + "select m.number from case_file m join following f on m.merged_into = f.number) select " + COLUMNS
      + " from case_file c join following f on f.number = c.number order by c.number")
  List<CaseFile> followers(String number);

  /** Cases that were merged into this one, themselves. */
  @Select("select " + COLUMNS + " from case_file c where c.merged_into = #{number} order by c.number")
  List<CaseFile> mergedInto(String number);
}

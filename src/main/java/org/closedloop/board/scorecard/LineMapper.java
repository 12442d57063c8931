package org.closedloop.board.scorecard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/**
 * Table {@code scorecard_line}, and the same lines as the records say them for a month that is not frozen.
 */
@Mapper
interface LineMapper {

  /**
   * @param frozen first day of the frozen month whose lines are read; null: the records are
   * @param units  only lines these units answer for; null: all
   */
  record Scope(LocalDate frozen, Instant from, Instant to, Instant now, List<String> units) {}

  /**
   * @param facet {@code row}, or {@code all} for the sum of all rows
   * @param key   of the row; {@code none} where a line has none
   */
  record Counted(String facet, String key, String rate, long cases, long met, long marks, Double arrival,
      Double effort, Double result) {}

  String LINES = """
      <choose>
        <when test="scope.frozen != null">
          select rate, case_number, unit, area, category, met, arrival, effort, result
          from scorecard_line where month = #{scope.frozen}
        </when>
        <otherwise><![CDATA[""" + LineSql.LINES + """
          ]]></otherwise>
      </choose>
      """;

  String OF_UNITS = """
      <if test="scope.units != null">
        where unit = any(#{scope.units,typeHandler=org.closedloop.casefile.TextArray})
      </if>
      """;

  String KEY = """
      <choose>
        <when test="by == 'unit'">coalesce(unit, 'none')</when>
        <when test="by == 'area'">coalesce(area, 'none')</when>
        <when test="by == 'category'">coalesce(category, 'none')</when>
        <otherwise>'all'</otherwise>
      </choose>
      """;

  /** A case counts once, see {@link Rate}. */
  String MET = "case when rate in ('rework', 'return') then bool_or(met) else bool_and(met) end";

  @Select("<script> with line as materialized (select * from (" + LINES + ") line " + OF_UNITS + """
      ), keyed as (
        select 'row' as facet,\s""" + KEY + """
       as key, line.* from line
        union all select 'all', 'all', line.* from line
      ), once as (
        select facet, key, rate, case_number,\s""" + MET + """
       as met, count(arrival) as marks, sum(arrival) as arrival, sum(effort) as effort, sum(result) as result
        from keyed group by facet, key, rate, case_number
      )
      select facet, key, rate, count(*) as cases, count(*) filter (where met) as met, sum(marks) as marks,
             sum(arrival) / nullif(sum(marks), 0) as arrival, sum(effort) / nullif(sum(marks), 0) as effort,
             sum(result) / nullif(sum(marks), 0) as result
      from once group by facet, key, rate
      </script>""")
  List<Counted> count(Scope scope, String by);

  /** The cases of one number. @param met only those that met it */
  @Select("<script> select case_number from (" + LINES + ") line where rate = #{rate} and " + KEY + """
       = #{key}
      <if test="scope.units != null">
        and unit = any(#{scope.units,typeHandler=org.closedloop.casefile.TextArray})
      </if>
      group by case_number, rate
      <if test="met"> having\s""" + MET + """
      </if>
      order by case_number
      </script>""")
  List<String> numbers(Scope scope, String by, String key, String rate, boolean met);

  @Insert("<script> insert into scorecard_line (month, rate, case_number, unit, area, category, met, arrival, effort, "
      + "result) select #{month}, line.* from (" + LINES + ") line </script>")
  int freeze(LocalDate month, Scope scope);
}

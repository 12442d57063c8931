package org.closedloop.deadline.overview;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Reads the open rows of table {@code clock} with the case and the work item they belong to. Writes nothing. */
@Mapper
interface DeadlineMapper {

  /** @param extensions JSON as the table holds it: {@code [{amount, unit, by, at, due}]} */
  record Row(long id, String caseNumber, String title, String process, String key, String kind, String unitCode,
      String assignee, int round, OffsetDateTime startedAt, OffsetDateTime warnAt, OffsetDateTime dueAt,
      OffsetDateTime originalDueAt, OffsetDateTime pausedSince, String extensions) {}

  String FROM = """
      select k.id, k.case_number, c.title, k.process, k.key, k.kind, k.unit_code, w.assignee, k.round, k.started_at,
             k.warn_at, k.due_at, k.original_due_at, k.paused_since, k.extensions::text as extensions
        from clock k
        join case_file c on c.number = k.case_number
        left join work_item w on w.item_id = k.item_id and w.first
       where k.ended_at is null
      """;

  /** The lights are those of {@link org.closedloop.casefile.Light}, said so that an index on the deadline serves. */
  @Select("<script>" + FROM + " and " + CaseSight.PREDICATE + """
      <if test="f.process != null"> and k.process = #{f.process}</if>
      <if test="f.unit != null"> and k.unit_code = #{f.unit}</if>
      <if test="f.kind != null"> and k.kind = #{f.kind}</if>
      <if test="f.before != null"> and k.due_at &lt; #{f.before}</if>
      <if test="f.light == 'red'"> and k.paused_since is null and k.due_at &lt; #{now}</if>
      <if test="f.light == 'yellow'"> and k.paused_since is null and k.due_at >= #{now} and k.warn_at &lt;= #{now}</if>
      <if test="f.light == 'green'"> and k.paused_since is null and k.due_at >= #{now} and k.warn_at > #{now}</if>
      <if test="f.light == 'grey'"> and k.paused_since is not null</if>
      <if test="afterDue != null"> and (k.due_at, k.id) > (#{afterDue}, #{afterId})</if>
       order by k.due_at, k.id
       limit #{rows}
      </script>""")
  List<Row> list(@Param("sight") Sight sight, @Param("f") DeadlineFilter filter, @Param("now") Instant now,
      @Param("afterDue") Instant afterDue, @Param("afterId") Long afterId, @Param("rows") int rows);

  /** Of one case; whoever asks has made sure that the reader may see it. */
  @Select(FROM + """
         and k.case_number = #{number}
       order by k.due_at, k.id""")
  List<Row> ofCase(String number);
}

package org.closedloop.audit;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code administration_act}. */
@Mapper
interface ActMapper {

  record Row(long id, Instant at, String by, String kind, String subject, String name, String act, String changes) {}

  @Insert("""
      insert into administration_act (at, by, kind, subject, name, act, changes)
      values (#{at}, #{by}, #{kind}, #{subject}, #{name}, #{act}, #{changes})
      """)
  void add(Instant at, String by, String kind, String subject, String name, String act, String changes);

  /** The newest first, from below {@code before} (null: from the newest). */
  @Select("""
      <script>
      select id, at, by, kind, subject, name, act, changes
        from administration_act
      <where>
        <if test="f.kind != null"> and kind = #{f.kind}</if>
        <if test="f.by != null"> and by = #{f.by}</if>
        <if test="f.subject != null"> and subject = #{f.subject}</if>
        <if test="pattern != null"> and (subject ilike #{pattern} or name ilike #{pattern})</if>
        <if test="f.from != null"> and at >= #{f.from}</if>
        <if test="f.until != null"> and at &lt; #{f.until}</if>
        <if test="before != null"> and id &lt; #{before}</if>
      </where>
       order by id desc
       limit #{rows}
      </script>""")
  List<Row> list(Audit.Filter f, String pattern, Long before, int rows);
}

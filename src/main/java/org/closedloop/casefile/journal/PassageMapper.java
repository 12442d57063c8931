package org.closedloop.casefile.journal;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code passage}: the path a case really took, nodes and flows. */
@Mapper
interface PassageMapper {

  @Insert("""
      <script>
      insert into passage (case_number, process, instance, element, kind, at)
      values <foreach item="p" collection="passages" separator=",">
        (#{p.number}, #{p.process}, #{p.instance}, #{p.element}, #{p.kind}, #{p.at})</foreach>
      </script>""")
  void add(@Param("passages") List<Passages.Passage> passages);

  @Select("""
      select process, instance, element, kind = 'flow' as flow, count(*) as times, min(at) as first, max(at) as last
        from passage
       where case_number = #{number}
       group by process, instance, element, kind
       order by min(id)""")
  List<Passed> of(String number);
}

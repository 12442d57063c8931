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
      insert into passage (case_number, process, element, kind, at)
      values <foreach item="p" collection="passages" separator=",">
        (#{p.number}, #{p.process}, #{p.element}, #{p.kind}, #{p.at})</foreach>
      </script>""")
  void add(@Param("passages") List<Passages.Passage> passages);

  @Select("select element from passage where case_number = #{number} group by element order by min(id)")
  List<String> elements(String number);
}

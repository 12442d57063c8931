package org.closedloop.casefile.journal;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code passage}: the path a case really took, nodes and flows. */
@Mapper
interface PassageMapper {

  @Insert("""
      insert into passage (case_number, process, element, kind, at)
      values (#{number}, #{process}, #{element}, #{kind}, #{at})
      """)
  void add(String number, String process, String element, String kind, Instant at);

  @Select("select element from passage where case_number = #{number} group by element order by min(id)")
  List<String> elements(String number);
}

package org.closedloop.casefile.journal;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code milestone}: only added to. */
@Mapper
interface MilestoneMapper {

  @Insert("""
      insert into milestone (case_number, key, name, name_en, process, unit, round, at)
      values (#{number}, #{key}, #{name}, #{nameEn}, #{process}, #{unit}, #{round}, #{at})
      """)
  void add(String number, String key, String name, String nameEn, String process, String unit, int round, Instant at);

  @Select("""
      select m.key, m.name, m.name_en, coalesce(m.process, c.process) as process, m.unit, m.round, m.at
        from milestone m
        join case_file c on c.number = m.case_number
       where m.case_number = #{number}
       order by m.id""")
  List<Milestone> of(String number);
}

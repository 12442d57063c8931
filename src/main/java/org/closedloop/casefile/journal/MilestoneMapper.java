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
      insert into milestone (case_number, key, name, name_en, round, at)
      values (#{number}, #{key}, #{name}, #{nameEn}, #{round}, #{at})
      """)
  void add(String number, String key, String name, String nameEn, int round, Instant at);

  @Select("select key, name, name_en, round, at from milestone where case_number = #{number} order by id")
  List<Milestone> of(String number);
}

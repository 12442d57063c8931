package org.closedloop.casefile;

import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code case_reporter}: personal data, read only for those whose post needs it. */
@Mapper
interface ReporterMapper {

  @Insert("""
      insert into case_reporter (case_number, name, phone, anonymous)
      values (#{number}, #{reporter.name}, #{reporter.phone}, #{reporter.anonymous})
      """)
  void add(String number, Reporter reporter);

  @Select("select name, phone, anonymous from case_reporter where case_number = #{number}")
  Reporter of(String number);
}

package org.closedloop.casefile;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code case_unit}: which units are or were concerned with a case, and as what. */
@Mapper
interface CaseUnitMapper {

  @Insert("""
      insert into case_unit (case_number, unit, role, since) values (#{number}, #{unit}, #{role}, #{since})
      on conflict do nothing
      """)
  void add(String number, String unit, String role, Instant since);

  @Select("select unit, role, since from case_unit where case_number = #{number} order by since, unit, role")
  List<Concerned> of(String number);

  /** @param role reporting, lead, co-handling, handling, asked or copied */
  record Concerned(String unit, String role, Instant since) {}
}

package org.closedloop.organisation;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code dissolved_unit}. */
@Mapper
interface DissolvedUnitMapper {

  @Select("select unit from dissolved_unit")
  List<String> all();

  /** @return 1 when it was not dissolved before, else 0 */
  @Insert("insert into dissolved_unit (unit, at, by) values (#{unit}, #{at}, #{by}) on conflict do nothing")
  int add(String unit, Instant at, String by);

  /** @return 1 when it was dissolved, else 0 */
  @Delete("delete from dissolved_unit where unit = #{unit}")
  int remove(String unit);
}

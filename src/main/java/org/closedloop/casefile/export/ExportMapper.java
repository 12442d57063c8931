package org.closedloop.casefile.export;

import java.time.Instant;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code list_export}: who took which list away, when, and how many rows of it. */
@Mapper
interface ExportMapper {

  @Select(value = """
      insert into list_export (kind, format, official, unit, filter, started_at)
      values (#{kind}, #{format}, #{official}, #{unit}, #{filter}, #{at}) returning id
      """, affectData = true)
  long begun(String kind, String format, String official, String unit, String filter, Instant at);

  /** @param outcome {@code done}, {@code broken-off} (the reader left) or {@code failed} */
  @Update("update list_export set row_count = #{rows}, outcome = #{outcome}, ended_at = #{at} where id = #{id}")
  void ended(long id, int rows, String outcome, Instant at);
}

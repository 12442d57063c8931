package org.closedloop.ground;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code county_map}. */
@Mapper
interface CountyMapMapper {

  /** @param features JSON: the features of a {@link CountyMap.Outline} */
  record Row(String features, String source, String approval, Instant setAt) {}

  /** Null until an outline was imported. */
  @Select("select features, source, approval, set_at from county_map")
  Row find();

  @Insert("""
      insert into county_map (features, source, approval, set_by, set_at)
      values (#{row.features}, #{row.source}, #{row.approval}, #{by}, #{row.setAt})
      on conflict (one) do update set features = excluded.features, source = excluded.source,
        approval = excluded.approval, set_by = excluded.set_by, set_at = excluded.set_at
      """)
  void set(Row row, String by);
}

package org.closedloop.node;

import java.time.Instant;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** The database's own clock. */
@Mapper
interface ServerTimeMapper {

  @Select("select clock_timestamp()")
  Instant now();
}

package org.closedloop.casefile.live;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Speaks to all nodes. */
@Mapper
interface ListChangeMapper {

  @Select("select pg_notify(#{channel}, #{message})")
  String tell(String channel, String message);
}

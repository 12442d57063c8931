package org.closedloop.demo.clock;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code demo_clock}, one row: how far all nodes are ahead of real time, in milliseconds. */
@Mapper
interface DemoClockMapper {

  @Select("select ahead_ms from demo_clock")
  long ahead();

  /** Moves forward unless that goes beyond the end; answers the rows changed. */
  @Update("""
      update demo_clock set ahead_ms = ahead_ms + #{by}
      where ahead_ms + #{by} <= #{furthest}
      """)
  int advance(@Param("by") long by, @Param("furthest") long furthest);

  /** Sets the beginning, once: when time has not been moved and nothing has happened yet. */
  @Update("update demo_clock set ahead_ms = #{ahead} where ahead_ms = 0 and not exists (select 1 from case_file)")
  void begin(@Param("ahead") long ahead);

  @Update("update demo_clock set ahead_ms = #{ahead}")
  void set(@Param("ahead") long ahead);
}

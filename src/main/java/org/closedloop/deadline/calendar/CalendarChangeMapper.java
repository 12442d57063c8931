package org.closedloop.deadline.calendar;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code calendar_change}: the counter by which nodes learn that a day was changed. */
@Mapper
interface CalendarChangeMapper {

  @Select("select number from calendar_change")
  long number();

  /** Counts one change and keeps every other writer waiting until this transaction ends. */
  @Update("update calendar_change set number = number + 1")
  void count();
}

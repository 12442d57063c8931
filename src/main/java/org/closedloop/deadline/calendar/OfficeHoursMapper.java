package org.closedloop.deadline.calendar;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.closedloop.deadline.WorkingCalendar.Session;

/** Table {@code office_hours}. */
@Mapper
interface OfficeHoursMapper {

  @Select("""
      select opens, closes
        from office_hours
       order by opens""")
  List<Session> all();
}

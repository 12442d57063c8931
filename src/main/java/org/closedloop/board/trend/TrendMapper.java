package org.closedloop.board.trend;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Reads table {@code case_file} by days; every statement carries the visibility rule. */
@Mapper
interface TrendMapper {

  record Day(LocalDate date, long opened, long closed, long ended) {}

  /** Local days on which something happened. @param zone whose days they are */
  @Select("""
      select date, sum(opened) as opened, sum(closed) as closed, sum(ended) as ended
      from (
        select (c.opened_at at time zone #{zone})::date as date, count(*) as opened, 0 as closed, 0 as ended
        from case_file c where c.opened_at >= #{from} and c.opened_at <= #{now} and\s""" + CaseSight.PREDICATE + """
        group by 1
        union all
        select (c.closed_at at time zone #{zone})::date, 0, count(*) filter (where c.stage = 'closed'), count(*)
        from case_file c where c.closed_at >= #{from} and c.closed_at <= #{now} and\s""" + CaseSight.PREDICATE + """
        group by 1
      ) happened
      group by date
      """)
  List<Day> days(Sight sight, Instant from, Instant now, String zone);
}

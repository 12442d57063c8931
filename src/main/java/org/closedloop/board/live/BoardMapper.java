package org.closedloop.board.live;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.closedloop.board.Lights;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Aggregates over table {@code case_file}; every statement carries the visibility rule. */
@Mapper
interface BoardMapper {

  /** {@code facet} is stage, unit or area; only the columns of the facet are filled. */
  record Row(String facet, String process, String stage, String unit, String area, long total, long yellow,
      long red, long grey, long none) {

    Lights lights() {
      return new Lights(total, total - yellow - red - grey - none, yellow, red, grey, none);
    }
  }

  record Today(long opened, long closed, long ended) {}

  record Late(String number, String title, String process, String stage, String unit, String area, Instant dueAt) {}

  record Call(String number, String title, String area, String unit, Instant startedAt, Instant warnAt, Instant dueAt,
      Instant pausedSince, Instant checkedInAt, boolean late, Instant releasedAt) {}

  /**
   * Everything open in one pass: by process and stage, by leading unit, by area. First by all of them at once, which
   * leaves few rows for the three sums. The lights are those of {@link org.closedloop.casefile.Light}, as conditions:
   * counting by five conditions takes half the time of grouping by a text.
   */
  @Select("""
      with seen as materialized (
        select c.process, c.stage, c.lead_unit, c.area, count(*) as total,
               count(*) filter (where c.paused_since is null and c.due_at >= #{now} and c.warn_at <= #{now}) as yellow,
               count(*) filter (where c.paused_since is null and c.due_at < #{now}) as red,
               count(c.paused_since) as grey,
               count(*) filter (where c.paused_since is null and c.due_at is null) as none
        from case_file c where c.open and\s""" + CaseSight.PREDICATE + """
        group by c.process, c.stage, c.lead_unit, c.area
      )
      select case grouping(process, lead_unit, area) when 3 then 'stage' when 5 then 'unit' else 'area' end as facet,
             process, stage, lead_unit as unit, area, sum(total) as total, sum(yellow) as yellow, sum(red) as red,
             sum(grey) as grey, sum(none) as none
      from seen
      group by grouping sets ((process, stage), (lead_unit), (area))
      """)
  List<Row> open(Sight sight, Instant now);

  @Select("""
      select (select count(*) from case_file c where c.opened_at >= #{from} and c.opened_at <= #{now} and\s"""
      + CaseSight.PREDICATE + """
      ) as opened,
             count(*) filter (where c.stage = 'closed') as closed,
             count(*) as ended
      from case_file c where c.closed_at >= #{from} and c.closed_at <= #{now} and\s""" + CaseSight.PREDICATE)
  Today today(Sight sight, Instant from, Instant now);

  @Select("""
      select c.number, c.title, c.process, c.stage, c.lead_unit as unit, c.area, c.due_at
      from case_file c
      where c.open and c.due_at < #{now} and c.paused_since is null and\s""" + CaseSight.PREDICATE + """
      order by c.due_at, c.number limit #{most}
      """)
  List<Late> overdue(Sight sight, Instant now, int most);

  /**
   * The calls of open whistles, of their present turn, awaited ones first. The clock says when it turns yellow and
   * whether it stands still.
   */
  @Select("""
      select c.number, c.title, c.area, w.department as unit, w.called_at as started_at, k.warn_at, w.due_at,
             k.paused_since, w.checked_in_at, w.late, w.released_at
      from case_file c
      join whistle h on h.case_number = c.number
      join whistle_call w on w.case_number = c.number and w.turn = h.turn
      left join clock k on k.case_number = c.number and k.kind = 'check-in' and k.unit_code = w.department
                       and k.ended_at is null
      where c.open and c.process = 'whistle' and\s""" + CaseSight.PREDICATE + """
      order by coalesce(w.checked_in_at, w.released_at) is not null, w.due_at, c.number, w.department limit #{most}
      """)
  List<Call> calls(Sight sight, int most);
}

package org.closedloop.board.map;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.closedloop.casefile.Bounds;
import org.closedloop.casefile.CaseSight;
import org.closedloop.casefile.Light;
import org.closedloop.organisation.Sight;

/**
 * Open cases by place. Places are looked up in {@code open_matter}, whose index holds open cases only.
 */
@Mapper
interface MapMapper {

  /**
   * Cases of one light in one square of the grid. {@code number} is the smallest of theirs: the only one where there is
   * but one.
   */
  record Square(long x, long y, String light, long cases, double lng, double lat, String number) {}

  record Alone(String number, String title, double lng, double lat, String process, String stage, String light) {}

  record InArea(String area, String light, long cases) {}

  /** @param cell side of a square in degrees; a power of two, so that squares are exact and share no border */
  @Select("""
      select floor(m.lng / #{cell})::bigint as x, floor(m.lat / #{cell})::bigint as y,\s""" + Light.SQL + """
       as light, count(*) as cases, avg(m.lng) as lng, avg(m.lat) as lat, min(c.number) as number
      from open_matter m join case_file c on c.number = m.case_number
      where m.lat >= #{b.south} and m.lat < #{b.north} and m.lng >= #{b.west} and m.lng < #{b.east} and c.open
        and\s""" + CaseSight.PREDICATE + """
      group by 1, 2, 3
      """)
  List<Square> squares(Sight sight, Bounds b, double cell, Instant now);

  @Select("""
      select c.number, c.title, c.lng, c.lat, c.process, c.stage,\s""" + Light.SQL + """
       as light
      from case_file c
      where c.number = any(#{numbers,typeHandler=org.closedloop.casefile.TextArray}) and c.open and\s"""
      + CaseSight.PREDICATE + """
      order by c.number
      """)
  List<Alone> alone(List<String> numbers, Sight sight, Instant now);

  @Select("""
      select c.area,\s""" + Light.SQL + """
       as light, count(*) as cases
      from case_file c where c.open and c.lng is null and\s""" + CaseSight.PREDICATE + """
      group by 1, 2
      """)
  List<InArea> unplaced(Sight sight, Instant now);
}

package org.closedloop.casefile.nearby;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.closedloop.casefile.Bounds;

/**
 * Open cases of categories that may be shown. Nobody's sight is asked: what is read here is cut down to {@link Nearby}
 * before it leaves the package.
 */
@Mapper
interface NearbyMapper {

  record Found(String ref, String number, String category, Instant openedAt, Double lng, Double lat, int others) {}

  String SHOWN = """
      c.open and c.process = 'case-handling'
      and exists (select 1 from shown_category s where c.category like s.category || '%')
      """;
  String COLUMNS = """
      m.ref::text, c.number, c.category, c.opened_at, c.lng, c.lat,
      (select count(*) from case_file f where f.merged_into = c.number) as others
      """;

  /** @param kind the first two levels of the category */
  @Select("select " + COLUMNS + """
      from open_matter m join case_file c on c.number = m.case_number
      where m.lat >= #{b.south} and m.lat < #{b.north} and m.lng >= #{b.west} and m.lng < #{b.east}
        and c.category like #{kind} || '%' and\s""" + SHOWN + " order by c.opened_at desc limit 50")
  List<Found> around(Bounds b, String kind);

  @Select("select " + COLUMNS + """
      from case_file c join open_matter m on m.case_number = c.number
      where c.area_path like #{areaPath} || '%' and c.opened_at >= #{from}
        and c.category like #{kind} || '%' and\s""" + SHOWN + " order by c.opened_at desc limit 50")
  List<Found> inside(String areaPath, String kind, Instant from);

  /** Cases of one kind, a category of the first level, in one square. */
  record Counted(long x, long y, String kind, int cases, int open) {}

  /** Merged cases are counted where they were merged into. */
  @Select("""
      select floor(c.lng * #{perDegree})::bigint as x, floor(c.lat * #{perDegree})::bigint as y,
             left(c.category, 2) as kind, count(*)::int as cases, (count(*) filter (where c.open))::int as open
        from case_file c
       where c.opened_at >= #{from} and c.lng is not null and c.lat is not null and c.merged_into is null
         and c.stage <> 'withdrawn' and c.process = 'case-handling'
         and exists (select 1 from shown_category s where c.category like s.category || '%')
       group by 1, 2, 3
      """)
  List<Counted> counted(Instant from, int perDegree);

  @Select("select c.number from open_matter m join case_file c on c.number = m.case_number where m.ref = #{ref}::uuid and "
      + SHOWN)
  String number(String ref);
}

package org.closedloop.deadline.calendar;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code office_day}. */
@Mapper
interface OfficeDayMapper {

  @Select("""
      select date, kind, name, source
        from office_day
       order by date""")
  List<OfficeDay> all();

  @Select("""
      select date, kind, name, source
        from office_day
       where date between #{from} and #{to}
       order by date""")
  List<OfficeDay> between(@Param("from") LocalDate from, @Param("to") LocalDate to);

  @Select("select not exists (select from office_day)")
  boolean isEmpty();

  /** One statement for all, so that it is all or nothing; a node that starts at the same time does no harm. */
  @Insert("""
      <script>
      insert into office_day (date, kind, name, source) values
      <foreach collection="days" item="d" separator=",">(#{d.date}, #{d.kind}, #{d.name}, #{d.source})</foreach>
      on conflict (date) do nothing
      </script>""")
  void ship(@Param("days") List<OfficeDay> days);

  @Insert("""
      insert into office_day (date, kind, name, source, changed_by, changed_at)
      values (#{d.date}, #{d.kind}, #{d.name}, #{d.source}, #{by}, #{at})
      on conflict (date) do update
         set kind = excluded.kind, name = excluded.name, source = excluded.source,
             changed_by = excluded.changed_by, changed_at = excluded.changed_at""")
  void put(@Param("d") OfficeDay day, @Param("by") String by, @Param("at") OffsetDateTime at);

  @Delete("delete from office_day where date = #{date}")
  int remove(LocalDate date);
}

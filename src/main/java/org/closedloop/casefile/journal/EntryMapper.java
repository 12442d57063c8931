package org.closedloop.casefile.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code entry}. Rows are only ever added; a trigger refuses anything else. */
@Mapper
interface EntryMapper {

  @Insert("""
      insert into entry (case_number, round, at, kind, key, name, name_en, official, unit, item_id, answers, public_text,
                         instance, caller, behalf_of)
      values (#{number}, #{round}, #{at}, #{kind}, #{key}, #{name}, #{nameEn}, #{official}, #{unit}, #{itemId},
              #{answers}::jsonb, #{publicText}, #{instance}, #{caller}, #{behalfOf})
      """)
  void add(String number, int round, Instant at, String kind, String key, String name, String nameEn, String official,
      String unit, String itemId, String answers, String publicText, String instance, String caller,
      String behalfOf);

  /** Since {@code openedAt}, so that only the months in which the case lived are read. */
  @Select("""
      select id, round, at, kind, key, name, name_en, official, unit, answers::text as answers, public_text, behalf_of
      from entry where case_number = #{number} and at >= #{openedAt}::timestamptz - interval '1 day'
      order by at, id
      """)
  List<Entry> of(String number, Instant openedAt);

  /** The report, and what was said in a process instance, in the one that called it and in those it called. */
  @Select("""
      select id, round, at, kind, key, name, name_en, official, unit, answers::text as answers, public_text, behalf_of
      from entry where case_number = #{number} and at >= #{openedAt}::timestamptz - interval '1 day'
        and (kind = 'report' or instance in (#{instance}, #{caller}) or caller = #{instance})
      order by at, id
      """)
  List<Entry> around(String number, Instant openedAt, String instance, String caller);

  @Select("select ensure_entry_partitions(#{firstDay}, #{months})::text")
  String ensurePartitions(LocalDate firstDay, int months);
}

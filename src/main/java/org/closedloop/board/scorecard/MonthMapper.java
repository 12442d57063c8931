package org.closedloop.board.scorecard;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Tables {@code scorecard_month} and {@code scorecard_snapshot}: frozen months; and the rule by which they freeze. */
@Mapper
interface MonthMapper {

  record Frozen(LocalDate month, Instant frozenAt, String frozenBy) {}

  record Rule(int freezeDay, int monthsBack) {}

  record Snapshot(String body, String hash) {}

  @Select("select freeze_day, months_back from scorecard_rule")
  Rule rule();

  @Select("select month, frozen_at, frozen_by from scorecard_month where month = #{month}")
  Frozen find(LocalDate month);

  /** 0 when it is frozen already; waits for whoever is freezing it just now. */
  @Insert("""
      insert into scorecard_month (month, frozen_at, frozen_by) values (#{month}, #{at}, #{by})
      on conflict do nothing
      """)
  int add(LocalDate month, Instant at, String by);

  @Insert("""
      insert into scorecard_snapshot (month, by, body, hash)
      select #{month}, #{by}, b.body, encode(sha256(convert_to(b.body::text, 'UTF8')), 'hex')
      from (select #{body}::jsonb as body) b
      """)
  void keep(LocalDate month, String by, String body);

  @Select("select body::text as body, hash from scorecard_snapshot where month = #{month} and by = #{by}")
  Snapshot snapshot(LocalDate month, String by);

  /** The month of the first case, null while there is none. */
  @Select("select (min(opened_at) at time zone 'Asia/Shanghai')::date from case_file")
  LocalDate firstCase();
}

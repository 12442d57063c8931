package org.closedloop.notice;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code outbox}. */
@Mapper
interface OutboxMapper {

  @Insert("""
      insert into outbox (topic, case_number, unit, official, data, dedupe_key, created_at)
      select topic, case_number, unit, official, data::jsonb, dedupe_key, #{now}
      from unnest(#{topics,typeHandler=org.closedloop.casefile.TextArray},
                  #{cases,typeHandler=org.closedloop.casefile.TextArray},
                  #{units,typeHandler=org.closedloop.casefile.TextArray},
                  #{officials,typeHandler=org.closedloop.casefile.TextArray},
                  #{data,typeHandler=org.closedloop.casefile.TextArray},
                  #{keys,typeHandler=org.closedloop.casefile.TextArray})
           as e (topic, case_number, unit, official, data, dedupe_key)
      on conflict (dedupe_key) do nothing
      """)
  void add(List<String> topics, List<String> cases, List<String> units, List<String> officials, List<String> data,
      List<String> keys, Instant now);

  /** The oldest events whose recipients are not found yet; kept from other nodes until the transaction ends. */
  @Select("""
      select id, topic, case_number, unit, official, data->>'post' as post
      from outbox where expanded_at is null order by id limit #{most} for update skip locked
      """)
  List<OpenEvent> take(int most);

  @Update("""
      update outbox set expanded_at = #{now}
      where id = any(#{ids,typeHandler=org.closedloop.casefile.TextArray}::bigint[])
      """)
  void done(List<String> ids, Instant now);

  @Delete("""
      delete from outbox
      where id in (select id from outbox where created_at < #{before} order by created_at limit #{most})
      """)
  int forget(Instant before, int most);
}

package org.closedloop.notice;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;

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
}

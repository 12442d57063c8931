package org.closedloop.once;

import java.time.Instant;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code idempotency}. */
@Mapper
interface OnceMapper {

  record Stored(String operation, String bodyHash, Integer status, String answer) {}

  /** 1 when the key is ours now; 0 when somebody had it. Waits for a transaction that is just taking it. */
  @Insert("""
      insert into idempotency (actor, key, operation, body_hash, created_at)
      values (#{actor}, #{key}, #{operation}, #{bodyHash}, #{at})
      on conflict (actor, key) do nothing
      """)
  int take(String actor, String key, String operation, String bodyHash, Instant at);

  @Update("update idempotency set status = #{status}, answer = #{answer} where actor = #{actor} and key = #{key}")
  void answered(String actor, String key, int status, String answer);

  @Select("select operation, body_hash, status, answer from idempotency where actor = #{actor} and key = #{key}")
  Stored find(String actor, String key);

  @Delete("""
      delete from idempotency where ctid = any(array(
        select ctid from idempotency where created_at < #{before} order by created_at limit #{most}
        for update skip locked))
      """)
  int forget(Instant before, int most);
}

package org.closedloop.worklist.saved;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code saved_filter}. */
@Mapper
interface SavedFilterMapper {

  @Select("select list, name, query from saved_filter where official = #{official} order by saved_at, name")
  List<SavedFilter> of(String official);

  /** An older one of the same name is replaced in its place. */
  @Insert("""
      insert into saved_filter (official, list, name, query, saved_at)
      values (#{official}, #{f.list}, #{f.name}, #{f.query}, #{at})
      on conflict (official, list, name) do update set query = excluded.query
      """)
  void keep(String official, SavedFilter f, Instant at);

  @Delete("delete from saved_filter where official = #{official} and list = #{list} and name = #{name}")
  void forget(String official, String list, String name);
}

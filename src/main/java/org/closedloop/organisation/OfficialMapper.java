package org.closedloop.organisation;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code official}. The password's hash leaves it by {@link #credential} only. */
@Mapper
interface OfficialMapper {

  /** A row without posts and without anything about the password. */
  record Row(String username, String name, String unit, String phone, boolean enabled) {}

  @Select("""
      select username, name, unit, phone, enabled
        from official
       order by username""")
  List<Row> all();

  @Select("""
      select username, password_hash, enabled, must_change
        from official
       where username = #{username}""")
  Optional<Credential> credential(String username);

  @Insert("""
      insert into official (username, name, unit, phone, enabled)
      values (#{username}, #{name}, #{unit}, #{phone}, #{enabled})
      on conflict (username) do update
         set name = excluded.name, unit = excluded.unit, phone = excluded.phone, enabled = excluded.enabled""")
  void put(Row row);

  @Update("""
      update official
         set password_hash = #{hash}, must_change = #{mustChange}
       where username = #{username}""")
  int setPassword(@Param("username") String username, @Param("hash") String hash,
      @Param("mustChange") boolean mustChange);

  /** For the demo: everybody who has no password yet gets this one. */
  @Update("update official set password_hash = #{hash} where password_hash is null")
  void setMissingPasswords(String hash);
}

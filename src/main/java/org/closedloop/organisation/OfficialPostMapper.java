package org.closedloop.organisation;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code official_post}. */
@Mapper
interface OfficialPostMapper {

  record Row(String username, String post) {}

  @Select("select username, post from official_post order by username, post")
  List<Row> all();

  @Delete("delete from official_post where username = #{username}")
  void removeAll(String username);

  @Insert("insert into official_post (username, post) values (#{username}, #{post})")
  void add(@Param("username") String username, @Param("post") String post);
}

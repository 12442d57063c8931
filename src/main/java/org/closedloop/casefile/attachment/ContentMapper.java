package org.closedloop.casefile.attachment;

import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code attachment_content}: bytes in numbered parts. */
@Mapper
interface ContentMapper {

  record Part(byte[] bytes) {}

  @Insert("insert into attachment_content (attachment_id, part, bytes) values (#{id}, #{part}, #{bytes})")
  void add(String id, int part, byte[] bytes);

  /** Null behind the last part. */
  @Select("select bytes from attachment_content where attachment_id = #{id} and part = #{part}")
  Part part(String id, int part);

  @Delete("delete from attachment_content where attachment_id = #{id}")
  void delete(String id);
}

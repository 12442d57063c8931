package org.closedloop.casefile.attachment;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code attachment}. Who asks must have been found to see the case. */
@Mapper
interface AttachmentMapper {

  String COLUMNS = """
      id, case_number, kind, name, media_type, size, sha256, width, height, taken_in_round as round, uploaded_by,
      uploaded_at
      """;

  record Thumbnail(byte[] thumbnail) {}

  @Insert("""
      insert into attachment (id, case_number, kind, name, media_type, size, sha256, width, height, taken_in_round,
                              uploaded_by, uploaded_at, thumbnail)
      values (#{a.id}, #{a.caseNumber}, #{a.kind}, #{a.name}, #{a.mediaType}, #{a.size}, #{a.sha256}, #{a.width},
              #{a.height}, #{a.round}, #{a.uploadedBy}, #{a.uploadedAt}, #{thumbnail})
      """)
  void add(Attachment a, byte[] thumbnail);

  @Select("select " + COLUMNS + " from attachment where id = #{id}")
  Attachment find(String id);

  @Select("select " + COLUMNS + " from attachment where case_number = #{caseNumber} order by uploaded_at, id")
  List<Attachment> of(String caseNumber);

  @Select("select count(*) from attachment where case_number = #{caseNumber}")
  int count(String caseNumber);

  @Select("select count(*) from attachment where case_number = #{caseNumber} and uploaded_by is null")
  int countOfReporter(String caseNumber);

  @Select("select thumbnail from attachment where id = #{id} and thumbnail is not null")
  Thumbnail thumbnail(String id);
}

package org.closedloop.notice.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Table {@code notice}. Every statement for a page names the recipient: nobody reads what others were told. */
@Mapper
interface NoticeMapper {

  /** A notice with what it was made of; {@code caseTitle} null where this sight does not show the case (any more). */
  record Row(long id, String topic, String caseNumber, String caseTitle, String unit, String data, Instant at,
      Instant readAt) {}

  String ROWS = """
      select n.id, o.topic, o.case_number, c.title as case_title, o.unit, o.data::text as data, n.at, n.read_at
      from notice n join outbox o on o.id = n.outbox_id
           left join case_file c on c.number = o.case_number and
      """ + CaseSight.PREDICATE;

  @Insert("""
      insert into notice (outbox_id, recipient, at)
      select o.id, n.recipient, o.created_at
      from unnest(#{outbox,typeHandler=org.closedloop.casefile.TextArray}::bigint[],
                  #{recipients,typeHandler=org.closedloop.casefile.TextArray}) as n (outbox_id, recipient)
           join outbox o on o.id = n.outbox_id
      on conflict (outbox_id, recipient) do nothing
      """)
  void add(List<String> outbox, List<String> recipients);

  @Select("<script>" + ROWS + """
      where n.recipient = #{recipient}
      <if test="unread"> and n.read_at is null</if>
      <if test="before != null"> and n.id &lt; #{before}</if>
      order by n.id desc limit #{most}
      </script>
      """)
  List<Row> page(Sight sight, String recipient, boolean unread, Long before, int most);

  @Select(ROWS + """
      where n.id = #{id} and n.recipient = #{recipient}
      """)
  Optional<Row> one(Sight sight, long id, String recipient);

  @Select("select count(*) from notice where recipient = #{recipient} and read_at is null")
  long unread(String recipient);

  @Update("""
      update notice set read_at = #{now}
      where recipient = #{recipient} and read_at is null
        and id = any(#{ids,typeHandler=org.closedloop.casefile.TextArray}::bigint[])
      """)
  int read(String recipient, List<String> ids, Instant now);

  @Update("update notice set read_at = #{now} where recipient = #{recipient} and read_at is null and id <= #{upTo}")
  int readAll(String recipient, long upTo, Instant now);
}

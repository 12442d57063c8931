package org.closedloop.notice.rule;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code notice_rule}. */
@Mapper
interface NoticeRuleMapper {

  /** A row as it lies in the table; the channels in one text, blanks between them. */
  record Row(String topic, String recipient, String channels, String quiet, boolean digest) {

    NoticeRule rule() {
      return new NoticeRule(topic, recipient, List.of(channels.split(" ")), quiet, digest);
    }

    static Row of(NoticeRule r) {
      return new Row(r.topic(), r.recipient(), String.join(" ", r.channels()), r.quiet(), r.digest());
    }
  }

  @Select("""
      select topic, recipient, array_to_string(channels, ' ') as channels, quiet, digest
      from notice_rule order by topic, recipient
      """)
  List<Row> all();

  @Delete("delete from notice_rule")
  void clear();

  @Insert("""
      insert into notice_rule (topic, recipient, channels, quiet, digest)
      values (#{topic}, #{recipient}, string_to_array(#{channels}, ' '), #{quiet}, #{digest})
      on conflict (topic, recipient) do nothing
      """)
  void add(Row rule);
}

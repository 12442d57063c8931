package org.closedloop.notice.contact;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code official_contact}. */
@Mapper
interface ContactMapper {

  @Select("""
      select username, email, webhook, quiet_from, quiet_to, quiet_days_off
      from official_contact where username = #{username}
      """)
  Optional<Contact> of(String username);

  @Select("""
      select username, email, webhook, quiet_from, quiet_to, quiet_days_off from official_contact
      where username = any(#{usernames,typeHandler=org.closedloop.casefile.TextArray})
      """)
  List<Contact> ofAll(List<String> usernames);

  @Insert("""
      insert into official_contact (username, email, webhook, quiet_from, quiet_to, quiet_days_off)
      values (#{username}, #{email}, #{webhook}, #{quietFrom}, #{quietTo}, #{quietDaysOff})
      on conflict (username) do update set email = excluded.email, webhook = excluded.webhook,
        quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, quiet_days_off = excluded.quiet_days_off
      """)
  void put(Contact contact);
}

package org.closedloop.casefile.suggest;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Cases that were accepted, each under the category it has now: a later correction counts. */
@Mapper
interface ConfirmedMapper {

  /** @param position grows with every acceptance, though not without gaps nor strictly in the order of commits */
  record Confirmed(long position, String category, String title, String text) {}

  /** The position after which there are at most so many acceptances. */
  @Select("""
      select coalesce((select id from milestone where key = 'accepted' order by id desc offset #{most} limit 1), 0)
      """)
  long before(int most);

  /** Acceptances after the position, the oldest first, at most so many. */
  @Select("select id from milestone where key = 'accepted' and id > #{after} order by id limit #{most}")
  List<Long> after(long after, int most);

  /** The acceptances from one position to another, both included; of the text the first {@code longest} characters. */
  @Select("""
      select m.id as position, c.category, c.title, left(c.description, #{longest}) as text
        from milestone m join case_file c on c.number = m.case_number
       where m.key = 'accepted' and m.id between #{from} and #{to}
         and c.category is not null
      """)
  List<Confirmed> between(long from, long to, int longest);
}

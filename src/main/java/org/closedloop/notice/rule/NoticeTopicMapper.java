package org.closedloop.notice.rule;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code notice_topic}. */
@Mapper
interface NoticeTopicMapper {

  @Select("select topic, title_zh, title_en, text_zh, text_en from notice_topic order by topic")
  List<NoticeTopic> all();

  /** Answers 1 when it was not there. */
  @Insert("""
      insert into notice_topic (topic, title_zh, title_en, text_zh, text_en)
      values (#{topic}, #{titleZh}, #{titleEn}, #{textZh}, #{textEn})
      on conflict (topic) do nothing
      """)
  int ship(NoticeTopic topic);

  @Insert("""
      insert into notice_topic (topic, title_zh, title_en, text_zh, text_en)
      values (#{topic}, #{titleZh}, #{titleEn}, #{textZh}, #{textEn})
      on conflict (topic) do update set title_zh = excluded.title_zh, title_en = excluded.title_en,
        text_zh = excluded.text_zh, text_en = excluded.text_en
      """)
  void put(NoticeTopic topic);
}

package org.closedloop.worklist.reply;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code reply_template}. */
@Mapper
interface ReplyTemplateMapper {

  @Select("""
      select id, field, title, title_en, text, category, unit, active from reply_template
      order by field, category nulls first, unit nulls first, id
      """)
  List<ReplyTemplate> all();

  /** Those offered at a task, the most specific first: of the category and the unit, of the category, of the unit. */
  @Select("""
      select id, field, title, title_en, text, category, unit, active from reply_template
      where active and split_part(field, '.', 1) = #{task}
        and (category is null or starts_with(cast(#{category} as text), category))
        and (unit is null or unit = #{unit})
      order by category is not null and unit is not null desc, category is not null desc, unit is not null desc,
        length(category) desc, id
      """)
  List<ReplyTemplate> fitting(String task, String category, String unit);

  @Select(value = """
      insert into reply_template (field, title, title_en, text, category, unit, active)
      values (#{field}, #{title}, #{titleEn}, #{text}, #{category}, #{unit}, #{active})
      returning id
      """, affectData = true)
  long add(ReplyTemplate template);

  @Update("""
      update reply_template set field = #{field}, title = #{title}, title_en = #{titleEn}, text = #{text},
        category = #{category}, unit = #{unit}, active = #{active}
      where id = #{id}
      """)
  void put(ReplyTemplate template);

  @Delete("delete from reply_template where id = #{id}")
  void remove(long id);

  /** Keeps every other writer waiting until this transaction ends; readers go on. */
  @Update("lock table reply_template in share row exclusive mode")
  void oneWriter();

  /** Whether there was ever a template: what a county has deleted is not shipped once more. */
  @Select("select last_value > 1 or is_called from reply_template_id_seq")
  boolean begun();
}

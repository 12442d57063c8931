package org.closedloop.casefile.category;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code category}. Rows are never deleted: old cases name them. */
@Mapper
interface CategoryMapper {

  /** The whole tree, every category after the one above it. */
  @Select("select code, level, parent, name, name_en, retired from category order by code")
  List<Category> all();

  @Insert("""
      insert into category (code, level, parent, name, name_en, retired)
      values (#{code}, #{level}, #{parent}, #{name}, #{nameEn}, #{retired})
      on conflict (code) do update
        set name = excluded.name, name_en = excluded.name_en, retired = excluded.retired
      """)
  void put(Category category);
}

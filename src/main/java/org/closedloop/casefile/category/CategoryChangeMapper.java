package org.closedloop.casefile.category;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code category_change}: the counter by which nodes learn that the tree changed. */
@Mapper
interface CategoryChangeMapper {

  @Select("select number from category_change")
  long number();

  /** Counts one change and keeps every other writer waiting until this transaction ends. */
  @Update("update category_change set number = number + 1")
  void count();
}

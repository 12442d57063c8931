package org.closedloop.engine.running;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The engine's open tasks beside the table of open items. Compared in the database: there may be a million of each. */
@Mapper
interface OpenTaskMapper {

  /** @param missing open in the engine and not in the table; else the other way round */
  record Odd(String id, boolean missing) {}

  /** One statement, so that work that goes on meanwhile is no difference; at most so many of each kind. */
  @Select("""
      (select t.id_ as id, true as missing from act_ru_task t
        where not exists (select 1 from work_item w where w.item_id = t.id_) limit #{most})
      union all
      (select w.item_id, false from work_item w
        where w.first and not exists (select 1 from act_ru_task t where t.id_ = w.item_id) limit #{most})""")
  List<Odd> odd(@Param("most") int most);
}

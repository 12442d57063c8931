package org.closedloop.organisation;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code unit}. */
@Mapper
interface UnitMapper {

  @Select("""
      select code, name, kind, parent, area
        from unit
       order by code""")
  List<UnitRow> all();

  @Insert("""
      insert into unit (code, name, kind, parent, area)
      values (#{code}, #{name}, #{kind}, #{parent}, #{area})
      on conflict (code) do update
         set name = excluded.name, kind = excluded.kind, parent = excluded.parent, area = excluded.area""")
  void put(UnitRow unit);
}

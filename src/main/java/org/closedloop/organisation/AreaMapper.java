package org.closedloop.organisation;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code area}. */
@Mapper
interface AreaMapper {

  @Select("""
      select code, name, level, parent, path
        from area
       order by code""")
  List<Area> all();

  @Insert("""
      insert into area (code, name, level, parent, path)
      values (#{code}, #{name}, #{level}, #{parent}, #{path})
      on conflict (code) do update set name = excluded.name""")
  void put(Area area);
}

package org.closedloop.dutylist;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code duty_row}. Rows come in with their version and never change. */
@Mapper
interface DutyRowMapper {

  String COLUMNS = "version, row_no, category, area, unit, basis, since, direct, note";

  /** Every row that speaks of one of the categories and one of the areas, in the order of the list. */
  @Select("<script>select " + COLUMNS + """
       from duty_row
      where version = #{version}
        and category in <foreach item="c" collection="categories" open="(" separator="," close=")">#{c}</foreach>
        and area in <foreach item="a" collection="areas" open="(" separator="," close=")">#{a}</foreach>
      order by row_no
      </script>""")
  List<DutyRow> about(int version, Collection<String> categories, Collection<String> areas);

  /**
   * One page in the order of the list.
   *
   * @param category this category and everything below; null for all
   * @param unit     null for all
   */
  @Select("<script>select " + COLUMNS + """
       from duty_row
      where version = #{version} and row_no &gt; #{after}
        <if test="category != null"> and left(category, length(#{category})) = #{category}</if>
        <if test="unit != null"> and unit = #{unit}</if>
      order by row_no limit #{limit}
      </script>""")
  List<DutyRow> page(int version, int after, String category, String unit, int limit);

  @Select("select " + COLUMNS + " from duty_row where version = #{version} order by row_no")
  List<DutyRow> all(int version);

  @Insert("""
      insert into duty_row (version, row_no, category, area, unit, basis, since, direct, note)
      values (#{version}, #{rowNo}, #{category}, #{area}, #{unit}, #{basis}, #{since}, #{direct}, #{note})
      """)
  void add(DutyRow row);
}

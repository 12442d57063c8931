package org.closedloop.dutylist;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code duty_row}. Rows of what was in force never change. */
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
   * @param area     this area; null for all
   * @param words    pattern over basis and note; null for all
   */
  @Select("<script>select " + COLUMNS + """
       from duty_row
      where version = #{version} and row_no &gt; #{after}
        <if test="category != null"> and left(category, length(#{category})) = #{category}</if>
        <if test="unit != null"> and unit = #{unit}</if>
        <if test="area != null"> and area = #{area}</if>
        <if test="words != null"> and (basis ilike #{words} or note ilike #{words})</if>
      order by row_no limit #{limit}
      </script>""")
  List<DutyRow> page(int version, int after, String category, String unit, String area, String words, int limit);

  @Select("select " + COLUMNS + " from duty_row where version = #{version} and row_no = #{number}")
  Optional<DutyRow> find(int version, int number);

  @Select("select coalesce(max(row_no), 0) from duty_row where version = #{version}")
  int last(int version);

  @Select("select " + COLUMNS + " from duty_row where version = #{version} order by row_no")
  List<DutyRow> all(int version);

  @Insert("""
      insert into duty_row (version, row_no, category, area, unit, basis, since, direct, note)
      values (#{version}, #{rowNo}, #{category}, #{area}, #{unit}, #{basis}, #{since}, #{direct}, #{note})
      """)
  void add(DutyRow row);

  /** For drafts only. */
  @Insert("""
      insert into duty_row (version, row_no, category, area, unit, basis, since, direct, note)
      values (#{version}, #{rowNo}, #{category}, #{area}, #{unit}, #{basis}, #{since}, #{direct}, #{note})
      on conflict (version, row_no) do update
         set category = excluded.category, area = excluded.area, unit = excluded.unit, basis = excluded.basis,
             since = excluded.since, direct = excluded.direct, note = excluded.note
      """)
  void put(DutyRow row);

  @Insert("""
      insert into duty_row (version, row_no, category, area, unit, basis, since, direct, note)
      select #{to}, row_no, category, area, unit, basis, since, direct, note from duty_row where version = #{from}
      """)
  void copy(int from, int to);

  @Delete("delete from duty_row where version = #{version} and row_no = #{number}")
  void remove(int version, int number);

  @Delete("delete from duty_row where version = #{version}")
  void removeAll(int version);
}

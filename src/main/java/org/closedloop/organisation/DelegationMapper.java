package org.closedloop.organisation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code delegation}. Rows are never deleted. */
@Mapper
interface DelegationMapper {

  String COLUMNS = "id, absent, delegate, from_at, until_at, reason, made_by, made_at, ended_by, ended_at";

  /** What a form asks for; {@code id} is given by the database. */
  final class New {
    private long id;

    public void setId(long id) {
      this.id = id;
    }

    long id() {
      return id;
    }
  }

  /** Those that run or are still to come. */
  @Select("select " + COLUMNS + " from delegation where ended_at is null and until_at > #{now} order by from_at, id")
  List<Delegation> ahead(Instant now);

  @Select("select " + COLUMNS + " from delegation where id = #{id}")
  Optional<Delegation> find(long id);

  /**
   * The newest first, from below {@code before}.
   *
   * @param official absent or delegate; null for everybody
   * @param unit     of the absent; null for all
   */
  @Select("<script>select " + COLUMNS + """
       from delegation d
      where d.id &lt; #{before}
      <if test="official != null"> and (d.absent = #{official} or d.delegate = #{official})</if>
      <if test="unit != null"> and (select o.unit from official o where o.username = d.absent) = #{unit}</if>
      <if test="running"> and d.ended_at is null and d.until_at > #{now}</if>
      order by d.id desc limit #{rows}
      </script>""")
  List<Delegation> page(String official, String unit, boolean running, Instant now, long before, int rows);

  @Insert("""
      insert into delegation (absent, delegate, from_at, until_at, reason, made_by, made_at)
      values (#{d.absent}, #{d.delegate}, #{d.fromAt}, #{d.untilAt}, #{d.reason}, #{d.madeBy}, #{d.madeAt})
      """)
  @Options(useGeneratedKeys = true, keyProperty = "made.id", keyColumn = "id")
  void add(@Param("d") Delegation delegation, @Param("made") New made);

  @Update("update delegation set ended_by = #{by}, ended_at = #{at} where id = #{id} and ended_at is null")
  int end(long id, String by, Instant at);
}

package org.closedloop.dutylist;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code duty_list_version}. */
@Mapper
interface DutyListVersionMapper {

  String VERSION = """
      select v.id, v.status, v.note, v.created_by, v.created_at, v.published_by, v.valid_from, v.valid_until,
             (select count(*)::int from duty_row r where r.version = v.id) as rows, v.planned_for
        from duty_list_version v
      """;

  /** The number of the version in force. */
  @Select("select id from duty_list_version where status = 'current'")
  Optional<Integer> current();

  @Select(VERSION + " where v.id = #{id}")
  Optional<DutyListVersion> byId(int id);

  @Select(VERSION + " where v.id < #{before} order by v.id desc limit #{limit}")
  List<DutyListVersion> page(int before, int limit);

  /** Keeps every other writer waiting until this transaction ends: numbers follow each other without gaps. */
  @Update("lock table duty_list_version in share row exclusive mode")
  void lock();

  @Select("select coalesce(max(id), 0) + 1 from duty_list_version")
  int nextId();

  @Insert("""
      insert into duty_list_version (id, status, note, created_by, created_at)
      values (#{id}, 'draft', #{note}, #{by}, #{at})
      """)
  void addDraft(int id, String note, String by, Instant at);

  /** @param on null takes the plan back */
  @Update("update duty_list_version set planned_for = #{on}, planned_by = #{by} where id = #{id} and status = 'draft'")
  int plan(int id, LocalDate on, String by);

  /** A draft whose day has come, and who set it. */
  record Due(int id, String plannedBy) {}

  @Select("""
      select id, planned_by from duty_list_version
       where status = 'draft' and planned_for <= #{today} order by planned_for, id""")
  List<Due> due(LocalDate today);

  @Delete("delete from duty_list_version where id = #{id} and status = 'draft'")
  int remove(int id);

  @Update("update duty_list_version set status = 'past', valid_until = #{at} where status = 'current'")
  void endCurrent(Instant at);

  /** @return 1 when it was a draft and is now current, else 0 */
  @Update("""
      update duty_list_version set status = 'current', published_by = #{by}, valid_from = #{at}
       where id = #{id} and status = 'draft'
      """)
  int putInForce(int id, String by, Instant at);
}

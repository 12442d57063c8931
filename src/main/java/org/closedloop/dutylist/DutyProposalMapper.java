package org.closedloop.dutylist;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code duty_proposal}. */
@Mapper
interface DutyProposalMapper {

  String COLUMNS = "id, category, area, unit, basis, case_number, proposed_by, proposed_at, status, decided_by, "
      + "decided_at, note, version";

  @Insert("""
      insert into duty_proposal (category, area, unit, basis, case_number, proposed_by, proposed_at, status)
      values (#{category}, #{area}, #{unit}, #{basis}, #{caseNumber}, #{by}, #{at}, 'open')
      """)
  void add(String category, String area, String unit, String basis, String caseNumber, String by, Instant at);

  /** The newest first. @param status null for all */
  @Select("<script>select " + COLUMNS + """
       from duty_proposal where id &lt; #{before}
        <if test="status != null"> and status = #{status}</if>
      order by id desc limit #{limit}
      </script>""")
  List<DutyProposal> page(String status, long before, int limit);

  @Select("select " + COLUMNS + " from duty_proposal where id = #{id} for update")
  Optional<DutyProposal> lock(long id);

  @Update("""
      update duty_proposal set status = #{status}, decided_by = #{by}, decided_at = #{at}, note = #{note},
             version = #{version}
       where id = #{id} and status = 'open'
      """)
  int decide(long id, String status, String by, Instant at, String note, Integer version);
}

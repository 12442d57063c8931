package org.closedloop.whistle;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code whistle_mark}. */
@Mapper
interface MarkMapper {

  /** @param appealOutcome {@code upheld} or {@code refused}; null without an appeal, and while it is undecided */
  record Mark(String caseNumber, String department, int arrival, int effort, int result, String remark,
      String markedBy, Instant markedAt, Instant appealedAt, String appealedBy, String appealOutcome, String decidedBy,
      Instant finalAt) {}

  /** The facts are copied from the department's latest call. */
  @Insert("""
      insert into whistle_mark (case_number, department, kind, called_at, checked_in_at, late, distance, arrival, effort,
                                result, remark, marked_by, marked_at)
      select case_number, department, kind, called_at, checked_in_at, late or checked_in_at is null, distance, #{arrival},
             #{effort}, #{result}, #{remark}, #{by}, #{at}
        from whistle_call
       where case_number = #{number} and department = #{department}
       order by turn desc
       limit 1""")
  void add(String number, String department, int arrival, int effort, int result, String remark, String by, Instant at);

  @Select("""
      select case_number, department, arrival, effort, result, remark, marked_by, marked_at, appealed_at, appealed_by,
             appeal_outcome, decided_by, final_at
        from whistle_mark where case_number = #{number} order by department""")
  List<Mark> of(String number);

  @Update("""
      update whistle_mark set appealed_at = #{at}, appealed_by = #{by}
       where case_number = #{number} and department = #{department}""")
  void appealed(String number, String department, String by, Instant at);

  @Update("""
      update whistle_mark set arrival = #{arrival}, effort = #{effort}, result = #{result}
       where case_number = #{number} and department = #{department}""")
  void marks(String number, String department, int arrival, int effort, int result);

  @Update("""
      update whistle_mark set appeal_outcome = #{outcome}, decided_by = #{by}
       where case_number = #{number} and department = #{department}""")
  void decided(String number, String department, String outcome, String by);

  @Update("update whistle_mark set final_at = #{at} where case_number = #{number} and department = #{department}")
  void beyondAppeal(String number, String department, Instant at);
}

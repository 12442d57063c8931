package org.closedloop.whistle;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Table {@code whistle_call}. Everything after the call itself is about the department's latest call of that whistle. */
@Mapper
interface CallMapper {

  /**
   * @param turn       in which turn of the whistle it was called
   * @param dueAt      until when it had to check in
   * @param objection  {@code upheld} or {@code refused}; null without one, and while it is undecided
   * @param accuracy   of the place, metres, as the phone said
   * @param distance   metres from the spot, null when either place is unknown
   * @param outcome    of its own result: {@code done, partly, nothing}
   * @param release    {@code objection} or {@code township}; null while it is wanted
   */
  record Call(String caseNumber, int turn, String department, String kind, Instant calledAt, Instant dueAt,
      Instant objectedAt, String objectedBy, String objection, Instant noShowAt, Instant checkedInAt,
      String checkedInBy, boolean late, Double lng, Double lat, Double accuracy, Integer distance, Instant filedAt,
      String outcome, Instant releasedAt, String releasedBy, String release) {

    /** Neither done nor sent home. */
    boolean open() {
      return filedAt == null && releasedAt == null;
    }
  }

  String COLUMNS = """
      case_number, turn, department, kind, called_at, due_at, objected_at, objected_by, objection, no_show_at,
      checked_in_at, checked_in_by, late, lng, lat, accuracy, distance, filed_at, outcome, released_at, released_by,
      release
      """;

  String LATEST = """
       where case_number = #{number} and department = #{department}
         and turn = (select max(turn) from whistle_call where case_number = #{number} and department = #{department})
      """;

  /** @return 0 when it is called in this turn already */
  @Insert("""
      insert into whistle_call (case_number, turn, department, kind, called_at, due_at)
      values (#{number}, #{turn}, #{department}, #{kind}, #{at}, #{dueAt})
      on conflict do nothing""")
  int add(String number, int turn, String department, String kind, Instant at, Instant dueAt);

  /** In the order in which they were called. */
  @Select("select " + COLUMNS + " from whistle_call where case_number = #{number} order by turn, called_at, department")
  List<Call> of(String number);

  @Select("select " + COLUMNS + " from whistle_call" + LATEST)
  Call latest(String number, String department);

  @Update("update whistle_call set due_at = #{dueAt}" + LATEST + " and checked_in_at is null")
  int due(String number, String department, Instant dueAt);

  @Update("update whistle_call set objected_at = #{at}, objected_by = #{by}" + LATEST)
  void objected(String number, String department, String by, Instant at);

  @Update("update whistle_call set objection = #{objection}" + LATEST)
  void objectionDecided(String number, String department, String objection);

  @Update("update whistle_call set no_show_at = #{at}" + LATEST + " and checked_in_at is null")
  void noShow(String number, String department, Instant at);

  @Update("""
      update whistle_call set checked_in_at = #{at}, checked_in_by = #{by}, late = #{late}, lng = #{spot.lng},
             lat = #{spot.lat}, accuracy = #{accuracy}, distance = #{distance}
      """ + LATEST)
  void checkedIn(String number, String department, String by, boolean late, Spot spot, Double accuracy,
      Integer distance, Instant at);

  @Update("update whistle_call set filed_at = #{at}, outcome = #{outcome}" + LATEST)
  void filed(String number, String department, String outcome, Instant at);

  @Update("update whistle_call set released_at = #{at}, released_by = #{by}, release = #{release}" + LATEST)
  void released(String number, String department, String by, String release, Instant at);

  /** All that are neither done nor sent home. */
  @Update("""
      update whistle_call set released_at = #{at}, released_by = #{by}, release = 'township'
       where case_number = #{number} and filed_at is null and released_at is null""")
  void releasedAll(String number, String by, Instant at);

  /**
   * @param title null when the reader may not see that whistle
   */
  record Other(String department, String number, String title, Instant calledAt, boolean checkedIn) {}

  /** Open calls of these departments by other whistles, oldest first: where their people are already wanted. */
  @Select("""
      select o.department, o.case_number as number, case when\s""" + CaseSight.PREDICATE + """
             then c.title end as title, o.called_at, o.checked_in_at is not null as checked_in
        from whistle_call o
        join case_file c on c.number = o.case_number
       where o.department = any(#{departments,typeHandler=org.closedloop.casefile.TextArray})
         and o.case_number <> #{number} and c.open and o.filed_at is null and o.released_at is null
       order by o.called_at, o.case_number
       limit 200""")
  List<Other> elsewhere(String number, List<String> departments, Sight sight);
}

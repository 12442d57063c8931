package org.closedloop.whistle;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code whistle}. */
@Mapper
interface WhistleMapper {

  /** @param lng with {@code lat} the spot, both null when it is unknown */
  record Whistle(String caseNumber, String kind, String matter, Instant neededAt, String place, Double lng, Double lat,
      String leadDepartment, int turn, Instant soundedAt, Instant confirmedAt) {

    Spot spot() {
      return Spot.of(lng, lat);
    }
  }

  @Insert("""
      insert into whistle (case_number, kind, matter, needed_at, place, lng, lat, lead_department, sounded_at)
      values (#{caseNumber}, #{kind}, #{matter}, #{neededAt}, #{place}, #{lng}, #{lat}, #{leadDepartment}, #{soundedAt})
      """)
  void add(Whistle whistle);

  @Select("""
      select case_number, kind, matter, needed_at, place, lng, lat, lead_department, turn, sounded_at, confirmed_at
        from whistle where case_number = #{number}""")
  Whistle find(String number);

  @Update("""
      update whistle set confirmed_at = #{at}, lead_department = coalesce(#{leadDepartment}, lead_department)
       where case_number = #{number}""")
  void confirm(String number, String leadDepartment, Instant at);

  @Update("update whistle set turn = turn + 1 where case_number = #{number}")
  void again(String number);
}

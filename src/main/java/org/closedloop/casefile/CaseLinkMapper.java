package org.closedloop.casefile;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code case_link}: which case was opened from which. */
@Mapper
interface CaseLinkMapper {

  /** @param kind the type of the linked case */
  record CaseLink(String linked, String kind) {}

  @Insert("insert into case_link (case_number, linked, kind, at) values (#{number}, #{linked}, #{kind}, #{at})")
  void add(String number, String linked, String kind, Instant at);

  @Select("select linked, kind from case_link where case_number = #{number} order by at, linked")
  List<CaseLink> of(String number);

  @Select("select case_number from case_link where linked = #{number}")
  String openedFrom(String number);
}

package org.closedloop.alert.stream;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.closedloop.alert.Alert;
import org.closedloop.casefile.CaseSight;
import org.closedloop.organisation.Sight;

/** Reads table {@code alert} in the order of the stream. */
@Mapper
interface StreamMapper {

  /** The newest position, 0 when there is none. */
  @Select("select coalesce(max(position), 0) from alert")
  long top();

  /** What this sight shows of the positions above {@code from} up to {@code to}, in order. */
  @Select("select " + Alert.COLUMNS + " from " + Alert.TABLES + """
       where a.position > #{from} and a.position <= #{to} and
      """ + CaseSight.PREDICATE + """
       order by a.position
       limit #{rows}""")
  List<Alert> after(@Param("sight") Sight sight, @Param("from") long from, @Param("to") long to,
      @Param("now") Instant now, @Param("rows") int rows);
}

package org.closedloop.board.scorecard;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Table {@code scorecard_weight}: one row per rate that may be weighed. */
@Mapper
interface WeightMapper {

  record Weight(String rate, int weight) {}

  @Select("select rate, weight from scorecard_weight order by weight desc, rate")
  List<Weight> all();

  @Select("select rate from scorecard_weight order by rate for update")
  List<String> lock();

  @Update("update scorecard_weight set weight = #{weight} where rate = #{rate}")
  void set(String rate, int weight);
}

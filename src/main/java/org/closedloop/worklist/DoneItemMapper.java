package org.closedloop.worklist;

import java.time.Instant;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code done_item}: items no longer open, who did them and when. */
@Mapper
interface DoneItemMapper {

  @Insert("""
      insert into done_item (item_id, case_number, task, round, outcome, official, unit, created_at, due_at, at)
      values (#{i.itemId}, #{i.caseNumber}, #{i.task}, #{i.round}, #{outcome}, #{official}, #{unit}, #{i.createdAt},
              #{i.dueAt}, #{at})
      """)
  void add(WorkItem i, String outcome, String official, String unit, Instant at);

  @Select("select item_id, case_number, task, outcome, official, unit, at from done_item where item_id = #{itemId}")
  DoneItem find(String itemId);

  /** The unit that completed a task last in this round of the case, null when nobody has. */
  @Select("""
      select unit from done_item
      where case_number = #{number} and round = #{round} and task = #{task} and outcome = 'completed'
      order by at desc limit 1
      """)
  String unitOf(String number, int round, String task);

  /** @param outcome completed or cancelled; @param official who completed it, null when it was cancelled */
  record DoneItem(String itemId, String caseNumber, String task, String outcome, String official, String unit,
      Instant at) {}
}

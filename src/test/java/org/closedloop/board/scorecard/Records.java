package org.closedloop.board.scorecard;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Cases of one month as the records of finished work would say them, written straight into the tables. Times are said as
 * {@code day 12, hour 18} of the month in local time; day 32 and later lie in the next.
 */
final class Records {

  static final String CENTRE = "140929-cc";
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final JdbcClient sql;
  private final YearMonth month;
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, Case> cases = new LinkedHashMap<>();

  Records(JdbcClient sql, YearMonth month) {
    this.sql = sql;
    this.month = month;
  }

  OffsetDateTime at(double day) {
    LocalDateTime first = month.atDay(1).atStartOfDay();
    return first.plusSeconds(Math.round((day - 1) * 86_400)).atZone(ZONE).toOffsetDateTime();
  }

  Case open(String name) {
    return open(name, "case-handling", "140929100");
  }

  Case open(String name, String process, String area) {
    String number = "T" + run + "-" + name;
    sql.sql("""
        insert into case_file (number, process, title, description, category, area, area_path, urgency, channel, stage,
                               open, tracking_code, opened_at)
        values (:number, :process, '考评用例', '说明', '0101', :area, '140929/' || :area || '/', 'ordinary', '12345',
                'accept', true, :code, :at)
        """).param("number", number).param("process", process).param("area", area)
        .param("code", UUID.randomUUID().toString()).param("at", at(1)).update();
    Case made = new Case(number, process);
    cases.put(name, made);
    return made;
  }

  String number(String name) {
    return cases.get(name).number;
  }

  /** Nothing of these cases runs on, so that no sweep and no board of another test meets them. */
  void end() {
    cases.values().forEach(c -> {
      sql.sql("update clock set ended_at = due_at where case_number = ? and ended_at is null").param(c.number).update();
      sql.sql("update case_file set open = false, closed_at = opened_at where number = ? and open").param(c.number)
          .update();
    });
  }

  /** One case; every method says what was recorded and gives the case back. */
  final class Case {

    private final String number;
    private final String process;
    private int round = 1;

    private Case(String number, String process) {
      this.number = number;
      this.process = process;
    }

    /** A stage done: its work item was completed. */
    Case stage(String key, String unit, double due, double ended) {
      return clock(key, "stage", unit, due, ended, null, "completed");
    }

    /** A stage whose work item was taken away. */
    Case taken(String key, String unit, double due, double ended) {
      return clock(key, "stage", unit, due, ended, null, "cancelled");
    }

    Case running(String key, String unit, double due) {
      return clock(key, "stage", unit, due, null, null, null);
    }

    Case stopped(String key, String unit, double due, double since) {
      return clock(key, "stage", unit, due, null, since, null);
    }

    /** A department was called and had to be there at {@code due}. */
    Case called(String unit, double due, Double came) {
      sql.sql("""
          insert into whistle_call (case_number, turn, department, kind, called_at, due_at, checked_in_at, late)
          values (?, 1, ?, 'key-work', ?, ?, ?, ?)
          """).params(number, unit, at(1), at(due), came == null ? null : at(came), came != null && came > due)
          .update();
      return unit(unit, "co-handling", 1);
    }

    Case released(String unit, String why, double at) {
      sql.sql("update whistle_call set release = ?, released_at = ? where case_number = ? and department = ?")
          .params(why, at(at), number, unit).update();
      return this;
    }

    Case marked(String unit, double at, int arrival, int effort, int result) {
      sql.sql("""
          insert into whistle_mark (case_number, department, kind, called_at, late, arrival, effort, result, marked_by,
                                    marked_at)
          values (?, ?, 'key-work', ?, false, ?, ?, ?, '140929100.handler', ?)
          """).params(number, unit, at(1), arrival, effort, result, at(at)).update();
      return this;
    }

    private Case clock(String key, String kind, String unit, double due, Double ended, Double paused, String outcome) {
      String item = UUID.randomUUID().toString();
      sql.sql("""
          insert into clock (case_number, process, process_instance, key, kind, activity, item_id, unit_code, round,
                             started_at, amount, unit, warn_fraction, warn_at, due_at, original_due_at, laid_from,
                             warn_before, paused_since, remaining, ended_at)
          values (:number, :process, :number, :key, :kind, :key, :item, :unit, :round, :from, 1, 'DAYS', 0.75, :due,
                  :due, :due, :from, 0, :paused, case when cast(:paused as timestamptz) is null then null else 1 end,
                  :ended)
          """).param("number", number).param("process", process).param("key", key).param("kind", kind)
          .param("item", item).param("unit", unit).param("round", round).param("from", at(1)).param("due", at(due))
          .param("paused", paused == null ? null : at(paused)).param("ended", ended == null ? null : at(ended)).update();
      // what happened long ago raises nothing now
      sql.sql("delete from clock_moment m using clock k where k.id = m.clock_id and k.case_number = ?").param(number).update();
      if (outcome != null) {
        sql.sql("""
            insert into done_item (item_id, case_number, task, round, outcome, unit, created_at, at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """).params(item, number, key, round, outcome, unit, at(1), at(ended)).update();
      }
      return this;
    }

    Case lead(String unit, double since) {
      sql.sql("update case_file set lead_unit = ? where number = ?").params(unit, number).update();
      return unit(unit, "lead", since);
    }

    private Case unit(String unit, String role, double since) {
      sql.sql("insert into case_unit (case_number, unit, role, since) values (?, ?, ?, ?) on conflict do nothing")
          .params(number, unit, role, at(since)).update();
      return this;
    }

    Case card(String level, String unit, double at, Double lifted) {
      sql.sql("""
          insert into alert (level, at, case_number, process, task, episode, unit, lifted_by, lifted_at)
          values (?, ?, ?, ?, 'handle', 0, ?, ?, ?)
          """).params(level, at(at), number, process, unit, lifted == null ? null : "supervisor",
              lifted == null ? null : at(lifted)).update();
      return this;
    }

    Case reached(String milestone, double at) {
      sql.sql("insert into milestone (case_number, key, name, name_en, round, at) values (?, ?, '节点', 'milestone', ?, ?)")
          .params(number, milestone, round, at(at)).update();
      return this;
    }

    Case returned(String unit, double at) {
      sql.sql("""
          insert into entry (case_number, round, at, kind, key, name, name_en, unit)
          values (?, ?, ?, 'action', 'return', '退单', 'Return', ?)
          """).params(number, round, at(at), unit).update();
      return this;
    }

    Case ended(String stage, double at) {
      sql.sql("update case_file set open = false, stage = ?, closed_at = ? where number = ?")
          .params(stage, at(at), number).update();
      return reached(stage, at);
    }

    Case reopened() {
      round++;
      sql.sql("update case_file set open = true, closed_at = null, round = ? where number = ?").params(round, number)
          .update();
      return this;
    }

    Case merged(String into) {
      sql.sql("update case_file set merged_into = ? where number = ?").params(number(into), number).update();
      return this;
    }

    Case rated(Boolean solved, Integer satisfaction, double at) {
      sql.sql("update case_file set solved = ?, satisfaction = ?, rated_at = ? where number = ?")
          .params(solved, satisfaction, at(at), number).update();
      return this;
    }
  }
}

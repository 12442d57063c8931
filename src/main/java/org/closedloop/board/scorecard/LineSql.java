package org.closedloop.board.scorecard;

/**
 * What a month counts, in SQL: one line per rate, case and unit that answers for it, {@code met} or not. Parameters:
 * {@code scope.from} and {@code scope.to}, the month in local time, and {@code scope.now}.
 *
 * <p>Stage clocks are those of the case's own process. A clock whose work item was taken away in time is void: nothing
 * was owed any more. Reopened cases are judged by round: each round in the month of its last deadline.
 */
final class LineSql {

  /** Void: over clock {@code k}. */
  private static final String VOID = """
      k.ended_at <= k.due_at and exists (select 1 from done_item d where d.item_id = k.item_id
                                         and d.outcome = 'cancelled')
      """;

  /**
   * The centre owes that a report is accepted or refused, or that the reporter is asked for what is missing; the lead
   * unit owes the reporter an answer.
   */
  private static final String RESPONSE = """
      select 'response' as rate, k.case_number, k.unit_code as unit, c.area_path, c.category,
             contacted or coalesce(k.ended_at <= k.due_at, false) as met,
             null::double precision as arrival, null::double precision as effort, null::double precision as result
      from clock k join case_file c on c.number = k.case_number and c.process = k.process
      cross join lateral (
        select k.key = 'accept' and exists (
          select 1 from milestone m where m.case_number = k.case_number and m.key = 'supplement_asked'
            and m.round = k.round and m.at <= k.due_at) as contacted) asked
      where k.kind = 'stage' and k.key in ('accept', 'feedback') and k.due_at >= #{scope.from} and k.due_at < #{scope.to}
        and (contacted or k.ended_at is not null or k.paused_since is null and k.due_at <= #{scope.now})
        and not (not contacted and\s""" + VOID + """
      )
      """;

  /** The rating of a merged report is one about the case it was merged into. */
  private static final String SOLVING = """
      select 'solving', c.number, c.lead_unit, c.area_path, c.category, r.solved, null, null, null
      from case_file r join case_file c on c.number = coalesce(r.merged_into, r.number)
      where r.rated_at >= #{scope.from} and r.rated_at < #{scope.to} and r.solved is not null
      """;

  private static final String SATISFACTION = """
      select 'satisfaction', c.number, c.lead_unit, c.area_path, c.category, r.satisfaction >= 4, null, null, null
      from case_file r join case_file c on c.number = coalesce(r.merged_into, r.number)
      where r.rated_at >= #{scope.from} and r.rated_at < #{scope.to} and r.satisfaction is not null
      """;

  /** The last stage clock of each round, where its deadline lies in the month. */
  private static final String LAST_OF_ROUND = """
      select l.case_number, l.round, l.process, l.unit_code, l.due_at, c.area_path, c.category,
             c.open and c.round = l.round as open,
             coalesce(l.paused_since < #{scope.to}, false) as suspended,
             exists (select 1 from milestone m where m.case_number = l.case_number and m.round = l.round
                     and m.key = 'closed') as closed
      from clock l join case_file c on c.number = l.case_number and c.process = l.process
      where l.kind = 'stage' and l.due_at >= #{scope.from} and l.due_at < #{scope.to}
        and not exists (select 1 from clock n where n.case_number = l.case_number and n.round = l.round
                        and n.process = l.process and n.kind = 'stage' and n.id > l.id)
      """;

  /**
   * The last stage clock of a round says in which month the round is due. Each unit that had a stage answers for its
   * own deadlines; as long as the round is not closed only for those it has missed. Clocks stopped before the month was
   * over are not due.
   */
  private static final String ON_TIME = """
      select 'on-time', last.case_number, k.unit_code, last.area_path, last.category,
             bool_and(coalesce(k.ended_at <= k.due_at, false)), null, null, null
      from (""" + LAST_OF_ROUND + """
        ) last
      join clock k on k.case_number = last.case_number and k.round = last.round and k.process = last.process
        and k.kind = 'stage'
      where (last.closed or last.open and not last.suspended and last.due_at <= #{scope.now})
        and not (\s""" + VOID + """
      )
      group by last.case_number, last.round, k.unit_code, last.area_path, last.category, last.closed
      having last.closed or not bool_and(coalesce(k.ended_at <= k.due_at, k.due_at > #{scope.now}))
      """;

  private static final String SUSPENDED = """
      select 'suspended', last.case_number, last.unit_code, last.area_path, last.category, true, null, null, null
      from (""" + LAST_OF_ROUND + """
        ) last
      where last.open and last.suspended
      """;

  /** Every verification; it judges the unit that handled last before it. */
  private static final String REWORK = """
      select 'rework', v.case_number,
             coalesce((select d.unit from done_item d
                       where d.case_number = v.case_number and d.task = 'handle' and d.outcome = 'completed'
                         and d.at <= v.at order by d.at desc limit 1), c.lead_unit),
             c.area_path, c.category, v.key = 'reworked', null, null, null
      from milestone v join case_file c on c.number = v.case_number and c.process = coalesce(v.process, c.process)
      where v.key in ('verified', 'reworked') and v.at >= #{scope.from} and v.at < #{scope.to}
      """;

  /** A return is said within a working day of the dispatch, which may be in the next month. */
  private static final String RETURN = """
      select 'return', u.case_number, u.unit, c.area_path, c.category,
             exists (select 1 from entry e where e.case_number = u.case_number and e.at >= u.since
                     and e.kind = 'action' and e.key = 'return' and e.unit = u.unit),
             null, null, null
      from case_unit u join case_file c on c.number = u.case_number
      where u.role = 'lead' and u.since >= #{scope.from} and u.since < #{scope.to}
      """;

  /**
   * Every call of a department. Those it need not answer are out: its objection was upheld, or the township sent it home
   * before it had to be there.
   */
  private static final String CHECK_IN = """
      select 'check-in', w.case_number, w.department, c.area_path, c.category,
             w.checked_in_at is not null and not w.late, null, null, null
      from whistle_call w join case_file c on c.number = w.case_number
      where w.due_at >= #{scope.from} and w.due_at < #{scope.to}
        and (w.checked_in_at is not null or w.due_at <= #{scope.now})
        and w.release is distinct from 'objection'
        and not (w.checked_in_at is null and coalesce(w.released_at <= w.due_at, false))
      """;

  /** In the month in which they were given, as they stand after an appeal. */
  private static final String MARKS = """
      select 'marks', w.case_number, w.department, c.area_path, c.category, true, w.arrival, w.effort, w.result
      from whistle_mark w join case_file c on c.number = w.case_number
      where w.marked_at >= #{scope.from} and w.marked_at < #{scope.to}
      """;

  /** Cards nobody lifted, in the month in which they were shown. */
  private static final String CARDS = """
      select a.level, a.case_number, a.unit, c.area_path, c.category, true, null, null, null
      from alert a join case_file c on c.number = a.case_number
      where a.level in ('yellow-card', 'red-card') and a.lifted_at is null and a.at >= #{scope.from} and a.at < #{scope.to}
      """;

  /** Everything, as a relation to be put in brackets. */
  static final String LINES = """
      select rate, case_number, unit,
             coalesce(nullif(split_part(area_path, '/', 2), ''), split_part(area_path, '/', 1)) as area,
             left(category, 2) as category, coalesce(met, false) as met, arrival, effort, result
      from (
      """ + RESPONSE + " union all " + SOLVING + " union all " + SATISFACTION + " union all " + ON_TIME
      + " union all " + SUSPENDED + " union all " + REWORK + " union all " + RETURN + " union all " + CHECK_IN
      + " union all " + MARKS + " union all " + CARDS + """
      ) line
      """;

  private LineSql() {}
}

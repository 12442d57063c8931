package org.closedloop.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.deadline.Allowance;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Running;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes cases with clocks for the tests of alerts, and reads what became of them. */
public final class Late {

  private final CaseRegister register;
  private final Clocks clocks;
  private final Clock clock;
  private final JdbcClient sql;

  public Late(CaseRegister register, Clocks clocks, Clock clock, JdbcClient sql) {
    this.register = register;
    this.clocks = clocks;
    this.clock = clock;
    this.sql = sql;
  }

  /** An alert as its row says. */
  public record Row(long id, Long position, String level, String task, String unit, String assignee, int episode) {}

  public String newCase(String area) {
    return register.open(new NewCase("case-handling", "patrol", "桥面破损" + UUID.randomUUID(), "", null, area, null,
        null, "urgent", Reporter.ANONYMOUS, null), null, Map.of()).number();
  }

  /** A clock of a case whose deadline lies {@code dueIn} from now and whose allowance was 100 minutes. */
  public Running clock(String number, String kind, Duration dueIn) {
    return clock(number, kind, dueIn, clock.instant());
  }

  public Running clock(String number, String kind, Duration dueIn, Instant now) {
    String key = "k" + UUID.randomUUID().toString().substring(0, 8);
    Instant start = now.plus(dueIn).minus(Duration.ofMinutes(100));
    return clocks.start(number, "case-handling", "instance", key, kind,
        new Allowance(100, AllowanceUnit.MINUTES, 0.75, "stage"), key, start);
  }

  /** An open item of this clock. */
  public String item(Running clock, String unit, String assignee) {
    String item = "item-" + UUID.randomUUID();
    OffsetDateTime now = this.clock.instant().atOffset(ZoneOffset.UTC);
    sql.sql("""
        insert into work_item (item_id, unit, post, first, assignee, claimed_at, case_number, process, instance, task,
                               name, name_en, stage, side, area, area_path, urgency, title, round, created_at, due_at)
        select ?, ?, 'handler', true, ?, ?, number, process, 'instance', ?, '办理', 'Handle', 'handle', false, area,
               area_path, urgency, title, round, ?, ? from case_file where number = ?""")
        .params(item, unit, assignee, assignee == null ? null : now, clock.key(), now, clock.due(), clock.caseNumber())
        .update();
    clocks.bind(clock.caseNumber(), "instance", clock.key(), item, unit);
    return item;
  }

  /** The alerts of a case, in the order of the stream. */
  public List<Row> alerts(String number) {
    return sql.sql("select id, position, level, task, unit, assignee, episode from alert where case_number = ? "
        + "order by position, id").param(number).query(Row.class).list();
  }

  /** {@code level of key} of every alert of a case, in order. */
  public List<String> raised(String number) {
    return alerts(number).stream().map(a -> a.level() + " " + a.task()).toList();
  }

  /** What people are told about a case, in order. */
  public List<String> told(String number) {
    return sql.sql("select topic from outbox where case_number = ? order by id").param(number).query(String.class)
        .list();
  }
}

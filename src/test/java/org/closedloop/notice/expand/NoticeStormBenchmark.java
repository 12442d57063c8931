package org.closedloop.notice.expand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.closedloop.LiveApp;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.contact.Contacts;
import org.closedloop.notice.delivery.Deliveries;
import org.closedloop.notice.inbox.Inbox;
import org.closedloop.notice.rule.NoticeRules;
import org.closedloop.organisation.Organisation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How long 20,000 overdue alerts take from the outbox to everybody's inbox and the mail's queue. Run by
 * {@code mvn test -Dtest=NoticeStormBenchmark -DexcludedGroups=}.
 */
@LiveApp
@Tag("benchmark")
class NoticeStormBenchmark {

  private static final int EVENTS = 20_000;
  private static final int ROUNDS = 5;

  @Autowired private ApplicationContext beans;
  @Autowired private JdbcClient database;
  @Autowired private TransactionTemplate transaction;

  @Test
  void twentyThousandAlertsAtOnce() {
    database.sql("""
        insert into official_contact (username, email) select username, username || '@example.org' from official
        on conflict do nothing
        """).update();
    Instant now = OffsetDateTime.parse("2035-05-15T10:00:00+08:00").toInstant();
    Expander expander = new Expander(beans.getBean(Outbox.class), beans.getBean(NoticeRules.class),
        beans.getBean(Organisation.class), beans.getBean(Contacts.class), beans.getBean(Inbox.class),
        beans.getBean(Deliveries.class), beans.getBean(org.closedloop.deadline.WorkingCalendar.Source.class),
        java.util.Set.of("mail"), java.time.Clock.fixed(now, org.closedloop.deadline.WorkingCalendar.ZONE),
        java.time.Clock.systemUTC());
    IntSupplier batch = () -> transaction.execute(tx -> expander.batch());
    List<Long> expanded = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      String key = "storm/" + UUID.randomUUID() + "/";
      // one transaction, which nobody else sees and which leaves nothing behind
      transaction.executeWithoutResult(tx -> {
        long before = database.sql("select count(*) from notice").query(Long.class).single();
        long start = System.nanoTime();
        database.sql("""
            insert into outbox (topic, case_number, unit, data, dedupe_key, created_at)
            select 'alert.overdue', 'K' || i, u.code,
                   jsonb_build_object('task', '现场处置', 'taskEn', 'handle', 'due', ?::timestamptz), ? || i, ?::timestamptz
            from generate_series(1, ?) i join (select code, row_number() over (order by code) - 1 as n, count(*) over ()
              as units from unit where kind = 'department') u on u.n = i % u.units
            on conflict (dedupe_key) do nothing
            """).params(now.toString(), key, now.toString(), EVENTS).update();
        long middle = System.nanoTime();
        for (int done = 0; done < EVENTS;) {
          done += batch.getAsInt();
        }
        expanded.add(Duration.ofNanos(System.nanoTime() - middle).toMillis());
        long notices = database.sql("select count(*) from notice").query(Long.class).single() - before;
        assertThat(notices).isEqualTo(3L * EVENTS);
        System.out.printf("%d events written in %d ms, expanded in %d ms: %d notices, %d letters%n", EVENTS,
            Duration.ofNanos(middle - start).toMillis(), expanded.get(expanded.size() - 1), notices,
            database.sql("select count(*) from delivery where status <> 'sent'").query(Long.class).single());
        tx.setRollbackOnly();
      });
    }
    System.out.printf("expanding %d events: median %d ms, all %s%n", EVENTS, median(expanded), expanded);
  }

  private static long median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

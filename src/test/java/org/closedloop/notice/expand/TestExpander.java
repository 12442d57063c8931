package org.closedloop.notice.expand;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.contact.Contacts;
import org.closedloop.notice.delivery.Deliveries;
import org.closedloop.notice.inbox.Inbox;
import org.closedloop.notice.rule.NoticeRules;
import org.closedloop.organisation.Organisation;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes events and finds their recipients in one transaction, so that the application's own worker, for which mail is
 * off, never sees them; at a time and with targets of the test's choice.
 */
public final class TestExpander {

  private final ApplicationContext beans;
  private final Expander expander;

  public TestExpander(ApplicationContext beans, Instant now, String... targets) {
    this.beans = beans;
    this.expander = new Expander(beans.getBean(Outbox.class), beans.getBean(NoticeRules.class),
        beans.getBean(Organisation.class), beans.getBean(Contacts.class), beans.getBean(Inbox.class),
        beans.getBean(Deliveries.class), beans.getBean(WorkingCalendar.Source.class), Set.of(targets),
        Clock.fixed(now, WorkingCalendar.ZONE), Clock.systemUTC());
  }

  /** @param events adds to the outbox */
  public void tell(Runnable events) {
    beans.getBean(TransactionTemplate.class).executeWithoutResult(tx -> {
      events.run();
      while (expander.batch() == Expander.BATCH) {
        // on to the next
      }
    });
  }
}

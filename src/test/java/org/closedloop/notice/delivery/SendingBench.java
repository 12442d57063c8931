package org.closedloop.notice.delivery;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.rule.NoticeTexts;
import org.closedloop.organisation.Organisation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** A sender with channels and times of the test's choice on the real tables. Letters of other tests are put aside. */
public final class SendingBench {

  /** A clock that stands until it is moved. */
  public static final class Hands extends Clock {
    private volatile Instant now;

    public Hands(Instant now) {
      this.now = now;
    }

    public void move(java.time.Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return WorkingCalendar.ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** Time of tries and leases. */
  public final Hands machine;
  /** Official time, for quiet hours. */
  public final Hands official;
  private final ApplicationContext beans;
  private final Deliveries deliveries;

  public SendingBench(ApplicationContext beans, Instant official) {
    this.beans = beans;
    this.machine = new Hands(Clock.systemUTC().instant().plusSeconds(1));
    this.official = new Hands(official);
    ProxyFactory proxy = new ProxyFactory(new Deliveries(beans.getBean(DeliveryMapper.class),
        beans.getBean(NoticeTexts.class), beans.getBean(Organisation.class), beans.getBean(Outbox.class),
        this.official));
    proxy.setProxyTargetClass(true);
    proxy.addAdvice(beans.getBean(TransactionInterceptor.class));
    this.deliveries = (Deliveries) proxy.getProxy();
    beans.getBean(JdbcClient.class)
        .sql("update delivery set status = 'sent' where status in ('waiting', 'deferred', 'collected')").update();
  }

  /** A node's sender. */
  public Node node(Channel... channels) {
    return new Node(new Sender(deliveries, List.of(channels), machine, () -> true));
  }

  /** Stands for a sender, which is nobody else's business. */
  public static final class Node {
    private final Sender sender;

    private Node(Sender sender) {
      this.sender = sender;
    }

    /** Answers how many letters were tried. */
    public int round() {
      return sender.round();
    }
  }

  /** Takes letters as a node does that dies before it writes down what became of them. */
  public List<Letter> claimAndDie(String target, int most) {
    return deliveries.claim(target, most, machine.instant());
  }

  /** {@code waiting}, {@code sent}, {@code dead} … of the letters of these events, by recipient. */
  public List<String> statuses(String keyPrefix) {
    return beans.getBean(JdbcClient.class).sql("""
        select d.recipient || ' ' || d.status from delivery d join outbox o on o.id = d.outbox_id
        where o.dedupe_key like ? order by 1
        """).param(keyPrefix + "%").query(String.class).list();
  }

  public String error(String keyPrefix, String recipient) {
    return beans.getBean(JdbcClient.class).sql("""
        select coalesce(max(d.error), '') from delivery d join outbox o on o.id = d.outbox_id
        where o.dedupe_key like ? and d.recipient = ?
        """).params(keyPrefix + "%", recipient).query(String.class).single();
  }
}

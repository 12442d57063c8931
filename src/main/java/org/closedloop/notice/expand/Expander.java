package org.closedloop.notice.expand;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.notice.OpenEvent;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.contact.Contact;
import org.closedloop.notice.contact.Contacts;
import org.closedloop.notice.contact.QuietHours;
import org.closedloop.notice.delivery.Channel;
import org.closedloop.notice.delivery.Deliveries;
import org.closedloop.notice.delivery.Deliveries.Planned;
import org.closedloop.notice.delivery.Deliveries.Status;
import org.closedloop.notice.inbox.Inbox;
import org.closedloop.notice.rule.Handling;
import org.closedloop.notice.rule.NoticeRule;
import org.closedloop.notice.rule.NoticeRules;
import org.closedloop.organisation.Organisation;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Turns events into notices and deliveries, {@value #BATCH} at a time with five statements, on every node beside each
 * other. Notices, deliveries and the mark on the event are one transaction: nobody is told twice and nobody forgotten.
 */
@Service
class Expander {

  static final int BATCH = 1_000;

  private final Outbox outbox;
  private final NoticeRules rules;
  private final Organisation organisation;
  private final Contacts contacts;
  private final Inbox inbox;
  private final Deliveries deliveries;
  private final WorkingCalendar.Source calendar;
  private final Set<String> targets;
  private final Clock clock;
  private final Clock machine;

  @Autowired
  Expander(Outbox outbox, NoticeRules rules, Organisation organisation, Contacts contacts, Inbox inbox,
      Deliveries deliveries, WorkingCalendar.Source calendar, List<Channel> channels, Clock clock) {
    this(outbox, rules, organisation, contacts, inbox, deliveries, calendar,
        channels.stream().flatMap(c -> c.targets().stream()).collect(Collectors.toSet()), clock, Clock.systemUTC());
  }

  /** @param targets those configured: what is not, is not written down to be sent one day */
  Expander(Outbox outbox, NoticeRules rules, Organisation organisation, Contacts contacts, Inbox inbox,
      Deliveries deliveries, WorkingCalendar.Source calendar, Set<String> targets, Clock clock, Clock machine) {
    this.outbox = outbox;
    this.rules = rules;
    this.organisation = organisation;
    this.contacts = contacts;
    this.inbox = inbox;
    this.deliveries = deliveries;
    this.calendar = calendar;
    this.targets = Set.copyOf(targets);
    this.clock = clock;
    this.machine = machine;
  }

  private record Told(OpenEvent event, Recipients.Plan plan) {}

  /** Answers how many events were taken; fewer than {@value #BATCH} means that there are no more. */
  @Transactional
  public int batch() {
    List<OpenEvent> events = outbox.take(BATCH);
    if (events.isEmpty()) {
      return 0;
    }
    var recipients = new Recipients(organisation,
        rules.all().stream().collect(Collectors.groupingBy(NoticeRule::topic)));
    List<Told> told = new ArrayList<>();
    for (OpenEvent e : events) {
      recipients.of(e.topic(), e.unit(), e.official(), e.post()).forEach(plan -> told.add(new Told(e, plan)));
    }
    List<Told> inside = told.stream().filter(t -> t.plan().channels().containsKey(NoticeRule.INBOX)).toList();
    inbox.put(inside.stream().map(t -> t.event().id()).toList(),
        inside.stream().map(t -> t.plan().username()).toList());
    deliveries.put(outside(told), machine.instant());
    outbox.done(events);
    return events.size();
  }

  private List<Planned> outside(List<Told> told) {
    if (targets.isEmpty()) {
      return List.of();
    }
    Set<String> people = new HashSet<>();
    told.forEach(t -> people.add(t.plan().username()));
    Map<String, Contact> known = contacts.of(people);
    Instant now = clock.instant();
    WorkingCalendar days = calendar.current();
    List<Planned> planned = new ArrayList<>();
    for (Told t : told) {
      Contact contact = known.get(t.plan().username());
      QuietHours quiet = contacts.quiet(contact);
      targets(t.plan(), contact).forEach((target, handling) -> {
        Instant opening = switch (handling) {
          case ALWAYS -> now;
          case DEFER, DIGEST_AT_NIGHT -> quiet.opening(now, days);
          case DIGEST -> quiet.nextMorning(now, days);
        };
        Status status = !opening.isAfter(now) ? Status.WAITING
            : handling == Handling.DEFER ? Status.DEFERRED : Status.COLLECTED;
        planned.add(new Planned(t.event().id(), t.plan().username(), target, status, opening,
            handling == Handling.ALWAYS));
      });
    }
    return planned;
  }

  /** The configured targets among the channels; mail only for those who gave an address. */
  private Map<String, Handling> targets(Recipients.Plan plan, Contact contact) {
    Map<String, Handling> chosen = new HashMap<>();
    plan.channels().forEach((channel, handling) -> {
      String target = switch (channel) {
        case NoticeRule.INBOX -> null;
        case NoticeRule.MAIL -> contact == null || contact.email() == null ? null : NoticeRule.MAIL;
        case NoticeRule.WEBHOOK -> contact == null || contact.webhook() == null ? null
            : NoticeRule.WEBHOOK + ":" + contact.webhook();
        default -> channel;
      };
      if (target != null && targets.contains(target)) {
        chosen.merge(target, handling, (a, b) -> a.compareTo(b) <= 0 ? a : b);
      }
    });
    return chosen;
  }
}

package org.closedloop.notice.contact;

import java.time.LocalTime;
import java.util.Collection;
import org.closedloop.notice.webhook.Webhooks;
import org.closedloop.organisation.Me;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/me/contact}: one's own addresses and quiet hours; nobody else's. */
@RestController
@RequestMapping("/api/me/contact")
class ContactController {

  /** What is sent; what is left out is forgotten. */
  record Sent(String email, String webhook, LocalTime quietFrom, LocalTime quietTo, Boolean quietDaysOff) {}

  /**
   * What there is.
   *
   * @param effective the quiet hours that hold
   * @param webhooks  names that may be chosen
   */
  record Shown(String email, String webhook, LocalTime quietFrom, LocalTime quietTo, Boolean quietDaysOff,
      QuietHours effective, Collection<String> webhooks) {}

  private final Contacts contacts;
  private final Webhooks webhooks;
  private final Me me;

  ContactController(Contacts contacts, Webhooks webhooks, Me me) {
    this.contacts = contacts;
    this.webhooks = webhooks;
    this.me = me;
  }

  @GetMapping
  Shown mine() {
    return shown(contacts.of(me.current().username()));
  }

  @PutMapping
  Shown keep(@RequestBody Sent sent) {
    return shown(contacts.keep(new Contact(me.current().username(), blankToNull(sent.email()),
        blankToNull(sent.webhook()), sent.quietFrom(), sent.quietTo(), sent.quietDaysOff())));
  }

  private Shown shown(Contact c) {
    return new Shown(c.email(), c.webhook(), c.quietFrom(), c.quietTo(), c.quietDaysOff(), contacts.quiet(c),
        webhooks.names());
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}

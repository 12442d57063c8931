package org.closedloop.notice.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Set;
import org.closedloop.notice.delivery.Channel;
import org.closedloop.notice.delivery.Letter;
import org.closedloop.notice.delivery.Outcome;
import org.closedloop.notice.rule.NoticeRule;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.stereotype.Component;

/**
 * Mail over SMTP: one message per person and one connection per batch, so that an address the server refuses costs
 * nobody else their mail. What the server refuses for good (5xx to the address or the message) is not tried again.
 */
@Component
class MailChannel implements Channel {

  private static final int BATCH = 20;
  /** Replies that speak of the connection, not of the message: shutting down, log-in wanted, policy on the client. */
  private static final Set<Integer> ABOUT_US = Set.of(421, 454, 530, 534, 535, 538);

  private final MailSettings settings;

  MailChannel(MailSettings settings) {
    this.settings = settings;
  }

  @Override
  public Set<String> targets() {
    return settings.on() ? Set.of(NoticeRule.MAIL) : Set.of();
  }

  @Override
  public int batch() {
    return BATCH;
  }

  @Override
  public void send(String target, List<Letter> letters, Report report) {
    Session session = Session.getInstance(settings.session());
    // Connected for the first letter that needs it; closed with the last.
    try (Transport transport = session.getTransport("smtp")) {
      for (Letter letter : letters) {
        Outcome outcome = send(session, transport, letter);
        if (!report.done(letter, outcome)) {
          return;
        }
      }
    } catch (MessagingException e) {
      // Saying goodbye failed, and no mail with it: each letter has been reported.
    }
  }

  private Outcome send(Session session, Transport transport, Letter letter) {
    if (letter.email() == null) {
      return Outcome.refused("no mail address any more");
    }
    if (letter.name() == null) {
      return Outcome.refused("the account is closed");
    }
    try {
      if (!transport.isConnected()) {
        transport.connect(settings.host(), settings.port(), settings.user(), settings.password());
      }
      Message message = new MailText(session, settings.from(), letter);
      transport.sendMessage(message, new InternetAddress[] {new InternetAddress(letter.email())});
      return Outcome.sent();
    } catch (AuthenticationFailedException e) {
      return Outcome.down("the mail server refuses the log-in: " + e.getMessage());
    } catch (MessagingException e) {
      return outcome(e);
    }
  }

  /** What the server said decides; without a word from it, it is down. */
  static Outcome outcome(MessagingException failure) {
    if (failure instanceof SMTPSenderFailedException sender) {
      return Outcome.down("the mail server refuses the sender: " + sender.getMessage());
    }
    for (Exception e = failure; e != null; e = e instanceof MessagingException m ? m.getNextException() : null) {
      if (e instanceof SMTPAddressFailedException address) {
        return byCode(address.getReturnCode(), address.getMessage());
      }
    }
    if (failure instanceof SMTPSendFailedException send) {
      return byCode(send.getReturnCode(), send.getMessage());
    }
    if (failure instanceof SendFailedException) {
      return Outcome.failed(failure.getMessage());
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return Outcome.down(cause.getClass().getSimpleName() + ": " + failure.getMessage());
  }

  private static Outcome byCode(int code, String words) {
    if (ABOUT_US.contains(code) || code < 400) {
      return Outcome.down(words);
    }
    return code >= 500 ? Outcome.refused(words) : Outcome.failed(words);
  }
}

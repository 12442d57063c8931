package org.closedloop.notice.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The mail server to hand mail to. Off while no host is named. */
@Component
class MailSettings {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Set<String> SECURITY = Set.of("starttls", "tls", "none");

  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final String security;
  private final Duration patience;
  private final InternetAddress from;

  @Autowired
  MailSettings(@Value("${closedloop.mail.host}") String host, @Value("${closedloop.mail.port}") int port,
      @Value("${closedloop.mail.user}") String user, @Value("${closedloop.mail.password}") String password,
      @Value("${closedloop.mail.from}") String from, @Value("${closedloop.mail.security}") String security) {
    this(host, port, user, password, from, security, PATIENCE);
  }

  /**
   * @param patience for connecting and for each answer
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  MailSettings(String host, int port, String user, String password, String from, String security, Duration patience) {
    this.host = host.strip();
    this.port = port;
    this.user = user;
    this.password = password;
    this.security = security;
    this.patience = patience;
    if (!on()) {
      this.from = null;
      return;
    }
    if (!SECURITY.contains(security)) {
      throw new IllegalArgumentException("CLOSEDLOOP_MAIL_SECURITY is starttls, tls or none, not " + security);
    }
    try {
      this.from = new InternetAddress(from, true);
    } catch (AddressException e) {
      throw new IllegalArgumentException("CLOSEDLOOP_MAIL_FROM must be the address mail comes from", e);
    }
    if (this.from.getAddress() == null || this.from.getAddress().indexOf('@') < 1) {
      throw new IllegalArgumentException("CLOSEDLOOP_MAIL_FROM must be the address mail comes from");
    }
  }

  boolean on() {
    return !host.isEmpty();
  }

  InternetAddress from() {
    return from;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** Null when the server asks for no log-in. */
  String user() {
    return user.isBlank() ? null : user;
  }

  String password() {
    return user.isBlank() ? null : password;
  }

  /** Every wait is bounded; a server that answers in plain text where TLS is wanted is not talked to. */
  Properties session() {
    Properties p = new Properties();
    String millis = String.valueOf(patience.toMillis());
    p.setProperty("mail.smtp.connectiontimeout", millis);
    p.setProperty("mail.smtp.timeout", millis);
    p.setProperty("mail.smtp.writetimeout", millis);
    p.setProperty("mail.smtp.auth", String.valueOf(user() != null));
    p.setProperty("mail.smtp.starttls.enable", String.valueOf(security.equals("starttls")));
    p.setProperty("mail.smtp.starttls.required", String.valueOf(security.equals("starttls")));
    p.setProperty("mail.smtp.ssl.enable", String.valueOf(security.equals("tls")));
    p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    // the name of the machine is nobody's business
    p.setProperty("mail.smtp.localhost", from.getAddress().substring(from.getAddress().indexOf('@') + 1));
    p.setProperty("mail.smtp.quitwait", "false");
    return p;
  }
}

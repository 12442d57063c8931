package org.closedloop.notice.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
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
  /** Null: Java's own. */
  private final SSLSocketFactory sockets;

  @Autowired
  MailSettings(@Value("${closedloop.mail.host}") String host, @Value("${closedloop.mail.port}") int port,
      @Value("${closedloop.mail.user}") String user, @Value("${closedloop.mail.password}") String password,
      @Value("${closedloop.mail.from}") String from, @Value("${closedloop.mail.security}") String security,
      @Value("${closedloop.mail.ca}") String authority) {
    this(host, port, user, password, from, security, authority, PATIENCE);
  }

  /**
   * @param authority file (PEM) of the authority that vouches for the server, blank for those Java trusts
   * @param patience for connecting and for each answer
   * @throws IllegalArgumentException naming the setting that is wrong
   */
  MailSettings(String host, int port, String user, String password, String from, String security,
      String authority, Duration patience) {
    this.host = host.strip();
    this.port = port;
    this.user = user;
    this.password = password;
    this.security = security;
    this.patience = patience;
    if (!on()) {
      this.from = null;
      this.sockets = null;
      return;
    }
    this.sockets = authority.isBlank() ? null : trusting(authority.strip());
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

  private static SSLSocketFactory trusting(String authority) {
    try {
      return SslBundle.of(new PemSslStoreBundle(null, PemSslStoreDetails.forCertificate(Path.of(authority).toUri().toString())))
          .createSslContext().getSocketFactory();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("CLOSEDLOOP_MAIL_CA must be a file with certificates (PEM): " + authority, e);
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
    if (sockets != null) {
      p.put("mail.smtp.ssl.socketFactory", sockets);
    }
    // the name of the machine is nobody's business
    p.setProperty("mail.smtp.localhost", from.getAddress().substring(from.getAddress().indexOf('@') + 1));
    p.setProperty("mail.smtp.quitwait", "false");
    return p;
  }
}

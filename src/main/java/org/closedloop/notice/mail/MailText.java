package org.closedloop.notice.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.closedloop.notice.delivery.Letter;

/**
 * A letter as a mail: plain text, Chinese and below it English. Its Message-ID is made of the letter's key and so the
 * same at every try: mail programs and archives show a repetition once.
 */
final class MailText extends MimeMessage {

  static final String KEY = "X-Closedloop-Dedupe-Key";
  private static final int LONGEST_SUBJECT = 120;

  private final String id;

  MailText(Session session, InternetAddress from, Letter letter) throws MessagingException {
    super(session);
    this.id = "<" + hash(letter.dedupeKey()) + from.getAddress().substring(from.getAddress().indexOf('@')) + ">";
    setFrom(from);
    setRecipient(Message.RecipientType.TO, new InternetAddress(letter.email()));
    setSubject(subject(letter), "UTF-8");
    setText(body(letter), "UTF-8");
    // when the event was, not when the mail got through; the servers on the way write that themselves
    if (!letter.items().isEmpty()) {
      setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(
          letter.items().get(letter.items().size() - 1).at().atOffset(ZoneOffset.UTC)));
    }
    setHeader(KEY, letter.dedupeKey());
    // no answers from holiday robots
    setHeader("Auto-Submitted", "auto-generated");
    saveChanges();
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", id);
  }

  private static String subject(Letter letter) {
    String text = letter.digest() ? "汇总：" + letter.count() + " 条提醒 / " + letter.count() + " reminders"
        : letter.items().isEmpty() ? "提醒" : letter.items().get(0).title().zh();
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() > LONGEST_SUBJECT ? line.substring(0, LONGEST_SUBJECT) + "…" : line;
  }

  private static String body(Letter letter) {
    StringBuilder body = new StringBuilder();
    letter.items().forEach(i -> body.append(line(letter, i.title().zh(), i.text().zh())));
    more(body, letter, "……另有 %d 条，请登录系统查看。\n");
    body.append("\n--\n");
    letter.items().forEach(i -> body.append(line(letter, i.title().en(), i.text().en())));
    more(body, letter, "… and %d more; log in to see them.\n");
    body.append("\n本邮件由系统自动发送，请勿回复。\nSent automatically; please do not answer.\n");
    return body.toString();
  }

  private static String line(Letter letter, String title, String text) {
    return letter.digest() ? "· " + title + "：" + text + "\n" : title + "\n" + text + "\n";
  }

  private static void more(StringBuilder body, Letter letter, String words) {
    long more = letter.count() - letter.items().size();
    if (more > 0) {
      body.append(words.formatted(more));
    }
  }

  private static String hash(String key) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
          .digest(key.getBytes(StandardCharsets.UTF_8)), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

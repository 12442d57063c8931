package org.closedloop.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.notice.Outbox;
import org.closedloop.notice.delivery.SendingBench;
import org.closedloop.notice.expand.TestExpander;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mail against real servers: GreenMail where all is well, a small one of ours where it is not. */
@LiveApp
class MailTest {

  private static final Instant DAY = OffsetDateTime.parse("2035-05-15T10:00:00+08:00").toInstant();
  private static final Instant NIGHT = OffsetDateTime.parse("2035-05-15T23:00:00+08:00").toInstant();
  private static final String KEYS = "of this test";
  private static final List<String> PEOPLE = List.of("mz.handler", "mz.handler2", "mz.leader");

  @Autowired private ApplicationContext beans;
  @Autowired private Outbox outbox;
  @Autowired private JdbcClient database;
  @Autowired private Caller caller;

  private final String key = "mail-test/" + UUID.randomUUID() + "/";
  private SendingBench bench;

  @BeforeEach
  void threePeopleWithAddresses() {
    bench = new SendingBench(beans, DAY);
    database.sql("delete from official_contact").update();
    PEOPLE.forEach(p -> database.sql("insert into official_contact (username, email) values (?, ?)")
        .params(p, p + "@example.org").update());
  }

  @Test
  void aMailSaysWhatToDoInBothLanguagesAndNothingElse() throws Exception {
    GreenMail server = greenMail(0);
    try {
      tell(DAY, "whistle.called", null, Map.of("due", "2035-05-16T08:30:00Z", "note", "带执法仪\r\nBcc: x@example.org"));
      assertThat(bench.node(channel(server.getSmtp().getPort())).round()).isEqualTo(3);

      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(Arrays.stream(mails).map(MailTest::to)).containsExactlyInAnyOrder("mz.handler@example.org",
          "mz.handler2@example.org", "mz.leader@example.org");
      assertThat(mails[0].getSubject()).isEqualTo("K1 吹哨：请到场报到");
      String text = mails[0].getContent().toString();
      assertThat(text).contains("请于 2035-05-16 16:30 前到场报到", "check in at the spot by 2035-05-16 16:30")
          .contains("带执法仪 Bcc: x@example.org");
      assertThat(mails[0].getAllRecipients()).hasSize(1);
      assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mails[0].getHeader(MailText.KEY)[0]).startsWith(key);
      assertThat(statuses()).containsOnly("mz.handler sent", "mz.handler2 sent", "mz.leader sent");
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerDownForAnHourLosesNothingAndDoublesNothing() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    SendingBench.Node node = bench.node(channel(port));
    tell(DAY, "whistle.called", null, Map.of());
    int tried = 0;
    for (int minute = 0; minute < 60; minute++) {
      tried += node.round();
      bench.machine.move(Duration.ofMinutes(1));
      assertThat(statuses()).allMatch(s -> s.endsWith("waiting"));
    }
    assertThat(tried).as("a dead server is knocked at, not hammered").isBetween(5, 60);

    GreenMail server = greenMail(port);
    try {
      for (int minute = 0; minute < 120 && !statuses().stream().allMatch(s -> s.endsWith("sent")); minute++) {
        node.round();
        bench.machine.move(Duration.ofMinutes(1));
      }
      node.round();

      assertThat(statuses()).containsOnly("mz.handler sent", "mz.handler2 sent", "mz.leader sent");
      assertThat(server.getReceivedMessages()).hasSize(3);
    } finally {
      server.stop();
    }
  }

  @Test
  void anAddressThatIsRefusedIsDeadWithTheReasonAndCostsNobodyElseTheirMail() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      server.unknown.add("mz.handler2@example.org");
      tell(DAY, "whistle.called", null, Map.of());

      bench.node(channel(server.port())).round();

      assertThat(statuses()).containsExactly("mz.handler sent", "mz.handler2 dead", "mz.leader sent");
      assertThat(bench.error(key, "mz.handler2")).contains("550 5.1.1 no such mailbox here");
      assertThat(server.taken).extracting(SmallMailServer.Mail::to)
          .containsExactlyInAnyOrder("mz.handler@example.org", "mz.leader@example.org");

      // the administrator sees it, without the case, mends the address and sends once more
      var dead = caller.as("admin").get("/api/deliveries?status=dead&limit=1").expect(200).json().path("items").get(0);
      assertThat(dead.path("recipient").asText()).isEqualTo("mz.handler2");
      assertThat(dead.has("case")).isFalse();
      server.unknown.clear();
      caller.as("admin").post("/api/deliveries/" + dead.path("id").asLong() + "/retry", null).expect(200);
      caller.as("admin").post("/api/deliveries/" + dead.path("id").asLong() + "/retry", null).expect(409);
      bench.machine.move(Duration.ofMinutes(1));
      bench.node(channel(server.port())).round();
      assertThat(statuses()).containsOnly("mz.handler sent", "mz.handler2 sent", "mz.leader sent");
    }
  }

  @Test
  void administratorsAreToldOfDeadLettersOnceADay() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      PEOPLE.forEach(p -> server.unknown.add(p + "@example.org"));
      tell(DAY, "whistle.called", null, Map.of());
      bench.node(channel(server.port())).round();

      assertThat(statuses()).allMatch(s -> s.endsWith("dead"));
      assertThat(database.sql("select count(*) from outbox where dedupe_key = 'delivery.dead/mail/2035-05-15'")
          .query(Integer.class).single()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatSaysNothingHoldsAThreadForSecondsOnly() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      server.mood = SmallMailServer.Mood.SILENT;
      tell(DAY, "whistle.called", null, Map.of());
      SendingBench.Node node = bench.node(channel(server.port()));
      long before = System.nanoTime();
      for (int i = 0; i < 3; i++) {
        node.round();
        bench.machine.move(Duration.ofMinutes(1));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
      assertThat(statuses()).allMatch(s -> s.endsWith("waiting"));

      server.mood = SmallMailServer.Mood.BUSY;
      bench.machine.move(Duration.ofHours(1));
      node.round();
      server.mood = SmallMailServer.Mood.FINE;
      for (int i = 0; i < 4; i++) {
        bench.machine.move(Duration.ofHours(1));
        node.round();
      }
      assertThat(statuses()).allMatch(s -> s.endsWith("sent"));
      assertThat(server.taken).hasSize(3);
    }
  }

  /** The node sends, and is killed before it writes that down: the letter goes again, and looks the same. */
  @Test
  void aNodeKilledBetweenSendingAndWritingSendsAgainUnderTheSameMessageId() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      tell(DAY, "urged", "mz.handler", Map.of());
      channel(server.port()).send("mail", bench.claimAndDie("mail", 20), (letter, outcome) -> true);
      SendingBench.Node other = bench.node(channel(server.port()));
      assertThat(other.round()).as("while the lease runs").isZero();

      bench.machine.move(Duration.ofMinutes(4));
      other.round();
      bench.machine.move(Duration.ofMinutes(4));
      other.round();

      assertThat(statuses()).containsExactly("mz.handler sent");
      assertThat(server.taken).hasSize(2);
      assertThat(messageId(server.taken.get(0))).isEqualTo(messageId(server.taken.get(1))).endsWith("@example.org>");
    }
  }

  @Test
  void aServerThatVanishesAfterTheTextMayHaveTakenItAndGetsItAgain() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      server.mood = SmallMailServer.Mood.VANISHES_AFTER_DATA;
      tell(DAY, "urged", "mz.handler", Map.of());
      SendingBench.Node node = bench.node(channel(server.port()));
      node.round();
      assertThat(statuses()).containsExactly("mz.handler waiting");
      server.mood = SmallMailServer.Mood.FINE;
      bench.machine.move(Duration.ofMinutes(1));
      node.round();
      assertThat(statuses()).containsExactly("mz.handler sent");
      assertThat(server.taken.stream().map(MailTest::messageId).distinct()).hasSize(1);
    }
  }

  @Test
  void afterADayOfTriesALetterIsDead() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    tell(DAY, "whistle.called", null, Map.of());
    SendingBench.Node node = bench.node(channel(nobody));
    for (int hour = 0; hour < 23; hour++) {
      node.round();
      bench.machine.move(Duration.ofHours(1));
    }
    assertThat(statuses()).allMatch(s -> s.endsWith("waiting"));
    for (int hour = 0; hour < 6; hour++) {
      node.round();
      bench.machine.move(Duration.ofHours(1));
    }
    assertThat(statuses()).allMatch(s -> s.endsWith("dead"));
    assertThat(bench.error(key, "mz.leader")).isNotEmpty();
  }

  @Test
  void afterThreeDaysWithoutANodeNothingDiesUntried() throws Exception {
    tell(DAY, "whistle.called", null, Map.of());
    bench.machine.move(Duration.ofDays(3));
    GreenMail server = greenMail(0);
    try {
      bench.node(channel(server.getSmtp().getPort())).round();
      assertThat(statuses()).allMatch(s -> s.endsWith("sent"));
    } finally {
      server.stop();
    }
  }

  @Test
  void inTheMorningEverybodyGetsOneDigestOfTheNight() throws Exception {
    bench = new SendingBench(beans, NIGHT);
    GreenMail server = greenMail(0);
    try {
      for (int i = 0; i < 3; i++) {
        int n = i;
        new TestExpander(beans, NIGHT, "mail").tell(() -> outbox.add("alert.overdue", "K" + n, "140929-mz",
            "sl.handler", Map.of("task", "处置", "taskEn", "handle", "due", "2035-05-15T14:00:00Z"), key + n));
      }
      SendingBench.Node node = bench.node(channel(server.getSmtp().getPort()));
      node.round();
      assertThat(server.getReceivedMessages()).isEmpty();

      bench.official.move(Duration.ofHours(8));
      node.round();
      node.round();

      assertThat(server.getReceivedMessages()).hasSize(1);
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("汇总：3 条提醒 / 3 reminders");
      assertThat(mail.getContent().toString()).contains("K0 已超期", "K1 已超期", "K2 is overdue");
      assertThat(statuses()).containsOnly("mz.leader bundled");
    } finally {
      server.stop();
    }
  }

  @Test
  void anEmergencyPassesTheQueue() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      for (int i = 0; i < 30; i++) {
        int n = i;
        new TestExpander(beans, DAY, "mail").tell(() -> outbox.add("urged", "K" + n, "140929-mz", "mz.handler",
            Map.of(), key + n));
      }
      tell(NIGHT, "whistle.called-emergency", null, Map.of());
      bench.node(channel(server.port())).round();
      assertThat(server.taken).hasSize(33);
      assertThat(server.taken.subList(0, 3)).extracting(m -> m.text().contains(key + "whistle.called-emergency"))
          .containsOnly(true);
    }
  }

  @Test
  void whoseAccountIsClosedOrWhoseAddressIsGoneGetsNoMail() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      tell(DAY, "urged", "mz.handler", Map.of());
      database.sql("delete from official_contact where username = 'mz.handler'").update();
      bench.node(channel(server.port())).round();
      assertThat(statuses()).containsExactly("mz.handler dead");
      assertThat(server.taken).isEmpty();
    }
  }

  @Test
  void settingsThatCannotWorkAreRefusedAtTheStart() {
    for (String from : List.of("", "nobody", "a@b@c", "x@example.org\r\nBcc: y@example.org")) {
      assertThatThrownBy(() -> settings("mail.example.org", 25, from, "none")).as(from)
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("CLOSEDLOOP_MAIL_FROM");
    }
    assertThatThrownBy(() -> settings("mail.example.org", 25, "x@example.org", "maybe"))
        .hasMessageContaining("CLOSEDLOOP_MAIL_SECURITY");
    assertThat(new MailChannel(settings("", 25, "", "none")).targets()).isEmpty();
  }

  @Test
  void aServerWithoutTlsIsNotTalkedToWhereTlsIsWanted() throws Exception {
    try (SmallMailServer server = new SmallMailServer()) {
      tell(DAY, "urged", "mz.handler", Map.of());
      bench.node(new MailChannel(settings("127.0.0.1", server.port(), "closed-loop@example.org", "starttls"))).round();
      assertThat(statuses()).containsExactly("mz.handler waiting");
      assertThat(server.taken).isEmpty();
    }
  }

  @Test
  void mailGoesOverTlsToAServerThatSomebodyVouchesForAndToNoOther(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.p12");
    Path certificate = folder.resolve("authority.pem");
    keytool("-genkeypair", "-keystore", keys.toString(), "-alias", "mail", "-keyalg", "EC", "-dname", "CN=mail", "-ext",
        "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-keystore", keys.toString(), "-alias", "mail", "-file", certificate.toString());
    System.setProperty("greenmail.tls.keystore.file", keys.toString());
    System.setProperty("greenmail.tls.keystore.password", KEYS);
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    server.start();
    try {
      int port = server.getSmtps().getPort();
      tell(DAY, "urged", "mz.handler", Map.of());
      bench.node(new MailChannel(overTls(port, ""))).round();
      assertThat(statuses()).as("nobody vouches for it").containsExactly("mz.handler waiting");
      assertThat(server.getReceivedMessages()).isEmpty();
      bench.machine.move(Duration.ofHours(1));
      bench.node(new MailChannel(overTls(port, certificate.toString()))).round();
      assertThat(statuses()).containsExactly("mz.handler sent");
      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThatThrownBy(() -> overTls(port, folder.resolve("none.pem").toString()))
          .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("CLOSEDLOOP_MAIL_CA");
    } finally {
      server.stop();
      System.clearProperty("greenmail.tls.keystore.file");
      System.clearProperty("greenmail.tls.keystore.password");
    }
  }

  private static MailSettings overTls(int port, String authority) {
    return new MailSettings("127.0.0.1", port, "", "", "closed-loop@example.org", "tls", authority, Duration.ofSeconds(3));
  }

  /** Java's own tool; the keys live as long as the test. */
  private static void keytool(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("-storepass", KEYS));
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
        .waitFor()).isZero();
  }

  private void tell(Instant at, String topic, String official, Map<String, ?> data) {
    new TestExpander(beans, at, "mail").tell(() -> outbox.add(topic, "K1", "140929-mz", official, data, key + topic));
  }

  private List<String> statuses() {
    return bench.statuses(key);
  }

  private static MailChannel channel(int port) {
    return new MailChannel(settings("127.0.0.1", port, "closed-loop@example.org", "none"));
  }

  private static MailSettings settings(String host, int port, String from, String security) {
    return new MailSettings(host, port, "", "", from, security, "", Duration.ofMillis(400));
  }

  private static GreenMail greenMail(int port) {
    GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return server;
  }

  private static String to(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String messageId(SmallMailServer.Mail mail) {
    return mail.text().lines().filter(l -> l.startsWith("Message-ID:")).findFirst().orElseThrow();
  }
}

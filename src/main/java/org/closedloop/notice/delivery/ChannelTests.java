package org.closedloop.notice.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.closedloop.notice.contact.Contacts;
import org.closedloop.notice.rule.NoticeRule;
import org.closedloop.organisation.Official;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/** The configured ways out, what waits before them, and sending one message by hand to see whether a way works. */
@Component
class ChannelTests {

  /**
   * One way out.
   *
   * @param configured false: mail without a server; messages to it are given up
   * @param waiting    letters that wait for it, or for the end of quiet hours
   * @param dead       letters given up
   * @param lastSentAt null: never
   */
  record State(String target, boolean configured, long waiting, long dead, Instant lastSentAt) {}

  private final List<Channel> channels;
  private final DeliveryMapper deliveries;
  private final Contacts contacts;
  private final Clock clock;
  /** One test of a target at a time on this node: each may wait for another system. */
  private final Map<String, Boolean> running = new ConcurrentHashMap<>();

  ChannelTests(List<Channel> channels, DeliveryMapper deliveries, Contacts contacts, Clock clock) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.contacts = contacts;
    this.clock = clock;
  }

  List<State> states() {
    var counted = deliveries.states().stream().collect(Collectors.toMap(DeliveryMapper.TargetState::target, s -> s));
    var configured = channels.stream().flatMap(c -> c.targets().stream()).collect(Collectors.toSet());
    var names = new TreeSet<>(configured);
    names.add(NoticeRule.MAIL);
    names.addAll(counted.keySet());
    return names.stream().map(n -> {
      var s = counted.getOrDefault(n, new DeliveryMapper.TargetState(n, 0, 0, null));
      return new State(n, configured.contains(n), s.waiting(), s.dead(), s.lastSentAt());
    }).toList();
  }

  /**
   * @throws NotFound     when there is no such target
   * @throws InvalidInput for mail, when the person has left no address
   * @throws Conflict     when a test is under way already
   */
  Outcome send(String target, Official to) {
    Channel channel = channels.stream().filter(c -> c.targets().contains(target)).findFirst().orElseThrow(
        () -> new NotFound("这个渠道没有配置，请在启动参数中设置后重启。",
            "This channel is not configured; set it where the product is started."));
    String email = contacts.of(to.username()).email();
    if (target.equals(NoticeRule.MAIL) && email == null) {
      throw InvalidInput.at("email", "请先在“我的设置”里填写您的邮箱，试发邮件发到那里。",
          "Enter your mail address under “My settings” first; the test goes there.");
    }
    if (running.putIfAbsent(target, true) != null) {
      throw new Conflict("test-running", "正在试发，请稍候。", "A test is under way; wait a moment.");
    }
    try {
      Instant now = clock.instant();
      var item = new Letter.Item("notice.test", null, null, now, Words.of("试发", "Test message"),
          Words.of("这是闭环系统的一条试发消息，收到说明该渠道可用。", "A test message: this channel works."));
      var letter = new Letter(0, 1, target, "test/" + now.toEpochMilli(), to.username(), to.name(), email, false,
          List.of(item), 1);
      var outcome = new AtomicReference<>(Outcome.failed("no answer"));
      channel.send(target, List.of(letter), (l, o) -> {
        outcome.set(o);
        return false;
      });
      return outcome.get();
    } finally {
      running.remove(target);
    }
  }
}

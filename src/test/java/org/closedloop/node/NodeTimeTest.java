package org.closedloop.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.closedloop.LiveApp;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.Status;

/** A node whose clock is wrong takes itself out, and comes back when it is right. */
@LiveApp
class NodeTimeTest {

  @Autowired private ServerTimeMapper server;
  @Autowired private NodeTime running;

  private final AtomicLong wrong = new AtomicLong();
  private final List<Object> told = new ArrayList<>();

  private NodeTime node() {
    return new NodeTime(server, () -> System.currentTimeMillis() + wrong.get(),
        event -> told.add(((NodeTime.Changed) event).trusted()));
  }

  @Test
  void theRunningNodeIsTrusted() {
    running.compare();
    assertThat(running.trusted()).isTrue();
    assertThat(running.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void aClockFortySecondsOffInEitherDirectionTakesTheNodeOutUntilItIsRightAgain() {
    for (long off : new long[] {40_000, -40_000}) {
      told.clear();
      NodeTime node = node();
      wrong.set(off);
      node.compare();
      node.compare();
      assertThat(node.trusted()).isFalse();
      assertThat(node.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
      wrong.set(0);
      node.compare();
      assertThat(node.trusted()).isTrue();
      assertThat(node.health().getStatus()).isEqualTo(Status.UP);
      assertThat(told).containsExactly(false, true);
    }
  }

  @Test
  void threeSecondsOffTakesNoRequestsButKeepsItsTimers() {
    NodeTime node = node();
    wrong.set(3_500);
    node.compare();
    assertThat(node.trusted()).isTrue();
    assertThat(node.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(told).isEmpty();
  }
}

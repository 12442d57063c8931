package org.closedloop;

import java.util.Arrays;
import org.closedloop.replay.History;
import org.closedloop.replay.Replay;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the whole product: one process, one port, one PostgreSQL. With {@code replay} or
 * {@code replay-history} as its first word it is a program that plays a file of messages against a running server instead.
 */
@SpringBootApplication
@EnableScheduling
public class ClosedLoop {

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("replay")) {
      Replay.main(Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    if (args.length > 0 && args[0].equals("replay-history")) {
      History.main(Arrays.copyOfRange(args, 1, args.length));
      return;
    }
    try {
      SpringApplication.run(ClosedLoop.class, args);
    } catch (Throwable e) {
      // Spring has said what is wrong; threads that started before must not keep a failed start alive.
      System.exit(1);
    }
  }
}

package org.closedloop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the whole product: one process, one port, one PostgreSQL. */
@SpringBootApplication
@EnableScheduling
public class ClosedLoop {

  public static void main(String[] args) {
    try {
      SpringApplication.run(ClosedLoop.class, args);
    } catch (Throwable e) {
      // Spring has said what is wrong; threads that started before must not keep a failed start alive.
      System.exit(1);
    }
  }
}

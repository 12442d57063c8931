package org.closedloop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the whole product: one process, one port, one PostgreSQL. */
@SpringBootApplication
public class ClosedLoop {

  public static void main(String[] args) {
    SpringApplication.run(ClosedLoop.class, args);
  }
}

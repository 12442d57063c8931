package org.closedloop.node;

import org.springframework.stereotype.Component;

/**
 * Whether deadlines are just being swept by the thousand. What may come a second later, such as letters and ladders, waits
 * meanwhile, so that alerts and the people at work have the machine. Of this node only: other machines have their own.
 */
@Component
public class Rush {

  private volatile boolean on;

  /** Set and taken back by the sweep alone. */
  public void set(boolean now) {
    on = now;
  }

  public boolean on() {
    return on;
  }
}

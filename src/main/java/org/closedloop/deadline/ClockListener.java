package org.closedloop.deadline;

/** Port for those who keep copies of deadlines (open items, the case register): told in the transaction of the change. */
public interface ClockListener {

  /** This clock was stopped, runs on, was extended or laid again; its warning, deadline or stop is not what it was. */
  void moved(Running clock);
}

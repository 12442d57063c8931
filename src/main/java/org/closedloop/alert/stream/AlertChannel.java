package org.closedloop.alert.stream;

/** The PostgreSQL channel by which a sweep tells every node that there are new alerts to read. */
public final class AlertChannel {

  public static final String NAME = "closedloop_alert";

  private AlertChannel() {}
}

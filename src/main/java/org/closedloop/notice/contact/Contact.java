package org.closedloop.notice.contact;

import java.time.LocalTime;

/**
 * What an official said about being told. Personal data of officials: only they themselves read it.
 *
 * @param webhook      name of a configured target
 * @param quietFrom    null together with {@code quietTo}: the hours of everybody
 * @param quietDaysOff null: as everybody
 */
public record Contact(String username, String email, String webhook, LocalTime quietFrom, LocalTime quietTo,
    Boolean quietDaysOff) {

  /** Their quiet hours, where they said nothing those of everybody. */
  QuietHours quiet(QuietHours everybody) {
    boolean daysOff = quietDaysOff == null ? everybody.daysOff() : quietDaysOff;
    return quietFrom == null ? new QuietHours(everybody.from(), everybody.to(), daysOff)
        : new QuietHours(quietFrom, quietTo, daysOff);
  }

  @Override
  public String toString() {
    return "Contact[" + username + "]";
  }
}

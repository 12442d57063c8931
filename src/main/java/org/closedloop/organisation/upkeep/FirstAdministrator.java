package org.closedloop.organisation.upkeep;

import java.util.List;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.UnitKind;
import org.closedloop.organisation.UnitRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * The way into an empty installation without the demo: one account {@code admin}, which then imports areas, units and
 * officials. Its password comes from outside and has to be changed at the first log-in.
 */
@Component
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "false")
class FirstAdministrator implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(FirstAdministrator.class);
  private static final String USERNAME = "admin";
  private static final String UNIT = "administration";

  private final Organisation organisation;
  private final Roster roster;
  private final Passwords passwords;
  private final String password;

  FirstAdministrator(Organisation organisation, Roster roster, Passwords passwords,
      @Value("${closedloop.first-admin-password}") String password) {
    this.organisation = organisation;
    this.roster = roster;
    this.passwords = passwords;
    this.password = password;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (!organisation.officials().isEmpty()) {
      return;
    }
    if (password.isBlank()) {
      LOG.warn("Nobody can log in yet: set CLOSEDLOOP_FIRST_ADMIN_PASSWORD and start again; the account is \"{}\".",
          USERNAME);
      return;
    }
    roster.keepUnits(List.of(new UnitRow(UNIT, "系统管理", UnitKind.DEPARTMENT.code(), null, null)), false);
    roster.keepOfficials(List.of(new Person(USERNAME, "系统管理员", UNIT, List.of(Post.ADMINISTRATOR.code()), null, true)),
        false);
    passwords.give(USERNAME, password, "CLOSEDLOOP_FIRST_ADMIN_PASSWORD");
    LOG.info("The first account \"{}\" was made; its password has to be changed at the first log-in.", USERNAME);
  }
}

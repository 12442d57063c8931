package org.closedloop.demo;

import java.util.List;
import org.closedloop.csv.CsvTable;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.upkeep.OrganisationFile;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database with the demo county 岢岚县, before the first request is taken. Divisions are real, people
 * are invented.
 */
@Component
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoOrganisation implements SmartInitializingSingleton {

  private static final String FOLDER = "reference/demo/";

  private final Roster roster;
  private final PasswordEncoder passwords;
  private final String password;

  DemoOrganisation(Roster roster, PasswordEncoder passwords,
      @Value("${closedloop.demo-password}") String password) {
    this.roster = roster;
    this.passwords = passwords;
    this.password = password;
  }

  String password() {
    return password;
  }

  @Override
  public void afterSingletonsInstantiated() {
    // one hash for all: the password is public anyway, and two hundred slow hashes would delay the first start
    roster.fillWhenEmpty(
        OrganisationFile.areas(CsvTable.resource(FOLDER + "areas.csv", OrganisationFile.AREA_COLUMNS, List.of())),
        OrganisationFile.units(CsvTable.resource(FOLDER + "units.csv", OrganisationFile.UNIT_COLUMNS, List.of())),
        OrganisationFile.officials(CsvTable.resource(FOLDER + "officials.csv", OrganisationFile.OFFICIAL_COLUMNS,
            List.of())),
        () -> passwords.encode(password));
  }
}

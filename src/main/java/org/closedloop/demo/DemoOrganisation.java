package org.closedloop.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.upkeep.CsvTable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Fills an empty database with the demo county 岢岚县, before the first request is taken. Divisions are real, people
 * are invented.
 */
@Component
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoOrganisation implements SmartInitializingSingleton {

  private final Roster roster;
  private final PasswordEncoder passwords;
  private final String password;

  DemoOrganisation(Roster roster, PasswordEncoder passwords,
      @Value("${closedloop.demo-password:closed-loop-demo}") String password) {
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
    roster.fillWhenEmpty(read("areas", CsvTable::areas), read("units", CsvTable::units),
        read("officials", CsvTable::officials), () -> passwords.encode(password));
  }

  private static <T> T read(String table, Function<Reader, T> parse) {
    var file = new ClassPathResource("reference/demo/" + table + ".csv");
    try (var reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
      return parse.apply(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

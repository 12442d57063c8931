package org.closedloop.organisation.upkeep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Roster;
import org.closedloop.problem.InvalidInput;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * What a password must be like, and setting one. Length and not being guessable are asked for, as NIST and ASVS do;
 * kinds of characters are not.
 */
@Component
public class Passwords {

  static final int SHORTEST = 8;
  static final int LONGEST = 128;

  /** No letters and digits that look alike: people type these from paper. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Organisation organisation;
  private final Roster roster;
  private final PasswordEncoder encoder;
  private final SecureRandom random = new SecureRandom();
  private final Set<String> common = commonPasswords();

  private final String demoPassword;

  Passwords(Organisation organisation, Roster roster, PasswordEncoder encoder,
      @Value("${closedloop.demo-password}") String demoPassword) {
    this.demoPassword = demoPassword;
    this.organisation = organisation;
    this.roster = roster;
    this.encoder = encoder;
  }

  /**
   * The person chooses a password.
   *
   * @param field name of the request's field, for the finding
   * @throws InvalidInput when it is too short, too long, common, or made of names from the county
   */
  public void choose(String username, String password, String field) {
    check(username, password, field);
    roster.setPassword(username, encoder.encode(password), false);
  }

  /** Somebody else gives the person a password, which has to be changed at the first log-in. */
  void give(String username, String password, String field) {
    check(username, password, field);
    roster.setPassword(username, encoder.encode(password), true);
  }

  /** A password nobody could guess, to be handed over once: three groups of four, about 59 bits. */
  String invent() {
    return Stream.generate(() -> random.ints(4, 0, ALPHABET.length()).mapToObj(i -> "" + ALPHABET.charAt(i))
        .collect(Collectors.joining())).limit(3).collect(Collectors.joining("-"));
  }

  private void check(String username, String password, String field) {
    int length = password == null ? 0 : password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      throw InvalidInput.at(field, "密码应为 " + SHORTEST + "–" + LONGEST + " 个字符，建议 15 个以上。",
          "A password has " + SHORTEST + " to " + LONGEST + " characters; 15 or more are advised.");
    }
    String plain = password.toLowerCase(Locale.ROOT);
    if (plain.chars().anyMatch(Character::isISOControl)) {
      throw InvalidInput.at(field, "密码不能含有控制字符。", "A password must not hold control characters.");
    }
    if (common.contains(plain) || plain.equals(demoPassword) || plain.codePoints().distinct().count() < 4) {
      throw InvalidInput.at(field, "这个密码太常见，很容易被猜到，请换一个。",
          "This password is among the first that are tried; choose another.");
    }
    if (namesOfTheCounty(username).anyMatch(plain::contains)) {
      throw InvalidInput.at(field, "密码不能包含账号、单位或地区的名称和代码，请换一个。",
          "A password must not hold the username or the name or code of a unit or area; choose another.");
    }
  }

  /** What somebody who knows the county would try. The county's code begins every other code. */
  private Stream<String> namesOfTheCounty(String username) {
    var names = Stream.concat(organisation.areas().stream().map(a -> a.name()),
        organisation.units().stream().map(u -> u.name()));
    var codes = organisation.areas().stream().filter(a -> a.parent() == null).map(a -> a.code());
    return Stream.of(names, codes, Stream.of(username, "closedloop")).flatMap(s -> s)
        .map(s -> s.toLowerCase(Locale.ROOT)).filter(s -> s.length() > 1);
  }

  private static Set<String> commonPasswords() {
    try (var in = new ClassPathResource("reference/common-passwords.txt").getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(l -> !l.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

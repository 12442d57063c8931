package org.closedloop.demo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.UnitKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The accounts one may try the demo with, password and all; the log-in page offers them. */
@RestController
@ConditionalOnProperty(name = "closedloop.demo", havingValue = "true")
class DemoAccounts {

  record InUnit(String code, String name, UnitKind kind) {}

  record Account(String username, String password, String name, InUnit unit, Collection<Post> posts) {}

  private final Organisation organisation;
  private final DemoOrganisation demo;
  private final PasswordEncoder passwords;
  /** Hash → whether the demo's password opens it. Few different ones: all demo accounts share theirs. */
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  DemoAccounts(Organisation organisation, DemoOrganisation demo, PasswordEncoder passwords) {
    this.organisation = organisation;
    this.demo = demo;
    this.passwords = passwords;
  }

  @GetMapping("/api/public/demo-accounts")
  List<Account> accounts() {
    return organisation.officials().stream().filter(o -> organisation.enabled(o.username()))
        .filter(o -> opens(o.username()))
        .map(o -> new Account(o.username(), demo.password(), o.name(),
            new InUnit(o.unit().code(), o.unit().name(), o.unit().kind()), o.posts()))
        .toList();
  }

  /** Accounts made later, or with a password of their own, are nobody's to try. */
  private boolean opens(String username) {
    return organisation.credential(username).filter(c -> c.passwordHash() != null && !c.mustChange())
        .map(c -> known.computeIfAbsent(c.passwordHash(), hash -> passwords.matches(demo.password(), hash)))
        .orElse(false);
  }
}

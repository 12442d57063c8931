package org.closedloop.demo;

import java.util.Collection;
import java.util.List;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.UnitKind;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
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

  DemoAccounts(Organisation organisation, DemoOrganisation demo) {
    this.organisation = organisation;
    this.demo = demo;
  }

  @GetMapping("/api/public/demo-accounts")
  List<Account> accounts() {
    return organisation.officials().stream().filter(o -> organisation.enabled(o.username()))
        .map(o -> new Account(o.username(), demo.password(), o.name(),
            new InUnit(o.unit().code(), o.unit().name(), o.unit().kind()), o.posts()))
        .toList();
  }
}

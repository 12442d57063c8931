package org.closedloop.organisation;

import org.closedloop.problem.Unauthenticated;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** {@link Me} from the security context. Only the username is believed; everything else is looked up. */
@Component
class SignedIn implements Me {

  private final Organisation organisation;

  SignedIn(Organisation organisation) {
    this.organisation = organisation;
  }

  @Override
  public Official current() {
    var who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || !who.isAuthenticated() || who instanceof AnonymousAuthenticationToken) {
      throw unauthenticated();
    }
    return organisation.official(who.getName()).filter(o -> organisation.enabled(o.username()))
        .orElseThrow(SignedIn::unauthenticated);
  }

  @Override
  public Sight sight() {
    return organisation.sightOf(current());
  }

  private static Unauthenticated unauthenticated() {
    return new Unauthenticated("请先登录。", "Log in first.");
  }
}

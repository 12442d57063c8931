package org.closedloop.organisation;

import org.closedloop.problem.Unauthenticated;

/** The person on whose behalf the present request runs. Inject it; never pass usernames in from outside. */
public interface Me {

  /**
   * The logged-in official.
   *
   * @throws Unauthenticated when nobody is logged in, or the account no longer exists or is disabled
   */
  Official current();

  /** What that official may see. */
  Sight sight();
}

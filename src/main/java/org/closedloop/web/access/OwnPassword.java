package org.closedloop.web.access;

import jakarta.servlet.http.HttpServletRequest;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Roster.AccessChanged;
import org.closedloop.organisation.upkeep.Passwords;
import org.closedloop.problem.InvalidInput;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Changing one's own password. Ends every session of the person, this one too: log in again with the new one. */
@RestController
class OwnPassword {

  /** The password now and the one wanted. */
  record Change(String current, String wanted) {

    @Override
    public String toString() {
      return "Change[]";
    }
  }

  private final Me me;
  private final LogIn logIn;
  private final Passwords passwords;
  private final OfficialSession sessions;

  OwnPassword(Me me, LogIn logIn, Passwords passwords, OfficialSession sessions) {
    this.me = me;
    this.logIn = logIn;
    this.passwords = passwords;
    this.sessions = sessions;
  }

  @PostMapping("/api/me/password")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void change(@RequestBody Change change, HttpServletRequest request) {
    String username = me.current().username();
    try {
      logIn.verify(username, change.current() == null ? "" : change.current(), request.getRemoteAddr());
    } catch (BadCredentialsException wrong) {
      throw InvalidInput.at("current", "当前密码不正确。", "This is not the present password.");
    }
    passwords.choose(username, change.wanted(), "wanted");
  }

  @TransactionalEventListener
  void endSessions(AccessChanged changed) {
    sessions.endAll(changed.username());
  }
}

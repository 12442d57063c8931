package org.closedloop.organisation;

/**
 * What a log-in is checked against, read from the database each time so that a disabled account or a new password
 * counts at once on every node. Never leaves the server and never prints its hash.
 *
 * @param passwordHash null when no password was set yet: such an account cannot log in
 * @param mustChange   the password was given by somebody else; nothing but changing it is allowed
 */
public record Credential(String username, String passwordHash, boolean enabled, boolean mustChange) {

  @Override
  public String toString() {
    return "Credential[enabled=" + enabled + ", mustChange=" + mustChange + "]";
  }
}

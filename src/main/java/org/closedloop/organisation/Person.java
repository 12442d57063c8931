package org.closedloop.organisation;

import java.util.List;

/**
 * An official as a file or an administrator describes one, every value still a text: what {@link Roster} checks and
 * keeps. Passwords are no part of it.
 *
 * @param posts codes of {@link Post}
 * @param phone null when none is known; personal data
 */
public record Person(String username, String name, String unit, List<String> posts, String phone, boolean enabled) {

  public Person {
    posts = posts.stream().sorted().distinct().toList();
  }

  @Override
  public String toString() {
    return "Person[unit=" + unit + ", posts=" + posts + "]";
  }
}

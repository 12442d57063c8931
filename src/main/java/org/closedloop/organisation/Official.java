package org.closedloop.organisation;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * 经办人员: one person with one unit and the posts held there. {@code username} is the identity used everywhere.
 *
 * @param posts    what the person may do now: the posts of their own, and those of colleagues on leave they act for
 * @param own      their own posts
 * @param standsIn for whom they act now
 */
public record Official(String username, String name, Unit unit, Set<Post> posts, Set<Post> own,
    List<StandIn> standsIn) {

  /** Somebody on leave, and the posts that are held in their place. */
  public record StandIn(String username, String name, Set<Post> posts) {}

  /** Somebody who acts for nobody. */
  public Official(String username, String name, Unit unit, Set<Post> posts) {
    this(username, name, unit, posts, posts, List.of());
  }

  public boolean holds(Post post) {
    return posts.contains(post);
  }

  /** The groups whose work items this person may take: {@code <unit>:<post>} for every post. */
  public List<String> groups() {
    return posts.stream().map(p -> unit.code() + ":" + p.code()).sorted().toList();
  }

  /** Whether this person deals with cases at all: designers and administrators alone do not. */
  public boolean mayReport() {
    return posts.stream().anyMatch(p -> p != Post.DESIGNER && p != Post.ADMINISTRATOR);
  }

  public boolean actsFor(String username) {
    return username != null && standsIn.stream().anyMatch(s -> s.username().equals(username));
  }

  /**
   * In whose place this person does something: of the one who holds the item, else of one whose post it takes.
   *
   * @param post     code of the post by which it is done; null when any will do
   * @param assignee who holds the item, may be null
   * @return a username; null when it is done in the person's own right
   */
  public String behalfOf(String post, String assignee) {
    if (actsFor(assignee)) {
      return assignee;
    }
    Optional<Post> by = Arrays.stream(Post.values()).filter(p -> p.code().equals(post)).findFirst();
    if (by.isEmpty() || own.contains(by.get())) {
      return null;
    }
    return standsIn.stream().filter(s -> s.posts().contains(by.get())).map(StandIn::username).findFirst().orElse(null);
  }

  /** Posts that deal with cases are passed on; models and accounts are nobody's to pass on. */
  static boolean passesOn(Post post) {
    return post != Post.DESIGNER && post != Post.ADMINISTRATOR;
  }
}

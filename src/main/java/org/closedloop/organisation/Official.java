package org.closedloop.organisation;

import java.util.Set;

/** 经办人员: one person with one unit and the posts held there. {@code username} is the identity used everywhere. */
public record Official(String username, String name, Unit unit, Set<Post> posts) {

  public boolean holds(Post post) {
    return posts.contains(post);
  }

  /** The groups whose work items this person may take: {@code <unit>:<post>} for every post. */
  public java.util.List<String> groups() {
    return posts.stream().map(p -> unit.code() + ":" + p.code()).sorted().toList();
  }

  /** Whether this person deals with cases at all: designers and administrators alone do not. */
  public boolean mayReport() {
    return posts.stream().anyMatch(p -> p != Post.DESIGNER && p != Post.ADMINISTRATOR);
  }
}

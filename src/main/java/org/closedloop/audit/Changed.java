package org.closedloop.audit;

import java.util.List;

/**
 * One thing that was, or in a dry run would be, added or changed: what a preview shows and what the book then tells.
 *
 * @param key  its key; {@code name}: what people call it
 * @param act  {@code added}, {@code changed} or {@code removed}
 */
public record Changed(String key, String name, String act, List<Change> changes) {

  /** @param before null when there was nothing yet */
  public static Changed of(String key, String name, Record before, Record after) {
    return new Changed(key, name, before == null ? "added" : "changed", Change.between(before, after));
  }
}

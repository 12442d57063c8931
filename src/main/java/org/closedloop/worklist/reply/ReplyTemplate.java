package org.closedloop.worklist.reply;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * 回复模板: a text that begins an answer to a reporter.
 *
 * @param id       0 while it is not kept yet
 * @param field    {@code <task>.<key>} of the form's question it is for
 * @param titleEn  null where there is none
 * @param text     with the names of {@link ReplyText} in braces
 * @param category what the case must be about, with everything below; null: whatever
 * @param unit     whose it is; null: everybody's
 * @param active   offered to officials
 */
record ReplyTemplate(long id, String field, String title, String titleEn, String text, String category, String unit,
    boolean active) {

  ReplyTemplate with(long newId) {
    return new ReplyTemplate(newId, field, title, titleEn, text, category, unit, active);
  }

  /** What people tell it from others by: no two templates have the same. */
  String key() {
    return Stream.of(field, category, unit, title).filter(Objects::nonNull).collect(Collectors.joining(" "));
  }
}

package org.closedloop.notice.delivery;

import java.time.Instant;
import java.util.List;
import org.closedloop.problem.Words;

/**
 * One message to one person by one target.
 *
 * @param tries     counts this try
 * @param dedupeKey visible ASCII; the same at every try, so that the receiver can know a repetition
 * @param email     the person's address; null when there is none
 * @param items     one event, or the first ones of a digest
 * @param count     how many events there are in all
 */
public record Letter(long id, int tries, String target, String dedupeKey, String recipient, String name, String email,
    boolean digest, List<Item> items, long count) {

  /** One event. */
  public record Item(String topic, String caseNumber, String unit, Instant at, Words title, Words text) {}

  @Override
  public String toString() {
    return "Letter[" + id + " " + target + "]";
  }
}

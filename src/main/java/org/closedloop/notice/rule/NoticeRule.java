package org.closedloop.notice.rule;

import java.util.List;
import java.util.Set;

/**
 * One row of the rules: who is told of a topic, and how.
 *
 * @param recipient {@code holder} (who holds the item; the unit's workers while nobody does), {@code official} (the one
 *                  named, nobody when none is), {@code unit:leader} (the unit's leaders, or those of the unit above),
 *                  {@code unit:<post>}, {@code centre:<post>} or {@code county:county-leader}
 * @param channels  of {@code inbox}, {@code mail}, {@code webhook} (the target the person chose) and
 *                  {@code webhook:<target>}
 * @param quiet     {@code defer}, {@code digest} or {@code always}
 * @param digest    never at once, only in the morning's digest
 */
public record NoticeRule(String topic, String recipient, List<String> channels, String quiet, boolean digest) {

  public static final String INBOX = "inbox";
  public static final String MAIL = "mail";
  public static final String WEBHOOK = "webhook";

  static final Set<String> QUIET = Set.of("defer", "digest", "always");

  public Handling handling() {
    if (digest) {
      return Handling.DIGEST;
    }
    return switch (quiet) {
      case "always" -> Handling.ALWAYS;
      case "digest" -> Handling.DIGEST_AT_NIGHT;
      default -> Handling.DEFER;
    };
  }
}

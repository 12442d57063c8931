package org.closedloop.alert;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an alert says: reminder, deadline passed, and the rungs of the ladder after that. */
public enum Level {
  WARN, OVERDUE, ORDER, YELLOW_CARD, RED_CARD;

  /** As it stands in tables, addresses and answers, e.g. {@code yellow-card}. */
  @JsonValue
  public String code() {
    return name().toLowerCase().replace('_', '-');
  }

  public static Optional<Level> of(String code) {
    return Arrays.stream(values()).filter(l -> l.code().equals(code)).findFirst();
  }

  static String codes(String separator) {
    return Arrays.stream(values()).map(Level::code).collect(Collectors.joining(separator));
  }
}

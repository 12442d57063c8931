package org.closedloop.alert.ladder;

import java.util.Arrays;
import org.closedloop.alert.Level;

/** How far a ladder has come, and with it where one begins that goes on. */
enum Rung {
  /** The deadline has passed; the order is next. */
  URGED,
  ORDERED,
  YELLOW_CARD,
  RED_CARD;

  /** Where a ladder begins at which the order goes out at once: problem cases, orders by hand. */
  static final String ORDER_NOW = "order";

  /** As it stands in tables and in the variable {@code entry} of the model. */
  String code() {
    return name().toLowerCase().replace('_', '-');
  }

  static Rung of(String code) {
    return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst().orElseThrow();
  }

  /** The rung that an alert of this level is. */
  static Rung of(Level level) {
    return switch (level) {
      case ORDER -> ORDERED;
      case YELLOW_CARD -> YELLOW_CARD;
      case RED_CARD -> RED_CARD;
      default -> throw new IllegalArgumentException("the ladder has no rung " + level.code());
    };
  }
}

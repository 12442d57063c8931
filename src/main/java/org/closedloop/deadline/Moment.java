package org.closedloop.deadline;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a moment out of a query, as programs and people write it. */
public final class Moment {

  /** Moments outside these years are taken for mistakes. */
  public static final int FIRST_YEAR = 1990;
  public static final int LAST_YEAR = 2100;

  private static final int LONGEST = 40;
  private static final Pattern OFFSET = Pattern.compile(".{11,}(Z|[+-]\\d\\d:\\d\\d)");

  private Moment() {}

  /**
   * @param text RFC 3339 ({@code 2026-03-01T09:00:00+08:00}), without an offset in the zone of the product, or a date
   *             alone, which is its midnight
   * @return empty when it is none of these, or in no year that makes sense here
   */
  public static Optional<OffsetDateTime> of(String text) {
    if (text == null || text.length() > LONGEST) {
      return Optional.empty();
    }
    // A plus sign that was not escaped in a query arrives as a blank.
    String given = text.strip().replace(' ', '+');
    try {
      OffsetDateTime at = OFFSET.matcher(given).matches() ? OffsetDateTime.parse(given)
          : (given.contains("T") ? LocalDateTime.parse(given) : LocalDate.parse(given).atStartOfDay())
              .atZone(WorkingCalendar.ZONE).toOffsetDateTime();
      return at.getYear() >= FIRST_YEAR && at.getYear() <= LAST_YEAR ? Optional.of(at) : Optional.empty();
    } catch (DateTimeException noMoment) {
      return Optional.empty();
    }
  }
}

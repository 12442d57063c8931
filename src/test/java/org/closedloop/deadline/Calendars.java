package org.closedloop.deadline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.closedloop.deadline.WorkingCalendar.Session;
import org.closedloop.deadline.WorkingCalendar.SpecialDay;

/** The shipped calendar without a database, for tests of the rules alone. */
public final class Calendars {

  public static final List<Session> USUAL_HOURS = List.of(
      new Session(LocalTime.of(8, 0), LocalTime.of(12, 0)), new Session(LocalTime.of(14, 30), LocalTime.of(18, 0)));

  private static final Map<LocalDate, SpecialDay> SHIPPED = shippedDays().stream()
      .collect(Collectors.toMap(SpecialDay::date, Function.identity()));

  private Calendars() {}

  public static WorkingCalendar shipped() {
    return new WorkingCalendar(USUAL_HOURS, shippedDays());
  }

  public static Optional<SpecialDay> shippedDays(LocalDate date) {
    return Optional.ofNullable(SHIPPED.get(date));
  }

  public static List<SpecialDay> shippedDays() {
    try (var in = new BufferedReader(new InputStreamReader(
        Calendars.class.getResourceAsStream("/reference/holidays.csv"), StandardCharsets.UTF_8))) {
      return in.lines().skip(1).map(l -> l.split(","))
          .map(c -> new SpecialDay(LocalDate.parse(c[0]), c[1].equals("work"), c[2])).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

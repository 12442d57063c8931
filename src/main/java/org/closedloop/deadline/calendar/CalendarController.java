package org.closedloop.deadline.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.deadline.Moment;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Post;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.Problem.FieldError;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/calendar}: by when something is due and why, and the days of the calendar. */
@RestController
@RequestMapping("/api/calendar")
class CalendarController {

  /** Years for which days may be asked and kept. */
  private static final int FIRST_YEAR = Moment.FIRST_YEAR;
  private static final int LAST_YEAR = Moment.LAST_YEAR;
  private static final int MOST = 10_000;
  private static final int MOST_MINUTES = 1_000_000;

  private final OfficeDays days;
  private final WorkingCalendar.Source calendar;
  private final CalendarWishes wishes;
  private final Me me;
  private final Clock clock;

  CalendarController(OfficeDays days, WorkingCalendar.Source calendar, CalendarWishes wishes, Me me, Clock clock) {
    this.days = days;
    this.wishes = wishes;
    this.calendar = calendar;
    this.me = me;
    this.clock = clock;
  }

  /**
   * @param warning there only when the period touches days without a known holiday notice
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DueAnswer(OffsetDateTime due, String explanation, LocalDate coveredUntil, String warning) {}

  record Hours(String opens, String closes) {}

  record Year(int year, boolean covered, LocalDate coveredUntil, List<Hours> hours, List<OfficeDay> items) {}

  record Wanted(String kind, String name) {}

  record Changed(LocalDate date, String kind, String name, boolean officeDay, LocalDate coveredUntil,
      List<Clocks.Moved> moved) {}

  /** {@code from} is now unless given; without an offset it is taken as local time. */
  @GetMapping("/due")
  DueAnswer due(@RequestParam(required = false) String from, @RequestParam(required = false) String amount,
      @RequestParam(required = false) String unit, Locale locale) {
    me.current();
    List<FieldError> errors = new ArrayList<>();
    OffsetDateTime start = moment(from, errors);
    AllowanceUnit kind = Arrays.stream(AllowanceUnit.values()).filter(u -> u.name().equals(unit)).findFirst()
        .orElse(null);
    if (kind == null) {
      errors.add(FieldError.of("unit", "请选择 MINUTES、WORKING_HOURS、WORKING_DAYS 或 DAYS。",
          "Give MINUTES, WORKING_HOURS, WORKING_DAYS or DAYS."));
    }
    int most = kind == AllowanceUnit.MINUTES ? MOST_MINUTES : MOST;
    int number = number(amount);
    if (number < 1 || number > most) {
      errors.add(FieldError.of("amount", "请填写 1 至 " + most + " 的整数。",
          "Give a whole number from 1 to " + most + "."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    WorkingCalendar now = calendar.current();
    WorkingCalendar.Due laid = now.due(start, number, kind);
    return new DueAnswer(laid.due(), laid.explanation().in(locale), now.coveredUntil(),
        laid.beyondCoverage() ? now.coverageWarning().in(locale) : null);
  }

  @GetMapping("/days")
  Year days(@RequestParam(required = false) String year) {
    me.current();
    int wanted = year == null || year.isBlank() ? LocalDate.now(clock).getYear() : number(year);
    wishes.year(wanted);
    WorkingCalendar now = calendar.current();
    boolean covered = now.coveredUntil() != null && wanted <= now.coveredUntil().getYear()
        && wanted >= now.coveredFrom().getYear();
    return new Year(wanted, covered, now.coveredUntil(), now.hours().stream()
        .map(h -> new Hours(h.opens().toString(), h.closes().toString())).toList(), days.of(wanted));
  }

  /** {@code kind}: {@code off}, {@code work}, or {@code normal} for a day that follows Monday to Friday again. */
  @PutMapping("/days/{date}")
  Changed put(@PathVariable String date, @RequestParam(required = false) String recompute,
      @RequestBody Wanted wanted) {
    var who = me.current();
    if (!who.holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以修改工作日历。", "Only an administrator may change the calendar.");
    }
    List<FieldError> errors = new ArrayList<>();
    OfficeDay day = wishes.checked(date, wanted.kind(), wanted.name(), null, "", errors);
    if (recompute != null && !List.of("true", "false").contains(recompute)) {
      errors.add(FieldError.of("recompute", "请填写 true 或 false。", "Give true or false."));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
    boolean move = "true".equals(recompute);
    boolean normal = "normal".equals(day.kind());
    OfficeDays.Change change = normal ? days.follow(day.date(), move) : days.set(day, who.username(), move);
    return new Changed(day.date(), day.kind(), normal ? "" : day.name(), change.calendar().isOfficeDay(day.date()),
        change.calendar().coveredUntil(), change.moved());
  }

  private OffsetDateTime moment(String text, List<FieldError> errors) {
    if (text == null || text.isBlank()) {
      return WorkingCalendar.local(clock.instant());
    }
    Optional<OffsetDateTime> at = Moment.of(text);
    if (at.isPresent()) {
      return at.get();
    }
    errors.add(FieldError.of("from", "请填写 " + FIRST_YEAR + " 至 " + LAST_YEAR + " 年间的时间，例如 2026-03-01T09:00:00+08:00。",
        "Give a time between " + FIRST_YEAR + " and " + LAST_YEAR + ", for example 2026-03-01T09:00:00+08:00."));
    return null;
  }

  /** The number, or -1 when it is none; every caller wants a positive one. */
  private static int number(String text) {
    return text != null && text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
  }
}

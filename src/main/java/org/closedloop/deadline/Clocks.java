package org.closedloop.deadline;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.deadline.ClockMapper.Ended;
import org.closedloop.deadline.ClockMapper.Row;
import org.closedloop.deadline.SupervisedClocks.Change;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.InvalidInput;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The clocks of cases: started, stopped, run on, extended, ended, laid again. Joins the caller's transaction. Only an
 * extension, a stop and an asked-for recomputation ever move a deadline; claims, comments and reassignments cannot.
 *
 * <p>A clock is found by case, process instance and key; at most one with the same three is open at a time. Times are
 * kept in whole seconds. Callers hold the lock of the case row, as everything that writes to a case does.
 */
@Service
public class Clocks {

  /** At most this many extensions; the first is decided by the duty leader, the second by the county leader. */
  public static final int EXTENSIONS = 2;

  private static final String STAGE = "stage";

  private final ClockMapper clocks;
  private final WorkingCalendar.Source calendar;
  private final CaseRegister register;
  private final ObjectProvider<ClockListener> listeners;
  private final ObjectProvider<RunningTimers> timers;
  private final ObjectProvider<SupervisedClocks> supervision;

  Clocks(ClockMapper clocks, WorkingCalendar.Source calendar, CaseRegister register,
      ObjectProvider<ClockListener> listeners, ObjectProvider<RunningTimers> timers,
      ObjectProvider<SupervisedClocks> supervision) {
    this.clocks = clocks;
    this.calendar = calendar;
    this.register = register;
    this.listeners = listeners;
    this.timers = timers;
    this.supervision = supervision;
  }

  /** 停表: a standstill of one clock; {@code until} null while it lasts. */
  public record Stop(long clockId, OffsetDateTime since, OffsetDateTime until) {}

  /** A deadline that a recomputation moved. */
  public record Moved(@JsonProperty("case") String caseNumber, String key, @JsonProperty("old") OffsetDateTime oldDue,
      @JsonProperty("new") OffsetDateTime newDue) {}

  /**
   * Starts a clock. When one with the same case, instance and key is open, it runs on if it was stopped, and stays
   * exactly as it is otherwise: reaching a stage again, or signing for it, gives no new time.
   *
   * @param kind {@code stage, check-in, rung, suspension, answer, side}
   * @throws IllegalArgumentException when there is no such case
   */
  @Transactional
  public Running start(String caseNumber, String process, String processInstance, String key, String kind,
      Allowance allowance, String activity, Instant now) {
    WorkingCalendar current = calendar.current();
    OffsetDateTime from = second(now);
    OffsetDateTime due = current.dueAt(from.toInstant(), allowance.amount(), allowance.unit());
    OffsetDateTime warn = current.warnAt(from, due, allowance.warn(), allowance.unit());
    long before = current.span(warn, due, allowance.unit()).toSeconds();
    // Most clocks are new: one statement makes them, and only who finds one open reads it.
    Row made = clocks.insert(new Row(null, caseNumber, process, processInstance, key, kind, activity, null, null, 0,
        from, allowance.amount(), allowance.unit(), allowance.warn(), warn, due, due, from,
        allowance.unit().steps(allowance.amount()), 0, null, before, null, null, null, "[]"));
    if (made != null) {
      return made.running();
    }
    Row open = mustBeOpen(caseNumber, processInstance, key);
    return open.pausedSince() == null ? open.running() : resumed(open, now);
  }

  /**
   * Starts a clock that runs out on a day chosen by a person, at the opening of the office on that day (of the next
   * office day where it is a day off). When one is open already, it runs out on the day chosen now.
   *
   * @param limit the longest that may be chosen, counted from now
   * @param field where the day was entered, for the finding
   * @throws InvalidInput when the day is not after today or is later than the limit
   */
  @Transactional
  public Running startOn(String caseNumber, String process, String processInstance, String key, String kind,
      LocalDate date, Allowance limit, String activity, String field, Instant now) {
    checkChosen(date, limit, field, now);
    OffsetDateTime due = calendar.current().openingOnOrAfter(date);
    return chosen(caseNumber, process, processInstance, key, kind, date, due, limit, activity, now);
  }

  /**
   * As {@link #startOn(String, String, String, String, String, LocalDate, Allowance, String, String, Instant)} for a
   * moment, which is kept as it is, office hours or not.
   */
  @Transactional
  public Running startOn(String caseNumber, String process, String processInstance, String key, String kind,
      OffsetDateTime moment, Allowance limit, String activity, String field, Instant now) {
    OffsetDateTime due = second(moment.toInstant());
    OffsetDateTime latest = calendar.current().dueAt(now, limit.amount(), limit.unit());
    if (!due.toInstant().isAfter(now)) {
      throw InvalidInput.at(field, "所选时间已过，请选择以后的时间。", "This moment has passed; choose a later one.");
    }
    if (due.isAfter(latest)) {
      throw tooLate(field, limit, latest);
    }
    return chosen(caseNumber, process, processInstance, key, kind, null, due, limit, activity, now);
  }

  /**
   * Checks a day chosen by a person without starting anything, for use when a request is filed that is decided later.
   *
   * @throws InvalidInput when the day is not after today or is later than the limit
   */
  public void checkChosen(LocalDate date, Allowance limit, String field, Instant now) {
    if (date == null) {
      throw InvalidInput.at(field, "请选择日期。", "Choose a date.");
    }
    LocalDate today = WorkingCalendar.local(now).toLocalDate();
    if (!date.isAfter(today)) {
      throw InvalidInput.at(field, "日期必须晚于今天（" + today + "）。", "The date must be after today (" + today + ").");
    }
    OffsetDateTime latest = limit.unit() == AllowanceUnit.DAYS
        // A day count is a limit on the day itself; that the last day may be off does not allow a later one.
        ? today.plusDays(limit.amount()).atTime(23, 59, 59).atZone(WorkingCalendar.ZONE).toOffsetDateTime()
        : calendar.current().dueAt(now, limit.amount(), limit.unit());
    if (date.isAfter(latest.toLocalDate())) {
      throw tooLate(field, limit, latest);
    }
  }

  /** Ties an open clock to the work item it is shown with and the unit that answers for it. */
  @Transactional
  public void bind(String caseNumber, String processInstance, String key, String itemId, String unitCode) {
    clocks.bind(caseNumber, processInstance, key, itemId, unitCode);
  }

  /**
   * Stops one clock, or with {@code key} null all stage clocks of the instance. A clock that stands still already, or
   * one that a person chose the date of, stays as it is.
   *
   * @return the clocks that were stopped
   */
  @Transactional
  public List<Running> pause(String caseNumber, String processInstance, String key, Instant now) {
    List<Running> stopped = new ArrayList<>();
    for (Row row : these(caseNumber, processInstance, key)) {
      if (row.pausedSince() == null && row.laidAmount() != null) {
        OffsetDateTime since = second(now);
        Row still = row.stopped(since, calendar.current().remaining(since.toInstant(), row.dueAt(), row.unit()));
        changed(still, Change.STOPPED);
        clocks.stopped(row.id(), since);
        stopped.add(still.running());
      }
    }
    stopped.forEach(this::tellListeners);
    return stopped;
  }

  /**
   * Lets stopped clocks run on with what was left, laid on the calendar from now; with {@code key} null all stage clocks
   * of the instance. A clock that was late when it was stopped is late again at once, with the deadline it had.
   *
   * @return the clocks that run again
   */
  @Transactional
  public List<Running> resume(String caseNumber, String processInstance, String key, Instant now) {
    return these(caseNumber, processInstance, key).stream().filter(r -> r.pausedSince() != null)
        .map(r -> resumed(r, now)).toList();
  }

  /**
   * What {@link #extend} would do, without doing it: for use when an extension is asked for and decided by somebody else.
   *
   * @return the deadline it would lead to
   */
  @Transactional(readOnly = true)
  public OffsetDateTime checkExtension(String caseNumber, String processInstance, String key, int amount,
      AllowanceUnit unit, String field, Instant askedAt, Allowance maximum) {
    return extension(find(caseNumber, processInstance, key), amount, unit, field, askedAt, maximum);
  }

  /**
   * Gives more time, laid on the calendar from the present deadline.
   *
   * @param by      username of the official who decided it
   * @param field   where the amount was entered, for the finding
   * @param askedAt when it was asked for, which must not be after the deadline
   * @param maximum extensions together never reach further than this, nor than the original allowance, each laid from
   *                the original deadline
   * @throws Conflict     {@code no-clock}: nothing runs here; {@code clock-stopped}; {@code extension-late}: asked for after
   *                      the deadline; {@code extension-limit}: it was extended twice already
   * @throws InvalidInput when the amount is not positive or more than is left
   */
  @Transactional
  public Running extend(String caseNumber, String processInstance, String key, int amount, AllowanceUnit unit,
      String by, String field, Instant askedAt, Allowance maximum) {
    Row row = find(caseNumber, processInstance, key);
    OffsetDateTime due = extension(row, amount, unit, field, askedAt, maximum);
    WorkingCalendar current = calendar.current();
    List<Running.Extension> all = new ArrayList<>(row.extensions());
    all.add(new Running.Extension(amount, unit, by, second(askedAt), due));
    long more = Math.round(current.span(row.dueAt(), due, row.unit()).toSeconds() * (1 - row.warnFraction()));
    long before = row.warnBefore() + more;
    Row longer = row.extended(all, before, warn(current, row, due, before), due);
    changed(longer, Change.EXTENDED);
    tell(longer.running());
    return longer.running();
  }

  /** A new stage is reached: ends the stage clocks of the instance with other keys, stopped ones too. */
  @Transactional
  public void endOthers(String caseNumber, String processInstance, String stageKey, Instant now) {
    ended(clocks.endOthers(caseNumber, processInstance, stageKey, second(now)), Change.FINISHED);
  }

  /** Ends one clock; nothing happens when none is open. */
  @Transactional
  public void end(String caseNumber, String processInstance, String key, Instant now) {
    ended(clocks.end(caseNumber, processInstance, key, second(now)), Change.FINISHED);
  }

  /** An element of the model is left: ends the clocks of the instance that belong to it. */
  @Transactional
  public void endByActivity(String caseNumber, String processInstance, String activity, Instant now) {
    ended(clocks.endByActivity(caseNumber, processInstance, activity, second(now)), Change.FINISHED);
  }

  /** A work item is gone: ends the clock bound to it. */
  @Transactional
  public void endByItem(String itemId, Instant now) {
    ended(clocks.endByItem(itemId, second(now)), Change.FINISHED);
  }

  /** A side process has ended, and with it everything that was due in it. */
  @Transactional
  public void endInstance(String caseNumber, String processInstance, Instant now) {
    ended(clocks.endInstance(caseNumber, processInstance, second(now)), Change.FINISHED);
  }

  /** The case has ended, and with it everything that was due. */
  @Transactional
  public void endAll(String caseNumber, Instant now) {
    ended(clocks.endAll(caseNumber, second(now)), Change.CASE_ENDED);
  }

  /** The open clocks of a case, stopped ones too, soonest first. */
  public List<Running> running(String caseNumber) {
    return clocks.openOf(caseNumber).stream().map(Row::running).toList();
  }

  /** All clocks a case ever had, in the order in which they were started. */
  public List<Running> history(String caseNumber) {
    return clocks.allOf(caseNumber).stream().map(Row::running).toList();
  }

  /** When the clocks of a case stood still, in order. */
  public List<Stop> stops(String caseNumber) {
    return clocks.stopsOf(caseNumber).stream()
        .map(s -> new Stop(s.clockId(), WorkingCalendar.local(s.since().toInstant()),
            s.until() == null ? null : WorkingCalendar.local(s.until().toInstant())))
        .toList();
  }

  /** The open clock with this key. */
  public Optional<Running> running(String caseNumber, String processInstance, String key) {
    return clocks.openOf(caseNumber).stream()
        .filter(r -> r.processInstance().equals(processInstance) && r.key().equals(key)).map(Row::running).findFirst();
  }

  /** The open clocks of a case taken together, as the case register shows them. */
  public Running.Summary summary(String caseNumber) {
    return Running.Summary.of(running(caseNumber));
  }

  /**
   * Lays every running deadline again on a calendar whose days were changed, from where it was last laid, extensions
   * included. Stopped clocks need nothing: what was left of them is laid when they run on.
   *
   * @return what moved, by case
   */
  @Transactional
  public List<Moved> recompute(WorkingCalendar changed, Instant now) {
    TreeSet<String> cases = new TreeSet<>();
    for (Row row : clocks.followingTheCalendar()) {
      if (!again(changed, row).equals(row.running().due())) {
        cases.add(row.caseNumber());
      }
    }
    List<Moved> moved = new ArrayList<>();
    for (String caseNumber : cases) {
      // In the order everybody locks: the case, then what belongs to it. What was read above may have changed since.
      register.lock(caseNumber);
      for (Row row : clocks.openOfForUpdate(caseNumber)) {
        OffsetDateTime due = row.pausedSince() == null ? again(changed, row) : row.running().due();
        if (!due.equals(row.running().due())) {
          Row laid = row.laid(row.laidFrom(), row.laidAmount(), row.laidExtensions(),
              warn(changed, row, due, row.warnBefore()), due);
          changed(laid, Change.LAID);
          tell(laid.running());
          moved.add(new Moved(caseNumber, row.key(), row.running().due(), due));
        }
      }
    }
    return moved;
  }

  /** What {@link #recompute} would move; looks only, and keeps nobody waiting. */
  @Transactional(readOnly = true)
  public List<Moved> wouldMove(WorkingCalendar changed) {
    return clocks.followingTheCalendar().stream().filter(row -> row.pausedSince() == null)
        .map(row -> new Moved(row.caseNumber(), row.key(), row.running().due(), again(changed, row)))
        .filter(m -> !m.newDue().equals(m.oldDue())).toList();
  }

  private static OffsetDateTime again(WorkingCalendar changed, Row row) {
    if (row.chosenOn() != null) {
      return changed.openingOnOrAfter(row.chosenOn());
    }
    if (row.laidAmount() == null || row.laidAmount() < 0) {
      return row.running().due();
    }
    OffsetDateTime due = changed.resume(row.laidFrom().toInstant(), row.laidAmount(), row.unit());
    List<Running.Extension> all = row.extensions();
    for (Running.Extension more : all.subList(row.laidExtensions(), all.size())) {
      due = changed.dueAt(due.toInstant(), more.amount(), more.unit());
    }
    return due;
  }

  private Running chosen(String caseNumber, String process, String processInstance, String key, String kind,
      LocalDate date, OffsetDateTime due, Allowance limit, String activity, Instant now) {
    OffsetDateTime from = second(now);
    // By the clock: whoever chose a date thinks in days that pass, not in office hours.
    long before = Math.round((due.toEpochSecond() - from.toEpochSecond()) * (1 - limit.warn()));
    OffsetDateTime warn = due.minusSeconds(before);
    Row made = clocks.insert(new Row(null, caseNumber, process, processInstance, key, kind, activity, null, null, 0,
        from, limit.amount(), limit.unit(), limit.warn(), warn, due, due, from, null, 0, date, before, null, null, null,
        "[]"));
    if (made != null) {
      return made.running();
    }
    Row again = mustBeOpen(caseNumber, processInstance, key).chosen(date, warn, due, before);
    changed(again, Change.LAID);
    tell(again.running());
    return again.running();
  }

  private Row mustBeOpen(String caseNumber, String processInstance, String key) {
    Row open = clocks.open(caseNumber, processInstance, key);
    if (open == null) {
      throw new IllegalArgumentException("no case " + caseNumber + " to start a clock for");
    }
    return open;
  }

  private Running resumed(Row row, Instant now) {
    WorkingCalendar current = calendar.current();
    OffsetDateTime at = second(now);
    Row runs;
    if (row.remaining() < 0) {
      runs = row.laid(row.laidFrom(), row.laidAmount(), row.laidExtensions(), row.warnAt(), row.dueAt());
    } else {
      OffsetDateTime due = current.resume(at.toInstant(), row.remaining(), row.unit());
      runs = row.laid(at, row.remaining(), row.extensions().size(), warn(current, row, due, row.warnBefore()), due);
    }
    changed(runs, Change.RESUMED);
    clocks.resumed(row.id(), at);
    tell(runs.running());
    return runs.running();
  }

  private OffsetDateTime extension(Row row, int amount, AllowanceUnit unit, String field, Instant askedAt,
      Allowance maximum) {
    if (row == null || row.laidAmount() == null) {
      throw new Conflict("no-clock", "这里没有正在计时的时限，无法延期。", "Nothing is running here that could be extended.");
    }
    if (row.pausedSince() != null) {
      throw new Conflict("clock-stopped", "时限已停表，恢复计时后才能申请延期。",
          "The clock is stopped; ask again when it runs.");
    }
    if (second(askedAt).isAfter(row.dueAt())) {
      throw new Conflict("extension-late", "已超过截止时间，逾期后不能申请延期。",
          "The deadline has passed; more time can only be asked for before it.");
    }
    List<Running.Extension> given = row.extensions();
    if (given.size() >= EXTENSIONS) {
      throw new Conflict("extension-limit", "已延期两次，不能再次延期。",
          "It was extended twice already; a third extension is refused.");
    }
    WorkingCalendar current = calendar.current();
    Instant original = row.originalDueAt().toInstant();
    OffsetDateTime byAllowance = current.dueAt(original, row.amount(), row.unit());
    OffsetDateTime byMaximum = current.dueAt(original, maximum.amount(), maximum.unit());
    OffsetDateTime latest = byAllowance.isBefore(byMaximum) ? byAllowance : byMaximum;
    // Laid from the original deadline, whatever stops there were: a stop gives no right to a longer extension.
    OffsetDateTime sum = row.running().originalDue();
    for (Running.Extension earlier : given) {
      sum = current.dueAt(sum.toInstant(), earlier.amount(), earlier.unit());
    }
    if (amount < 1 || current.dueAt(sum.toInstant(), Math.min(amount, 100_000), unit).isAfter(latest)) {
      throw tooLong(field, row, maximum, given);
    }
    return current.dueAt(row.dueAt().toInstant(), amount, unit);
  }

  private static InvalidInput tooLong(String field, Row row, Allowance maximum, List<Running.Extension> given) {
    String soFarZh = given.isEmpty() ? "" : "（已延 " + given.get(0).amount() + " " + given.get(0).unit().words().zh() + "）";
    String soFarEn = given.isEmpty() ? ""
        : " (" + given.get(0).amount() + " " + given.get(0).unit().words().en() + " were given already)";
    return InvalidInput.at(field,
        "延期须为正数，累计不得超过原时限 " + row.amount() + " " + row.unit().words().zh() + "，也不得超过 "
            + maximum.amount() + " " + maximum.unit().words().zh() + soFarZh + "。请缩短。",
        "An extension is positive, and all together are at most the original allowance of " + row.amount() + " "
            + row.unit().words().en() + " and at most " + maximum.amount() + " " + maximum.unit().words().en()
            + soFarEn + ". Ask for less.");
  }

  private static InvalidInput tooLate(String field, Allowance limit, OffsetDateTime latest) {
    return InvalidInput.at(field,
        "最长 " + limit.amount() + " " + limit.unit().words().zh() + "，请选择不晚于 " + latest.toLocalDate() + " 的日期。",
        "At most " + limit.amount() + " " + limit.unit().words().en() + "; choose a date not after "
            + latest.toLocalDate() + ".");
  }

  private Row find(String caseNumber, String processInstance, String key) {
    return clocks.open(caseNumber, processInstance, key);
  }

  private List<Row> these(String caseNumber, String processInstance, String key) {
    return clocks.openOfForUpdate(caseNumber).stream().filter(r -> r.processInstance().equals(processInstance))
        .filter(r -> key == null ? STAGE.equals(r.kind()) : r.key().equals(key)).toList();
  }

  private static OffsetDateTime warn(WorkingCalendar calendar, Row row, OffsetDateTime due, long before) {
    if (row.laidAmount() == null) {
      return due.minusSeconds(before);
    }
    OffsetDateTime warn = calendar.before(due, Duration.ofSeconds(before), row.unit());
    return warn.isBefore(row.startedAt()) ? row.running().startedAt() : warn;
  }

  private void changed(Row row, Change change) {
    if (Boolean.TRUE.equals(clocks.update(row))) {
      supervision.orderedStream().forEach(s -> s.changed(row.caseNumber(), row.id(), change));
    }
  }

  private void ended(List<Ended> clocksEnded, Change change) {
    clocksEnded.stream().filter(Ended::supervised)
        .forEach(e -> supervision.orderedStream().forEach(s -> s.changed(e.caseNumber(), e.id(), change)));
  }

  private void tell(Running clock) {
    tellListeners(clock);
    timers.orderedStream().forEach(t -> t.moved(clock.caseNumber(), clock.processInstance(), clock.key(),
        clock.activity(), clock.warn(), clock.due()));
  }

  private void tellListeners(Running clock) {
    listeners.orderedStream().forEach(l -> l.moved(clock));
  }

  private static OffsetDateTime second(Instant at) {
    return WorkingCalendar.local(at.truncatedTo(ChronoUnit.SECONDS));
  }
}

package org.closedloop.organisation;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.closedloop.audit.Audit;
import org.closedloop.audit.Changed;
import org.closedloop.problem.Conflict;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Words;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps areas, units and officials: checks what is wanted, all rows together, and writes all of it or nothing.
 * Rows that are not mentioned stay as they are; nothing is ever deleted, because old cases name it.
 */
@Service
public class Roster {

  /** Something wrong with one row; {@code row} counts from 0 in the list that was given. */
  public record Finding(int row, String field, Words message) {}

  /**
   * What a change did, or would do. When there are findings, nothing was written.
   *
   * @param changes the rows that are new or differ, in the order they were given
   */
  public record Outcome(int created, int changed, int unchanged, List<Changed> changes, List<Finding> findings) {}

  /** This person's password or account changed: whatever was remembered of a log-in has to be forgotten. */
  public record AccessChanged(String username) {}

  private static final Pattern AREA_CODE = Pattern.compile("[0-9]{2,20}");
  private static final Pattern UNIT_CODE = Pattern.compile("[0-9A-Za-z][0-9A-Za-z-]{0,39}");
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,39}");
  /** No control characters, and nothing a spreadsheet would take for a formula when the list is exported. */
  private static final Pattern NAME = Pattern.compile("[^\\p{C}=+@\\s-][^\\p{C}]{0,59}");
  private static final Pattern PHONE = Pattern.compile("[0-9][0-9 -]{4,19}");
  private static final List<String> LEVELS = List.of("county", "township", "village", "grid");

  private final Organisation organisation;
  private final AreaMapper areaRows;
  private final UnitMapper unitRows;
  private final OfficialMapper officialRows;
  private final OfficialPostMapper postRows;
  private final OrganisationChangeMapper changes;
  private final DissolvedUnitMapper dissolvedRows;
  private final ApplicationEventPublisher events;
  private final Audit audit;
  private final Clock clock;

  Roster(Organisation organisation, AreaMapper areaRows, UnitMapper unitRows, OfficialMapper officialRows,
      OfficialPostMapper postRows, OrganisationChangeMapper changes, DissolvedUnitMapper dissolvedRows,
      ApplicationEventPublisher events, Audit audit, Clock clock) {
    this.dissolvedRows = dissolvedRows;
    this.audit = audit;
    this.clock = clock;
    this.organisation = organisation;
    this.areaRows = areaRows;
    this.unitRows = unitRows;
    this.officialRows = officialRows;
    this.postRows = postRows;
    this.changes = changes;
    this.events = events;
  }

  /**
   * Adds and renames areas. Level and parent of an area that exists stay, because sight follows its path. The paths
   * given are ignored; they are made from the parents.
   */
  @Transactional
  public Outcome keepAreas(List<Area> wanted, boolean dryRun) {
    return keepAreas(wanted, dryRun, true);
  }

  private Outcome keepAreas(List<Area> wanted, boolean dryRun, boolean noted) {
    var now = lockAndRead();
    var tally = new Tally("area", noted);
    var known = new HashMap<>(now.areas);
    var write = new ArrayList<Area>();
    for (int row = 0; row < wanted.size(); row++) {
      var area = wanted.get(row);
      var check = tally.row(row, "code", area.code());
      check.that(matches(AREA_CODE, area.code()), "code", "区域代码应为 2–20 位数字。",
          "The code of an area is 2 to 20 digits.");
      check.that(matches(NAME, area.name()), "name", "请填写 1–60 个字的名称，不能以 = + - @ 开头。",
          "Give a name of 1 to 60 characters that does not begin with = + - or @.");
      // a list that holds no null answers a question about null with an exception
      boolean level = area.level() != null && LEVELS.contains(area.level());
      check.that(level, "level", "级别应为 county、township、village 或 grid。",
          "The level is county, township, village or grid.");
      boolean top = "county".equals(area.level());
      var parent = area.parent() == null ? null : known.get(area.parent());
      check.that(top || parent != null, "parent", "上级区域不存在；上级应写在本行之前，或已经登记。",
          "There is no such area above; it must stand in an earlier row or exist already.");
      check.that(!top || area.parent() == null, "parent", "县级区域不填上级。", "A county has no area above it.");
      check.that(parent == null || !level
              || LEVELS.indexOf(parent.level()) < LEVELS.indexOf(area.level()), "parent",
          "上级区域的级别必须更高。", "The area above must be of a higher level.");
      var old = now.areas.get(area.code());
      check.that(old == null || Objects.equals(old.level(), area.level()) && Objects.equals(old.parent(),
          area.parent()), "parent", "已登记区域的级别和上级不能更改。",
          "Level and parent of an area that exists cannot change.");
      if (check.passed()) {
        var kept = new Area(area.code(), area.name(), area.level(), area.parent(),
            (parent == null ? "" : parent.path()) + area.code() + "/");
        known.put(kept.code(), kept);
        tally.count(kept.code(), kept.name(), old, kept);
        write.add(kept);
      }
    }
    return tally.end(dryRun, () -> write.forEach(areaRows::put));
  }

  /** Adds and changes units. The kind of a unit that exists stays, because models and duty lists speak of it. */
  @Transactional
  public Outcome keepUnits(List<UnitRow> wanted, boolean dryRun) {
    return keepUnits(wanted, dryRun, true);
  }

  private Outcome keepUnits(List<UnitRow> wanted, boolean dryRun, boolean noted) {
    var now = lockAndRead();
    var tally = new Tally("unit", noted);
    var known = new HashMap<String, UnitRow>();
    now.units.values().forEach(u -> known.put(u.code(), UnitRow.of(u)));
    var write = new ArrayList<UnitRow>();
    for (int row = 0; row < wanted.size(); row++) {
      var unit = wanted.get(row);
      var check = tally.row(row, "code", unit.code());
      check.that(matches(UNIT_CODE, unit.code()), "code", "单位代码应为 1–40 位字母、数字或连字符。",
          "The code of a unit is 1 to 40 letters, digits or hyphens.");
      check.that(matches(NAME, unit.name()), "name", "请填写 1–60 个字的名称，不能以 = + - @ 开头。",
          "Give a name of 1 to 60 characters that does not begin with = + - or @.");
      check.that(isKind(unit.kind()), "kind", "单位类别应为 command-centre、department、township、village、grid 或 "
          + "enforcement-team。", "The kind is command-centre, department, township, village, grid or "
          + "enforcement-team.");
      check.that(unit.parent() == null || known.containsKey(unit.parent()), "parent",
          "上级单位不存在；上级应写在本行之前，或已经登记。",
          "There is no such unit above; it must stand in an earlier row or exist already.");
      check.that(unit.area() == null || now.areas.containsKey(unit.area()), "area", "没有这个区域，请先登记区域。",
          "There is no such area; add the area first.");
      check.that(unit.area() != null || "department".equals(unit.kind()), "area",
          "除部门外，单位必须有负责的区域。", "Every unit but a department needs the area it answers for.");
      check.that(!climbsTo(known, unit.parent(), unit.code()), "parent", "单位不能隶属于自己的下级。",
          "A unit cannot stand below itself.");
      var old = now.units.get(unit.code());
      check.that(old == null || old.kind().code().equals(unit.kind()), "kind", "已登记单位的类别不能更改。",
          "The kind of a unit that exists cannot change.");
      if (check.passed()) {
        known.put(unit.code(), unit);
        tally.count(unit.code(), unit.name(), old == null ? null : UnitRow.of(old), unit);
        write.add(unit);
      }
    }
    return tally.end(dryRun, () -> write.forEach(unitRows::put));
  }

  /** A unit is no more: what waits for it has to go on without it. */
  public record UnitDissolved(String unit) {}

  /**
   * Notes that a unit is no more. Its name stays, because old cases name it; nothing new is given to it.
   *
   * @throws NotFound when there is no such unit
   * @throws Conflict when it is a command centre, without which no case could go on
   */
  @Transactional
  public void dissolve(String code, String by) {
    var unit = lockAndRead().units.get(code);
    if (unit == null) {
      throw noSuchUnit();
    }
    if (unit.kind() == UnitKind.COMMAND_CENTRE) {
      throw new Conflict("command-centre", "指挥中心不能撤销。", "A command centre cannot be dissolved.");
    }
    if (dissolvedRows.add(code, clock.instant(), by) > 0) {
      audit.note("unit", code, unit.name(), "dissolved", List.of());
      showAfterCommit();
      events.publishEvent(new UnitDissolved(code));
    }
  }

  /** Takes a dissolution back, e.g. one made by mistake. What went on without the unit stays so. */
  @Transactional
  public void restore(String code) {
    var unit = lockAndRead().units.get(code);
    if (unit == null) {
      throw noSuchUnit();
    }
    if (dissolvedRows.remove(code) > 0) {
      audit.note("unit", code, unit.name(), "restored", List.of());
      showAfterCommit();
    }
  }

  private static NotFound noSuchUnit() {
    return new NotFound("没有这个单位。", "There is no such unit.");
  }

  /**
   * Adds and changes officials, with their posts. A new account has no password and cannot log in until one is set.
   * At least one enabled administrator always remains.
   */
  @Transactional
  public Outcome keepOfficials(List<Person> wanted, boolean dryRun) {
    return keepOfficials(wanted, dryRun, true);
  }

  private Outcome keepOfficials(List<Person> wanted, boolean dryRun, boolean noted) {
    var now = lockAndRead();
    var tally = new Tally("official", noted);
    var after = new HashMap<>(now.persons);
    var write = new ArrayList<Person>();
    for (int row = 0; row < wanted.size(); row++) {
      var person = wanted.get(row);
      var check = tally.row(row, "username", person.username());
      check.that(matches(USERNAME, person.username()), "username",
          "账号应为 2–40 位小写字母、数字、点、下划线或连字符。",
          "A username is 2 to 40 lower-case letters, digits, dots, underscores or hyphens.");
      check.that(matches(NAME, person.name()), "name", "请填写 1–60 个字的姓名，不能以 = + - @ 开头。",
          "Give a name of 1 to 60 characters that does not begin with = + - or @.");
      check.that(person.unit() != null && now.units.containsKey(person.unit()), "unit", "没有这个单位，请先登记单位。",
          "There is no such unit; add the unit first.");
      check.that(person.posts().stream().allMatch(Roster::isPost), "posts",
          "岗位应为 dispatcher、handler、verifier、duty-leader、county-leader、supervisor、designer、administrator。",
          "Posts are dispatcher, handler, verifier, duty-leader, county-leader, supervisor, designer, administrator.");
      check.that(person.phone() == null || matches(PHONE, person.phone()), "phone", "电话应为 5–20 位数字。",
          "A phone number is 5 to 20 digits, spaces or hyphens.");
      if (check.passed()) {
        tally.count(person.username(), person.name(), now.persons.get(person.username()), person);
        after.put(person.username(), person);
        write.add(person);
      }
    }
    if (now.persons.values().stream().anyMatch(Roster::administers)
        && after.values().stream().noneMatch(Roster::administers)) {
      throw new Conflict("last-administrator", "至少要保留一名启用的系统管理员。",
          "At least one enabled administrator must remain.");
    }
    return tally.end(dryRun, () -> write.forEach(p -> put(p, now.persons.get(p.username()))));
  }

  private void put(Person person, Person before) {
    if (person.equals(before)) {
      return;
    }
    officialRows.put(new OfficialMapper.Row(person.username(), person.name(), person.unit(), person.phone(),
        person.enabled()));
    postRows.removeAll(person.username());
    person.posts().forEach(post -> postRows.add(person.username(), post));
    if (before != null && before.enabled() && !person.enabled()) {
      events.publishEvent(new AccessChanged(person.username()));
    }
  }

  /**
   * Sets a password.
   *
   * @param hash       already encoded, with the name of its algorithm in front
   * @param mustChange whether the person has to choose another one before anything else
   * @throws NotFound when there is no such account
   */
  @Transactional
  public void setPassword(String username, String hash, boolean mustChange) {
    if (officialRows.setPassword(username, hash, mustChange) == 0) {
      throw new NotFound("没有这个账号。", "There is no such account.");
    }
    audit.note("official", username, organisation.official(username).map(Official::name).orElse(null),
        mustChange ? "password-given" : "password-chosen", List.of());
    events.publishEvent(new AccessChanged(username));
  }

  /**
   * Fills an empty organisation in one go, giving everybody one password; does nothing when there is already a unit.
   * For the demo.
   */
  @Transactional
  public void fillWhenEmpty(List<Area> areas, List<UnitRow> units, List<Person> people, Supplier<String> hash) {
    if (!lockAndRead().units.isEmpty()) {
      return;
    }
    var findings = Stream.of(keepAreas(areas, false, false), keepUnits(units, false, false),
        keepOfficials(people, false, false))
        .flatMap(o -> o.findings().stream()).toList();
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException("the organisation to start with is not consistent: " + findings);
    }
    officialRows.setMissingPasswords(hash.get());
  }

  /** From here to the end of the transaction nobody else changes anything, and what is read is the truth. */
  private Snapshot lockAndRead() {
    changes.count();
    return organisation.read();
  }

  /** This node answers from the new picture as soon as the change is committed, not a refresh later. */
  private void showAfterCommit() {
    var after = organisation.read();
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override
      public void afterCommit() {
        organisation.show(after);
      }
    });
  }

  private static boolean climbsTo(Map<String, UnitRow> units, String from, String target) {
    var seen = new HashSet<String>();
    for (var at = from; at != null && seen.add(at); at = units.containsKey(at) ? units.get(at).parent() : null) {
      if (at.equals(target)) {
        return true;
      }
    }
    return false;
  }

  private static boolean administers(Person person) {
    return person.enabled() && person.posts().contains(Post.ADMINISTRATOR.code());
  }

  private static boolean matches(Pattern pattern, String text) {
    return text != null && pattern.matcher(text).matches();
  }

  private static boolean isKind(String code) {
    return Arrays.stream(UnitKind.values()).anyMatch(k -> k.code().equals(code));
  }

  private static boolean isPost(String code) {
    return Arrays.stream(Post.values()).anyMatch(p -> p.code().equals(code));
  }

  /** Collects what is wrong and counts what would change. */
  private final class Tally {

    private final String kind;
    private final boolean noted;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Changed> changes = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private int created;
    private int changed;
    private int unchanged;

    /** @param noted whether the administrators' book tells of it; what the product itself ships is not told */
    Tally(String kind, boolean noted) {
      this.kind = kind;
      this.noted = noted;
    }

    Check row(int row, String keyField, String key) {
      var check = new Check(row);
      check.that(keys.add(key), keyField, "与前面的行重复。", "An earlier row has the same key.");
      return check;
    }

    void count(String key, String name, Record before, Record after) {
      if (before == null) {
        created++;
      } else if (before.equals(after)) {
        unchanged++;
        return;
      } else {
        changed++;
      }
      changes.add(Changed.of(key, name, before, after));
    }

    Outcome end(boolean dryRun, Runnable write) {
      if (findings.isEmpty() && !dryRun) {
        write.run();
        if (noted) {
          audit.note(kind, changes);
        }
        showAfterCommit();
      }
      return new Outcome(created, changed, unchanged, List.copyOf(changes), List.copyOf(findings));
    }

    /** One row under examination. */
    private final class Check {

      private final int row;
      private boolean passed = true;

      Check(int row) {
        this.row = row;
      }

      void that(boolean holds, String field, String zh, String en) {
        if (!holds) {
          passed = false;
          findings.add(new Finding(row, field, Words.of(zh, en)));
        }
      }

      boolean passed() {
        return passed;
      }
    }
  }
}

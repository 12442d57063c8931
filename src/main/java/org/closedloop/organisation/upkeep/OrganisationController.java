package org.closedloop.organisation.upkeep;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Me;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Person;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.Roster;
import org.closedloop.organisation.Roster.Outcome;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;
import org.closedloop.organisation.UnitRow;
import org.closedloop.page.Limit;
import org.closedloop.page.Page;
import org.closedloop.problem.Forbidden;
import org.closedloop.problem.InvalidInput;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Problem.FieldError;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The organisation over HTTP. Names of units and areas are public knowledge and readable for everybody who is logged
 * in; people are listed to their own unit and the units above, to the command centre and to administrators; only
 * administrators see phone numbers and change anything.
 */
@RestController
class OrganisationController {

  /**
   * The person logged in.
   *
   * @param standsIn names of those on leave whose posts the person holds too, for now
   */
  record Self(String username, String name, Unit unit, Collection<Post> posts, boolean mustChangePassword,
      List<String> standsIn) {}

  /** An area as the public sees it. */
  record PublicArea(String code, String name, String level, String parent) {
    static PublicArea of(Area area) {
      return new PublicArea(area.code(), area.name(), area.level(), area.parent());
    }
  }

  /**
   * A unit in a list.
   *
   * @param people enabled accounts
   */
  record UnitLine(String code, String name, UnitKind kind, String parent, String area, boolean dissolved, int people) {}

  /**
   * A colleague in a list.
   *
   * @param posts    what they may do now
   * @param standsIn names of those on leave they act for
   */
  record Colleague(String username, String name, Unit unit, Collection<Post> posts, boolean enabled,
      List<String> standsIn) {}

  /** What an administrator sends about an area. */
  record AreaChange(String name, String level, String parent) {}

  /** What an administrator sends about a unit. */
  record UnitChange(String name, String kind, String parent, String area) {}

  /** What an administrator sends about a person; {@code enabled} is yes when left out. */
  record PersonChange(String name, String unit, List<String> posts, String phone, Boolean enabled) {}

  /** A password given by an administrator; when left out, one is made up. */
  record PasswordReset(String password) {}

  /** The made-up password, shown this once; null when the administrator gave one. */
  record GivenPassword(String username, String password) {}

  private final Organisation organisation;
  private final Roster roster;
  private final Passwords passwords;
  private final SightInWords sights;
  private final Me me;

  OrganisationController(Organisation organisation, Roster roster, Passwords passwords, SightInWords sights, Me me) {
    this.sights = sights;
    this.organisation = organisation;
    this.roster = roster;
    this.passwords = passwords;
    this.me = me;
  }

  @GetMapping("/api/me")
  Self me() {
    var self = me.current();
    return new Self(self.username(), self.name(), self.unit(), self.posts(),
        organisation.credential(self.username()).map(c -> c.mustChange()).orElse(false),
        standsIn(self));
  }

  @GetMapping("/api/public/areas")
  List<PublicArea> publicAreas() {
    return organisation.areas().stream().map(PublicArea::of).toList();
  }

  @GetMapping("/api/areas")
  Page<PublicArea> areas(@RequestParam(required = false) String level, @RequestParam(required = false) String parent,
      @RequestParam(required = false) String after, @RequestParam(required = false) Integer limit) {
    return page(organisation.areas().stream().filter(a -> level == null || level.equals(a.level()))
        .filter(a -> parent == null || parent.equals(a.parent())).map(PublicArea::of), PublicArea::code, after, limit);
  }

  /** {@code q}: part of the name or the code. */
  @GetMapping("/api/units")
  Page<UnitLine> units(@RequestParam(required = false) String kind, @RequestParam(required = false) String parent,
      @RequestParam(required = false) String area, @RequestParam(required = false) String q,
      @RequestParam(required = false) Boolean dissolved, @RequestParam(required = false) String after,
      @RequestParam(required = false) Integer limit) {
    var people = organisation.officials().stream().filter(o -> organisation.enabled(o.username()))
        .collect(Collectors.groupingBy(o -> o.unit().code(), Collectors.counting()));
    return page(organisation.units().stream().filter(u -> kind == null || kind.equals(u.kind().code()))
        .filter(u -> parent == null || parent.equals(u.parent())).filter(u -> area == null || area.equals(u.area()))
        .filter(u -> dissolved == null || dissolved == organisation.dissolved(u.code()))
        .filter(u -> told(q, u.name(), u.code()))
        .map(u -> new UnitLine(u.code(), u.name(), u.kind(), u.parent(), u.area(), organisation.dissolved(u.code()),
            people.getOrDefault(u.code(), 0L).intValue())), UnitLine::code, after, limit);
  }

  /** {@code q}: part of the name or the username. {@code within}: a unit, and those below it. */
  @GetMapping("/api/officials")
  Page<Colleague> officials(@RequestParam(required = false) String unit, @RequestParam(required = false) String within,
      @RequestParam(required = false) String post, @RequestParam(required = false) String q,
      @RequestParam(required = false) Boolean enabled, @RequestParam(required = false) String after,
      @RequestParam(required = false) Integer limit) {
    var self = me.current();
    var units = organisation.unit(within).map(top -> Stream.concat(Stream.of(top), organisation.below(top).stream())
        .map(Unit::code).collect(Collectors.toSet())).orElse(Set.of());
    return page(organisation.officials().stream().filter(o -> maySee(self, o))
        .filter(o -> unit == null || unit.equals(o.unit().code()))
        .filter(o -> within == null || units.contains(o.unit().code()))
        .filter(o -> post == null || o.posts().stream().anyMatch(p -> p.code().equals(post)))
        .filter(o -> told(q, o.name(), o.username()))
        .filter(o -> enabled == null || enabled == organisation.enabled(o.username()))
        .map(o -> new Colleague(o.username(), o.name(), o.unit(), o.posts(), organisation.enabled(o.username()),
            standsIn(o))), Colleague::username, after, limit);
  }

  /** What somebody with these posts in this unit would see and do, in words. */
  @GetMapping("/api/organisation/sight")
  SightInWords.Told sight(@RequestParam String unit, @RequestParam(required = false) List<String> posts,
      Locale locale) {
    requireAdministrator();
    var at = organisation.unit(unit).orElseThrow(() -> InvalidInput.at("unit", "没有这个单位。", "There is no such unit."));
    var held = posts == null ? List.<String>of() : posts;
    var known = Arrays.stream(Post.values()).filter(p -> held.contains(p.code())).collect(Collectors.toSet());
    if (known.size() < Set.copyOf(held).size()) {
      throw InvalidInput.at("posts", "没有这个岗位。", "There is no such post.");
    }
    return sights.of(new Official("-", "-", at, known), locale);
  }

  /** Everything about a person, phone included. */
  @GetMapping("/api/officials/{username}")
  Person official(@PathVariable String username) {
    requireAdministrator();
    return organisation.person(username).orElseThrow(OrganisationController::noSuchOfficial);
  }

  @PutMapping("/api/areas/{code}")
  ResponseEntity<PublicArea> putArea(@PathVariable String code, @RequestBody AreaChange change) {
    requireAdministrator();
    var done = accepted(roster.keepAreas(List.of(new Area(code, blankToNull(change.name()), change.level(),
        blankToNull(change.parent()), null)), false));
    return ResponseEntity.status(status(done)).body(PublicArea.of(organisation.area(code).orElseThrow()));
  }

  @PutMapping("/api/units/{code}")
  ResponseEntity<Unit> putUnit(@PathVariable String code, @RequestBody UnitChange change) {
    requireAdministrator();
    var done = accepted(roster.keepUnits(List.of(new UnitRow(code, blankToNull(change.name()), change.kind(),
        blankToNull(change.parent()), blankToNull(change.area()))), false));
    return ResponseEntity.status(status(done)).body(organisation.unit(code).orElseThrow());
  }

  /** 撤销: the unit is no more; what waits for its opinion goes on without it. */
  @PostMapping("/api/units/{code}/dissolve")
  UnitState dissolve(@PathVariable String code) {
    requireAdministrator();
    roster.dissolve(code, me.current().username());
    return new UnitState(code, true);
  }

  /** Takes a dissolution back. */
  @PostMapping("/api/units/{code}/restore")
  UnitState restore(@PathVariable String code) {
    requireAdministrator();
    roster.restore(code);
    return new UnitState(code, false);
  }

  record UnitState(String code, boolean dissolved) {}

  @PutMapping("/api/officials/{username}")
  ResponseEntity<Person> putOfficial(@PathVariable String username, @RequestBody PersonChange change) {
    requireAdministrator();
    var posts = change.posts() == null ? List.<String>of() : change.posts();
    if (posts.stream().anyMatch(Objects::isNull)) {
      throw InvalidInput.at("posts", "岗位不能为空值。", "A post must not be null.");
    }
    var done = accepted(roster.keepOfficials(List.of(new Person(username, blankToNull(change.name()), change.unit(),
        posts, blankToNull(change.phone()), !Boolean.FALSE.equals(change.enabled()))), false));
    return ResponseEntity.status(status(done)).body(organisation.person(username).orElseThrow());
  }

  /** Gives a person a password that has to be changed at the first log-in, and ends all sessions of that person. */
  @PostMapping("/api/officials/{username}/password")
  GivenPassword resetPassword(@PathVariable String username, @RequestBody(required = false) PasswordReset reset) {
    requireAdministrator();
    organisation.official(username).orElseThrow(OrganisationController::noSuchOfficial);
    boolean given = reset != null && reset.password() != null;
    String password = given ? reset.password() : passwords.invent();
    passwords.give(username, password, "password");
    return new GivenPassword(username, given ? null : password);
  }

  private static List<String> standsIn(Official official) {
    return official.standsIn().stream().map(Official.StandIn::name).toList();
  }

  private static boolean told(String q, String name, String key) {
    String wish = q == null ? "" : q.strip().toLowerCase(Locale.ROOT);
    return name.toLowerCase(Locale.ROOT).contains(wish) || key.toLowerCase(Locale.ROOT).contains(wish);
  }

  /** One page of a list that lies in memory ordered by its key; the key of the last row is the cursor. */
  private static <T> Page<T> page(Stream<T> ordered, Function<T, String> key, String after, Integer asked) {
    int limit = Limit.of(asked);
    var found = ordered.filter(t -> after == null || key.apply(t).compareTo(after) > 0).limit(limit + 1L).toList();
    var items = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(items, found.size() > limit ? key.apply(items.get(limit - 1)) : null);
  }

  private void requireAdministrator() {
    requireAdministrator(me);
  }

  static void requireAdministrator(Me me) {
    if (!me.current().holds(Post.ADMINISTRATOR)) {
      throw new Forbidden("只有系统管理员可以进行此操作。", "Only administrators may do this.");
    }
  }

  private boolean maySee(Official self, Official other) {
    return self.unit().kind() == UnitKind.COMMAND_CENTRE || self.holds(Post.ADMINISTRATOR)
        || self.unit().equals(other.unit()) || organisation.below(self.unit()).contains(other.unit());
  }

  private static Outcome accepted(Outcome outcome) {
    if (!outcome.findings().isEmpty()) {
      throw new InvalidInput(outcome.findings().stream().map(f -> new FieldError(f.field(), f.message())).toList());
    }
    return outcome;
  }

  private static HttpStatus status(Outcome done) {
    return done.created() > 0 ? HttpStatus.CREATED : HttpStatus.OK;
  }

  private static NotFound noSuchOfficial() {
    return new NotFound("没有这个账号。", "There is no such account.");
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}

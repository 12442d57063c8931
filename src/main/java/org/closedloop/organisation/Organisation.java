package org.closedloop.organisation;

import jakarta.annotation.PostConstruct;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.closedloop.problem.NotFound;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Who there is: areas, units, officials, and what each official may see. Every answer but {@link #credential} comes
 * from a picture in memory, so asking costs nothing; a change made on this node shows at once, one made on another
 * node within {@value #REFRESH_MILLIS} ms.
 */
@Service
public class Organisation {

  static final long REFRESH_MILLIS = 2000;

  /** Posts that deal with the content of cases at all. Designers and administrators do not. */
  private static final Set<Post> CASE_WORK = Set.of(Post.DISPATCHER, Post.HANDLER, Post.VERIFIER, Post.DUTY_LEADER,
      Post.COUNTY_LEADER, Post.SUPERVISOR);
  /** Posts that have to call the reporter to do their work. */
  private static final Set<Post> CALL_REPORTERS = Set.of(Post.DISPATCHER, Post.HANDLER, Post.VERIFIER,
      Post.DUTY_LEADER);

  private final AreaMapper areaRows;
  private final UnitMapper unitRows;
  private final OfficialMapper officialRows;
  private final OfficialPostMapper postRows;
  private final DissolvedUnitMapper dissolvedRows;
  private final DelegationMapper delegationRows;
  private final OrganisationChangeMapper changes;
  private final Clock clock;
  private volatile Snapshot picture = Snapshot.empty();

  Organisation(AreaMapper areaRows, UnitMapper unitRows, OfficialMapper officialRows, OfficialPostMapper postRows,
      DissolvedUnitMapper dissolvedRows, DelegationMapper delegationRows, OrganisationChangeMapper changes,
      Clock clock) {
    this.delegationRows = delegationRows;
    this.clock = clock;
    this.dissolvedRows = dissolvedRows;
    this.areaRows = areaRows;
    this.unitRows = unitRows;
    this.officialRows = officialRows;
    this.postRows = postRows;
    this.changes = changes;
  }

  public Optional<Area> area(String code) {
    return code == null ? Optional.empty() : Optional.ofNullable(picture.areas.get(code));
  }

  /** All areas, by code. */
  public List<Area> areas() {
    return List.copyOf(picture.areas.values());
  }

  public Optional<Unit> unit(String code) {
    return code == null ? Optional.empty() : Optional.ofNullable(picture.units.get(code));
  }

  /** All units, by code. */
  public List<Unit> units() {
    return List.copyOf(picture.units.values());
  }

  /** Units that are no more: old cases name them, nothing new is given to them. */
  public List<Unit> dissolved() {
    var now = picture;
    return now.units.values().stream().filter(u -> now.dissolved.contains(u.code())).toList();
  }

  public boolean dissolved(String code) {
    return code != null && picture.dissolved.contains(code);
  }

  public List<Unit> unitsOf(UnitKind kind) {
    return picture.units.values().stream().filter(u -> u.kind() == kind).toList();
  }

  /** The units below this one, at any depth; not the unit itself. */
  public List<Unit> below(Unit unit) {
    return picture.below(unit.code());
  }

  /** Anybody who has, or had, an account: names in old records must still be found. See {@link #enabled}. */
  public Optional<Official> official(String username) {
    var now = picture;
    return username == null ? Optional.empty()
        : Optional.ofNullable(now.officials.get(username)).map(o -> now.at(o, clock.instant()));
  }

  /** Everybody known, by username, disabled accounts too. */
  public List<Official> officials() {
    return effective(picture.officials.values().stream()).toList();
  }

  /** May this person still work here? */
  public boolean enabled(String username) {
    return username != null && picture.persons.containsKey(username) && picture.persons.get(username).enabled();
  }

  /** The people of a unit who hold a post there and whose accounts are enabled. */
  public List<Official> holders(Unit unit, Post post) {
    return effective(picture.staff(unit.code()).stream()).filter(o -> o.holds(post)).toList();
  }

  /** Who acts for this person now; empty unless they are on leave. */
  public List<Official> standingInFor(String username) {
    return picture.standingInFor(username, clock.instant());
  }

  private Stream<Official> effective(Stream<Official> officials) {
    var now = picture;
    var moment = clock.instant();
    return now.delegations.isEmpty() ? officials : officials.map(o -> now.at(o, moment));
  }

  /** The duty leaders (in the command centre also county leaders) of a unit, or of the nearest unit above with one. */
  public List<Official> leaders(Unit unit) {
    for (var at = Optional.of(unit); at.isPresent(); at = unit(at.get().parent())) {
      var found = effective(picture.staff(at.get().code()).stream())
          .filter(o -> o.holds(Post.DUTY_LEADER) || o.holds(Post.COUNTY_LEADER)).toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /**
   * The command centre that answers for an area: the one of the nearest area above.
   *
   * @throws NotFound when the area is unknown or no command centre stands above it
   */
  public Unit commandCentreFor(String areaCode) {
    return climb(areaCode, UnitKind.COMMAND_CENTRE).orElseThrow(() -> new NotFound(
        "该区域没有对应的指挥中心，请联系系统管理员。",
        "No command centre answers for this area; ask the administrator to add one."));
  }

  /**
   * The township in which an area lies.
   *
   * @throws NotFound when the area is unknown or lies in no township (the county itself)
   */
  public Unit townshipFor(String areaCode) {
    return climb(areaCode, UnitKind.TOWNSHIP).orElseThrow(() -> new NotFound(
        "该区域不属于任何乡镇，请选择乡镇、村或网格。",
        "This area lies in no township; choose a township, village or grid."));
  }

  /** The nearest unit of a kind on the way from an area up to the county; empty when there is none. */
  public Optional<Unit> climb(String areaCode, UnitKind kind) {
    var now = picture;
    for (var at = areaCode == null ? null : now.areas.get(areaCode); at != null;
        at = at.parent() == null ? null : now.areas.get(at.parent())) {
      String code = at.code();
      var found = now.units.values().stream().filter(u -> u.kind() == kind && code.equals(u.area())).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /**
   * What one official may see, by least privilege: the union of what the posts need.
   * <ul>
   * <li>Designers and administrators see no case at all, wherever they sit, unless they hold another post too:
   * models and accounts can be kept without reading anybody's matter.</li>
   * <li>The command centre (dispatcher, handler, verifier, duty leader, supervisor) and county leaders see the county.
   * A supervisor of a department supervises that department only.</li>
   * <li>Departments see by unit, not by ground. Townships, their enforcement teams, villages and grids see by unit and
   * what lies in their area.</li>
   * <li>Who reported is shown to those who must call: dispatchers, verifiers and duty leaders of the command centre,
   * and handlers. For handlers the case file narrows it further to the cases their unit leads. Supervisors and county
   * leaders watch deadlines and results and need no names.</li>
   * </ul>
   */
  public Sight sightOf(Official official) {
    if (official.posts().stream().noneMatch(CASE_WORK::contains)) {
      return new Sight(false, null, List.of(), false);
    }
    var unit = official.unit();
    boolean centre = unit.kind() == UnitKind.COMMAND_CENTRE;
    boolean county = centre || official.holds(Post.COUNTY_LEADER);
    boolean reporters = official.holds(Post.HANDLER)
        || centre && official.posts().stream().anyMatch(CALL_REPORTERS::contains);
    String ground = switch (unit.kind()) {
      case TOWNSHIP, ENFORCEMENT_TEAM, VILLAGE, GRID -> area(unit.area()).map(Area::path).orElse(null);
      case COMMAND_CENTRE, DEPARTMENT -> null;
    };
    var units = Stream.concat(Stream.of(unit), below(unit).stream()).map(Unit::code).toList();
    return new Sight(county, ground, units, reporters);
  }

  /** What a log-in is checked against; one read by primary key, never from memory. */
  public Optional<Credential> credential(String username) {
    // what comes with a log-in has passed no check yet, and the database cannot even be asked about U+0000
    return username == null || username.indexOf('\0') >= 0 ? Optional.empty() : officialRows.credential(username);
  }

  /** Everything known about a person, for administrators. */
  public Optional<Person> person(String username) {
    return username == null ? Optional.empty() : Optional.ofNullable(picture.persons.get(username));
  }

  /** Looks whether another node has changed something. Runs on a thread of its own, outside every transaction. */
  @PostConstruct
  @Scheduled(fixedDelay = REFRESH_MILLIS)
  void refresh() {
    if (changes.number() != picture.number) {
      show(read());
    }
  }

  /** Takes a picture made by a writer on this node, unless a newer one is already shown. */
  synchronized void show(Snapshot newer) {
    if (newer.number > picture.number) {
      picture = newer;
    }
  }

  /** The organisation as the present transaction sees it. */
  Snapshot read() {
    // the number first: a change between the two reads is then seen by the next refresh, never lost
    long number = changes.number();
    return new Snapshot(number, areaRows.all(), unitRows.all(), officialRows.all(), postRows.all(),
        dissolvedRows.all(), delegationRows.ahead(clock.instant()));
  }
}

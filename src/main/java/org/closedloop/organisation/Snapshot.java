package org.closedloop.organisation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The whole organisation at one moment, immutable and indexed; a county has a few thousand rows at most. */
final class Snapshot {

  final long number;
  final Map<String, Area> areas;
  final Map<String, Unit> units;
  final Map<String, Official> officials;
  final Map<String, Person> persons;
  final Set<String> dissolved;
  /** By the delegate. */
  final Map<String, List<Delegation>> delegations;
  private final Map<String, List<Unit>> children;
  private final Map<String, List<Official>> staff;

  Snapshot(long number, List<Area> areas, List<UnitRow> units, List<OfficialMapper.Row> officials,
      List<OfficialPostMapper.Row> posts, List<String> dissolved, List<Delegation> delegations) {
    this.number = number;
    this.delegations = delegations.stream().collect(groupingBy(Delegation::delegate));
    this.dissolved = Set.copyOf(dissolved);
    this.areas = byKey(areas, Area::code);
    this.units = byKey(units.stream().map(UnitRow::unit).toList(), Unit::code);
    var postsOf = posts.stream().collect(groupingBy(OfficialPostMapper.Row::username));
    this.persons = byKey(officials.stream().map(o -> new Person(o.username(), o.name(), o.unit(),
        postsOf.getOrDefault(o.username(), List.of()).stream().map(OfficialPostMapper.Row::post).toList(),
        o.phone(), o.enabled())).toList(), Person::username);
    this.officials = byKey(persons.values().stream().map(p -> new Official(p.username(), p.name(),
        this.units.get(p.unit()), posts(p))).toList(), Official::username);
    this.children = this.units.values().stream().filter(u -> u.parent() != null).collect(groupingBy(Unit::parent));
    this.staff = this.officials.values().stream().filter(o -> persons.get(o.username()).enabled())
        .collect(groupingBy(o -> o.unit().code()));
  }

  static Snapshot empty() {
    return new Snapshot(0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }

  /** The units below this one, at any depth, nearest first; not the unit itself. */
  List<Unit> below(String unit) {
    var found = new ArrayList<Unit>(children.getOrDefault(unit, List.of()));
    for (int i = 0; i < found.size(); i++) {
      found.addAll(children.getOrDefault(found.get(i).code(), List.of()));
    }
    return List.copyOf(found);
  }

  /** The people of a unit whose accounts are enabled. */
  List<Official> staff(String unit) {
    return staff.getOrDefault(unit, List.of());
  }

  /**
   * The official with the posts of those on leave they act for at that moment. Counts only while both have an account and
   * work in the same unit, whatever changed since it was arranged.
   */
  Official at(Official official, Instant now) {
    List<Delegation> all = delegations.get(official.username());
    if (all == null) {
      return official;
    }
    List<Official.StandIn> standsIn = all.stream().filter(d -> d.runs(now)).map(d -> officials.get(d.absent()))
        .filter(o -> o != null && persons.get(o.username()).enabled() && o.unit().equals(official.unit()))
        .map(o -> new Official.StandIn(o.username(), o.name(),
            o.posts().stream().filter(Official::passesOn).collect(toUnmodifiableSet()))).toList();
    if (standsIn.isEmpty()) {
      return official;
    }
    var posts = EnumSet.noneOf(Post.class);
    posts.addAll(official.posts());
    standsIn.forEach(s -> posts.addAll(s.posts()));
    return new Official(official.username(), official.name(), official.unit(), Collections.unmodifiableSet(posts),
        official.own(), standsIn);
  }

  /** Who acts for this person at that moment. */
  List<Official> standingInFor(String absent, Instant now) {
    return delegations.values().stream().flatMap(List::stream)
        .filter(d -> d.absent().equals(absent) && d.runs(now)).map(d -> officials.get(d.delegate()))
        .filter(o -> o != null && at(o, now).actsFor(absent)).toList();
  }

  private static Set<Post> posts(Person person) {
    var posts = EnumSet.noneOf(Post.class);
    posts.addAll(person.posts().stream().map(Post::of).collect(toSet()));
    return Collections.unmodifiableSet(posts);
  }

  private static <T> Map<String, T> byKey(Collection<T> rows, Function<T, String> key) {
    var map = new LinkedHashMap<String, T>();
    rows.forEach(r -> map.put(key.apply(r), r));
    return Collections.unmodifiableMap(map);
  }
}

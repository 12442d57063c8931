package org.closedloop.notice.expand;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.closedloop.notice.rule.Handling;
import org.closedloop.notice.rule.NoticeRule;
import org.closedloop.organisation.Official;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Post;
import org.closedloop.organisation.Unit;
import org.closedloop.organisation.UnitKind;

/**
 * Who is told of an event: the words of the rules, looked up in the organisation as it is now. One person reached by
 * two rules is told once, as the more urgent one says. When nobody of the unit is reached, because it was dissolved or
 * has no people, the command centre's duty leaders and supervisors are told: nothing may be told to nobody.
 */
final class Recipients {

  /** What to do for one person: per channel, how urgently. */
  record Plan(String username, Map<String, Handling> channels) {}

  private record Key(String topic, String unit, String official, String post) {}

  private static final Map<String, Post> POSTS =
      Arrays.stream(Post.values()).collect(Collectors.toUnmodifiableMap(Post::code, p -> p));

  private final Organisation organisation;
  private final Map<String, List<NoticeRule>> rules;
  private final Map<Key, List<Plan>> found = new HashMap<>();

  /** For one batch: what was found for one event is used again for its likes. */
  Recipients(Organisation organisation, Map<String, List<NoticeRule>> rules) {
    this.organisation = organisation;
    this.rules = rules;
  }

  /** @param post code of the post that has to act, null for the handler's */
  List<Plan> of(String topic, String unit, String official, String post) {
    return found.computeIfAbsent(new Key(topic, unit, official, post), this::find);
  }

  private List<Plan> find(Key key) {
    Map<String, Map<String, Handling>> people = new LinkedHashMap<>();
    boolean meansTheUnit = false;
    boolean reachedTheUnit = false;
    for (NoticeRule rule : rules.getOrDefault(key.topic(), List.of())) {
      List<Official> found = people(rule.recipient(), key).filter(o -> organisation.enabled(o.username())).toList();
      boolean unit = !rule.recipient().startsWith("centre:") && !rule.recipient().startsWith("county:");
      meansTheUnit |= unit;
      reachedTheUnit |= unit && !found.isEmpty();
      found.forEach(o -> rule.channels().forEach(channel -> add(people, o, channel, rule.handling())));
    }
    if (people.isEmpty() || meansTheUnit && !reachedTheUnit) {
      centre(key.unit()).stream().flatMap(c -> Stream.concat(organisation.holders(c, Post.DUTY_LEADER).stream(),
          organisation.holders(c, Post.SUPERVISOR).stream()))
          .forEach(o -> add(people, o, NoticeRule.INBOX, Handling.ALWAYS));
    }
    return people.entrySet().stream().map(e -> new Plan(e.getKey(), e.getValue())).toList();
  }

  private static void add(Map<String, Map<String, Handling>> people, Official official, String channel, Handling how) {
    people.computeIfAbsent(official.username(), u -> new HashMap<>())
        .merge(channel, how, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  private Stream<Official> people(String word, Key key) {
    Optional<Unit> unit = organisation.unit(key.unit());
    return switch (word) {
      case "official" -> withStandIns(organisation.official(key.official()));
      case "holder" -> organisation.enabled(key.official()) ? withStandIns(organisation.official(key.official()))
          : workers(unit, key.post());
      case "unit:handler" -> workers(unit, key.post());
      case "unit:leader" -> unit.stream().flatMap(u -> organisation.leaders(u).stream());
      case "county:county-leader" -> countyLeaders(key.unit());
      default -> word.startsWith("unit:") ? unit.stream().flatMap(u -> holders(u, word.substring(5)))
          : centre(key.unit()).stream().flatMap(c -> holders(c, word.substring("centre:".length())));
    };
  }

  /** Whoever acts for somebody on leave is told what they are told. */
  private Stream<Official> withStandIns(Optional<Official> official) {
    return official.stream().flatMap(o -> Stream.concat(Stream.of(o), organisation.standingInFor(o.username()).stream()));
  }

  /** Those whose work it is: of the post named, else the handlers; a command centre has none, but dispatchers. */
  private Stream<Official> workers(Optional<Unit> unit, String post) {
    if (unit.isEmpty()) {
      return Stream.empty();
    }
    if (post != null) {
      return holders(unit.get(), post);
    }
    List<Official> handlers = organisation.holders(unit.get(), Post.HANDLER);
    return (handlers.isEmpty() ? organisation.holders(unit.get(), Post.DISPATCHER) : handlers).stream();
  }

  private Stream<Official> countyLeaders(String unit) {
    List<Official> here = centre(unit).map(c -> organisation.holders(c, Post.COUNTY_LEADER)).orElse(List.of());
    return here.isEmpty() ? organisation.officials().stream().filter(o -> o.holds(Post.COUNTY_LEADER)) : here.stream();
  }

  private Stream<Official> holders(Unit unit, String post) {
    return Optional.ofNullable(POSTS.get(post)).stream().flatMap(p -> organisation.holders(unit, p).stream());
  }

  /** The command centre above a unit; for a unit unknown or standing alone, the county's. */
  private Optional<Unit> centre(String code) {
    for (var at = organisation.unit(code); at.isPresent(); at = organisation.unit(at.get().parent())) {
      if (at.get().kind() == UnitKind.COMMAND_CENTRE) {
        return at;
      }
    }
    return organisation.unit(code).flatMap(u -> organisation.climb(u.area(), UnitKind.COMMAND_CENTRE))
        .or(() -> organisation.unitsOf(UnitKind.COMMAND_CENTRE).stream().findFirst());
  }
}

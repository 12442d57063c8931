package org.closedloop.casefile.nearby;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.closedloop.casefile.Bounds;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.category.Categories;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.casefile.journal.Milestone;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.NotFound;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Service;

/**
 * Finds what others have reported of the same kind close by. Only kind and place are compared, never words: whoever
 * types a name must not read from the answer what was said about it. Places are those of squares of about a hundred
 * metres, so that no number of questions tells the house.
 */
@Service
public class NearbyCases {

  private static final Pattern REF = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int SHOWN = 5;
  private static final int FARTHEST = 500;
  private static final int STEP = 100;
  private static final int KIND_LENGTH = 4;
  private static final int SQUARES_A_DEGREE = 1000;
  private static final double METRES_A_DEGREE = 111_320;
  private static final Duration OLDEST = Duration.ofDays(180);

  private final NearbyMapper cases;
  private final CaseRegister register;
  private final Journal journal;
  private final Categories categories;
  private final Organisation organisation;
  private final Clock clock;

  NearbyCases(NearbyMapper cases, CaseRegister register, Journal journal, Categories categories,
      Organisation organisation, Clock clock) {
    this.cases = cases;
    this.register = register;
    this.journal = journal;
    this.categories = categories;
    this.organisation = organisation;
    this.clock = clock;
  }

  private record Placed(NearbyMapper.Found found, Integer within) {}

  /**
   * At most five, the nearest first, then the newest. Without a position, those of the same village; a whole township is
   * too much.
   *
   * @param asked category and place of what somebody is about to report, checked
   */
  public List<Nearby> like(NewCase asked) {
    if (asked.category() == null || asked.category().length() < KIND_LENGTH) {
      return List.of();
    }
    String kind = asked.category().substring(0, KIND_LENGTH);
    List<Placed> found = asked.lng() != null && asked.lat() != null ? around(asked.lng(), asked.lat(), kind)
        : inside(asked.area(), kind);
    return found.stream().limit(SHOWN).map(this::shown).toList();
  }

  private List<Placed> around(double lng, double lat, String kind) {
    if (Math.abs(lat) > 80 || Math.abs(lng) > 179) {
      return List.of();
    }
    double high = (FARTHEST + STEP) / METRES_A_DEGREE;
    double wide = high / Math.cos(Math.toRadians(lat));
    return cases.around(new Bounds(lng - wide, lat - high, lng + wide, lat + high), kind).stream()
        .map(f -> new Placed(f, within(lng, lat, f))).filter(p -> p.within() <= FARTHEST)
        .sorted(Comparator.comparing(Placed::within)).toList();
  }

  private List<Placed> inside(String area, String kind) {
    return organisation.area(area).filter(a -> a.level().equals("village") || a.level().equals("grid"))
        .map(a -> cases.inside(a.path(), kind, clock.instant().minus(OLDEST)).stream()
            .map(f -> new Placed(f, null)).toList())
        .orElse(List.of());
  }

  /** From here to the middle of the square in which the case lies. */
  private static int within(double lng, double lat, NearbyMapper.Found f) {
    double north = (middle(f.lat()) - lat) * METRES_A_DEGREE;
    double east = (middle(f.lng()) - lng) * METRES_A_DEGREE * Math.cos(Math.toRadians(lat));
    return Math.max(1, (int) Math.ceil(Math.hypot(north, east) / STEP)) * STEP;
  }

  private static double middle(double degrees) {
    return (Math.floor(degrees * SQUARES_A_DEGREE) + 0.5) / SQUARES_A_DEGREE;
  }

  private Nearby shown(Placed p) {
    NearbyMapper.Found f = p.found();
    List<Milestone> reached = journal.ownMilestones(register.file(f.number()));
    Milestone last = reached.isEmpty() ? null : reached.get(reached.size() - 1);
    Words name = categories.category(f.category()).map(c -> Words.of(c.name(), c.nameEn()))
        .orElseGet(() -> Words.of(f.category(), f.category()));
    return new Nearby(f.ref(), f.category(), name.zh(), name.en(), p.within(), f.openedAt().atZone(clock.getZone()).toLocalDate(),
        last == null ? null : last.name(), last == null ? null : last.nameEn(), f.others());
  }

  /** @throws NotFound when it has ended meanwhile, or must no longer be shown */
  public CaseFile open(String ref) {
    String number = ref == null || !REF.matcher(ref).matches() ? null : cases.number(ref);
    if (number == null) {
      throw new NotFound("这件事刚刚办结，或者不再公开。如果问题还在，请直接提交您的反映。",
          "That matter has just ended or is no longer shown. If the problem is still there, send your own report.");
    }
    return register.file(number);
  }
}

package org.closedloop.casefile;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.closedloop.casefile.search.CaseSearch;
import org.closedloop.casefile.search.CaseSearch.Alike;
import org.closedloop.casefile.search.Matter;
import org.closedloop.organisation.Me;
import org.springframework.stereotype.Service;

/** Open cases that may be about the same thing, so that a repeat is merged and not worked on twice. */
@Service
public class SimilarCases {

  /** An open case the present person may see; {@code likeness} is above 0 and at most 1. */
  public record Similar(String number, String title, String stage, String category, String area, Instant openedAt,
      double likeness) {}

  private static final int SHOWN = 5;

  private final CaseSearch search;
  private final CaseMapper cases;
  private final Me me;

  SimilarCases(CaseSearch search, CaseMapper cases, Me me) {
    this.search = search;
    this.cases = cases;
    this.me = me;
  }

  /** At most five, the most alike first; the case itself is not among them. */
  public List<Similar> to(CaseFile file) {
    return to(file, c -> true);
  }

  /** Those of them that can take this case in: only an older one can. */
  public List<Similar> before(CaseFile file) {
    return to(file, c -> !c.openedAt().isAfter(file.openedAt()));
  }

  /** Those like a report that is still being written. */
  public List<Similar> to(Matter matter) {
    return to(matter, c -> true);
  }

  private List<Similar> to(CaseFile file, Predicate<CaseFile> which) {
    return to(new Matter(file.number(), file.title(), file.description(), file.areaPath(), file.lng(), file.lat(),
        file.openedAt()), which);
  }

  private List<Similar> to(Matter matter, Predicate<CaseFile> which) {
    List<Alike> found = search.alike(matter);
    if (found.isEmpty()) {
      return List.of();
    }
    Map<String, CaseFile> seen = cases.openAmong(found.stream().map(Alike::caseNumber).toList(), me.sight()).stream()
        .collect(Collectors.toMap(CaseFile::number, Function.identity()));
    return found.stream().filter(a -> seen.containsKey(a.caseNumber()) && which.test(seen.get(a.caseNumber())))
        .limit(SHOWN)
        .map(a -> similar(seen.get(a.caseNumber()), a.likeness())).toList();
  }

  private static Similar similar(CaseFile c, double likeness) {
    return new Similar(c.number(), c.title(), c.stage(), c.category(), c.area(), c.openedAt(),
        Math.round(likeness * 100) / 100.0);
  }
}

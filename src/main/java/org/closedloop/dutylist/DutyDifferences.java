package org.closedloop.dutylist;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.closedloop.audit.Change;
import org.closedloop.audit.Changed;
import org.closedloop.casefile.category.Categories;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.springframework.stereotype.Component;

/** What one list says otherwise than another, by category and area; the number of a row says nothing. */
@Component
class DutyDifferences {

  /** What a row says; the values of a form. */
  record Duty(String category, String area, String unit, String basis, LocalDate since, boolean direct, String note) {

    static Duty of(DutyRow r) {
      return new Duty(r.category(), r.area(), r.unit(), r.basis(), r.since(), r.direct(), r.note());
    }
  }

  private final Categories categories;
  private final Organisation organisation;

  DutyDifferences(Categories categories, Organisation organisation) {
    this.categories = categories;
    this.organisation = organisation;
  }

  List<Changed> between(List<DutyRow> before, List<DutyRow> after) {
    Map<String, DutyRow> old = bySubject(before);
    Map<String, DutyRow> wanted = bySubject(after);
    List<Changed> changes = new ArrayList<>();
    wanted.forEach((subject, row) -> {
      List<Change> differs = between(old.get(subject), row);
      if (!differs.isEmpty()) {
        changes.add(new Changed(subject, name(row), old.containsKey(subject) ? "changed" : "added", differs));
      }
    });
    old.forEach((subject, row) -> {
      if (!wanted.containsKey(subject)) {
        changes.add(new Changed(subject, name(row), "removed",
            List.of(Change.of("unit", row.unit(), null), Change.of("basis", row.basis(), null))));
      }
    });
    return changes;
  }

  /** @param before null when there was none */
  List<Change> between(DutyRow before, DutyRow after) {
    return Change.between(before == null ? null : Duty.of(before), Duty.of(after));
  }

  /** What people call a row. */
  String name(DutyRow row) {
    return categories.category(row.category()).map(c -> c.name()).orElse(row.category()) + " · "
        + organisation.area(row.area()).map(Area::name).orElse(row.area());
  }

  private static Map<String, DutyRow> bySubject(List<DutyRow> rows) {
    Map<String, DutyRow> found = new LinkedHashMap<>();
    rows.forEach(r -> found.putIfAbsent(r.category() + "@" + r.area(), r));
    return found;
  }
}

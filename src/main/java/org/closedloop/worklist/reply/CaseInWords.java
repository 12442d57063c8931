package org.closedloop.worklist.reply;

import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.category.Categories;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.dutylist.DutyList;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Unit;
import org.closedloop.problem.Words;
import org.springframework.stereotype.Component;

/**
 * The facts of a case by the names of {@link ReplyText}, as one would write them to a reporter; none is of
 * the reporter.
 */
@Component
class CaseInWords {

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu年M月d日");
  /** A place as people call it: the county goes without saying, and of grids only offices know. */
  private static final List<String> TOLD = List.of("township", "village");

  private final Organisation organisation;
  private final Categories categories;
  private final DutyList dutyList;
  private final Clock clock;

  CaseInWords(Organisation organisation, Categories categories, DutyList dutyList, Clock clock) {
    this.organisation = organisation;
    this.categories = categories;
    this.dutyList = dutyList;
    this.clock = clock;
  }

  /** Without the names for which the case has nothing. */
  Map<String, String> of(CaseFile file) {
    Map<String, String> values = new HashMap<>();
    values.put(ReplyText.NUMBER, file.number());
    values.put(ReplyText.TITLE, file.title());
    values.put(ReplyText.PLACE, place(file.area()));
    values.put(ReplyText.CATEGORY,
        categories.path(file.category()).stream().map(Words::zh).reduce((above, below) -> below).orElse(null));
    values.put(ReplyText.UNIT, unit(file));
    values.put(ReplyText.TODAY, WorkingCalendar.local(clock.instant()).format(DAY));
    values.values().removeIf(value -> value == null || value.isBlank());
    return values;
  }

  /** The unit that leads, or would by the duty list while nobody does: what the form starts with, too. */
  private String unit(CaseFile file) {
    String code = file.leadUnit() != null ? file.leadUnit() : dutyList.propose(file.category(), file.area()).unit();
    return organisation.unit(code).map(Unit::name).orElse(null);
  }

  private String place(String code) {
    List<Area> path = Stream.iterate(area(code), Objects::nonNull, a -> area(a.parent())).toList();
    String told = path.stream().filter(a -> TOLD.contains(a.level())).map(Area::name)
        .reduce((below, above) -> above + below).orElse(null);
    return told != null ? told : path.stream().findFirst().map(Area::name).orElse(null);
  }

  private Area area(String code) {
    return code == null ? null : organisation.area(code).orElse(null);
  }
}

package org.closedloop.demo.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.closedloop.deadline.WorkingCalendar;
import org.closedloop.deadline.WorkingCalendar.Session;
import org.closedloop.demo.cases.Course.Step;
import org.junit.jupiter.api.Test;

/** The sample cases' steps lie in office time, in order, and never in the future, whenever the demo is started. */
class CourseTest {

  private static final WorkingCalendar CALENDAR = new WorkingCalendar(List.of(
      new Session(LocalTime.of(8, 0), LocalTime.of(12, 0)), new Session(LocalTime.of(14, 30), LocalTime.of(18, 0))),
      List.of());

  private static Instant at(String local) {
    return OffsetDateTime.parse(local + "+08:00").toInstant();
  }

  private static Matter matter(String reported, String course) {
    return new Matter("x", "t", "d", "0101", "140929", "", 111.5, 38.7, "12345", "ordinary", "", "", reported, course,
        "", "");
  }

  @Test
  void daysAreOfficeDaysAndStepsFollowEachOther() {
    // Monday noon; two office days ago was Thursday
    List<Step> steps = new Course(CALENDAR, at("2026-03-09T12:00:00")).of(matter("2d0900", "accept +1d handle=x"));
    assertThat(steps).containsExactly(new Step("report", "", at("2026-03-05T09:00:00")),
        new Step("accept", "", at("2026-03-05T09:20:00")), new Step("handle", "x", at("2026-03-06T09:20:00")));
  }

  @Test
  void whatWouldLieInTheFutureIsDoneNow() {
    Instant now = at("2026-03-09T08:30:00");
    assertThat(new Course(CALENDAR, now).of(matter("1d1700", "accept +2d handle")).get(2).at()).isEqualTo(now);
    assertThat(new Course(CALENDAR, now).of(matter("5m", "accept")).get(1).at()).isEqualTo(now);
  }

  @Test
  void workThatWouldGoOnIntoTheEveningWaitsForTheNextOfficeDay() {
    List<Step> steps = new Course(CALENDAR, at("2026-03-12T12:00:00")).of(matter("4d1740", "accept handle"));
    assertThat(steps.get(2).at()).isEqualTo(at("2026-03-09T08:20:00").plusSeconds(20 * 60));
  }

  @Test
  void theShippedCasesAreWellFormedAndKnowEachOther() {
    List<Matter> matters = Matter.shipped();
    assertThat(matters.size()).isGreaterThan(60);
    Set<String> ids = new HashSet<>();
    matters.forEach(m -> assertThat(ids.add(m.id())).as(m.id()).isTrue());
    for (Instant now : List.of(at("2026-03-08T03:00:00"), at("2026-03-09T17:59:00"), at("2026-10-05T11:00:00"))) {
      Course course = new Course(CALENDAR, now);
      for (Matter m : matters) {
        List<Step> steps = course.of(m);
        assertThat(steps).isSortedAccordingTo(java.util.Comparator.comparing(Step::at));
        assertThat(steps.get(steps.size() - 1).at()).isBeforeOrEqualTo(now);
        steps.stream().filter(s -> s.word().equals("merge")).forEach(s -> assertThat(ids).contains(s.argument()));
        assertThat(m.phone()).matches("|1390000\\d{4}");
      }
    }
  }
}

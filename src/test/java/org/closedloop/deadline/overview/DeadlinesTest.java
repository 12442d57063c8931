package org.closedloop.deadline.overview;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.closedloop.Caller;
import org.closedloop.LiveApp;
import org.closedloop.casefile.CaseFile;
import org.closedloop.casefile.CaseRegister;
import org.closedloop.casefile.NewCase;
import org.closedloop.casefile.Reporter;
import org.closedloop.deadline.Allowance;
import org.closedloop.deadline.AllowanceUnit;
import org.closedloop.deadline.Clocks;
import org.closedloop.organisation.Organisation;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** {@code /api/deadlines} and its statements. Every test opens cases of a case type of its own and looks at those. */
@LiveApp
class DeadlinesTest {

  private static final Sight COUNTY = new Sight(true, null, List.of("140929-cc"), true);

  @Autowired DeadlineMapper deadlines;
  @Autowired DeadlineController section;
  @Autowired CaseRegister register;
  @Autowired Clocks clocks;
  @Autowired Organisation organisation;
  @Autowired Clock clock;
  @Autowired Caller caller;

  private String process;
  private Instant now;

  @BeforeEach
  void aCaseTypeOfOurOwn() {
    process = "deadlines-" + UUID.randomUUID();
    now = clock.instant();
  }

  @Test
  void theSoonestComesFirstAndPagesGoOnWhereTheLastEnded() {
    String number = open("140929100");
    for (int minutes : new int[] {300, 60, 240, 60, 120}) {
      start(number, "k" + UUID.randomUUID(), minutes);
    }
    List<DeadlineMapper.Row> all = list(COUNTY, filter(null), null, null, 50);
    assertThat(all).hasSize(5).extracting(r -> r.dueAt().toInstant()).isSorted();
    List<Long> paged = new ArrayList<>();
    DeadlineMapper.Row last = null;
    do {
      List<DeadlineMapper.Row> page = list(COUNTY, filter(null), last == null ? null : last.dueAt().toInstant(),
          last == null ? null : last.id(), 2);
      last = page.isEmpty() ? null : page.get(page.size() - 1);
      page.forEach(r -> paged.add(r.id()));
    } while (last != null);
    assertThat(paged).containsExactlyElementsOf(all.stream().map(DeadlineMapper.Row::id).toList());
  }

  @Test
  void everyFilterNarrowsAndEndedClocksAreGone() {
    String number = open("140929100");
    start(number, "handle", 60);
    start(number, "other", 600);
    start(number, "ended", 30);
    clocks.end(number, "i", "ended", now);
    clocks.bind(number, "i", "handle", "item-1", "140929-ga");
    assertThat(keys(new DeadlineFilter(process, "140929-ga", null, null, null))).containsExactly("handle");
    assertThat(keys(new DeadlineFilter(process, null, "stage", null, null))).containsExactly("handle", "other");
    assertThat(keys(new DeadlineFilter(process, null, "rung", null, null))).isEmpty();
    assertThat(keys(new DeadlineFilter(process, null, null, null,
        OffsetDateTime.ofInstant(now.plus(Duration.ofHours(2)), clock.getZone())))).containsExactly("handle");
    assertThat(deadlines.ofCase(number)).extracting(DeadlineMapper.Row::key).containsExactly("handle", "other");
  }

  @Test
  void whatTheListCallsALightIsTheLightOfEachLine() {
    String number = open("140929100");
    start(number, "long", 10_000);
    start(number, "short", 60);
    start(number, "stopped", 60);
    clocks.pause(number, "i", "stopped", now);
    for (long minutes : new long[] {0, 44, 45, 46, 59, 60, 61, 7_499, 7_500, 9_999, 10_000, 10_001}) {
      Instant later = now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).plus(Duration.ofMinutes(minutes));
      int found = 0;
      for (String light : List.of("green", "yellow", "red", "grey")) {
        var rows = deadlines.list(COUNTY, filter(light), later, null, null, 50);
        found += rows.size();
        assertThat(rows).allSatisfy(r -> assertThat(DeadlineLine.of(r, later).light().code()).isEqualTo(light));
      }
      assertThat(found).as("after %s minutes", minutes).isEqualTo(3);
    }
  }

  @Test
  void onlyWhoSeesTheCaseSeesItsDeadlines() {
    start(open("140929100"), "handle", 60);
    start(open("140929101"), "handle", 60);
    assertThat(list(COUNTY, filter(null), null, null, 50)).hasSize(2);
    assertThat(list(new Sight(false, organisation.area("140929100").orElseThrow().path(), List.of("140929100"), true),
        filter(null), null, null, 50)).hasSize(1);
    assertThat(list(new Sight(false, null, List.of("140929-ga"), true), filter(null), null, null, 50)).isEmpty();
  }

  @Test
  void theCasePageShowsItsRunningClocks() {
    String number = open("140929100");
    start(number, "handle", 60);
    CaseFile file = register.file(number);
    assertThat(section.name()).isEqualTo("deadlines");
    assertThat(section.read(file, null)).singleElement().satisfies(d -> {
      assertThat(d.task()).isEqualTo("handle");
      assertThat(d.light().code()).isEqualTo("green");
    });
  }

  @Test
  void theListOverHttpHasTheFieldsOfTheContract() {
    String number = open("140929100");
    clocks.start(number, process, "i", "handle", "stage", new Allowance(7, AllowanceUnit.WORKING_DAYS, 0.75, "stage"),
        "handle", now);
    clocks.extend(number, "i", "handle", 2, AllowanceUnit.WORKING_DAYS, "dutyleader", "answers.amount", now,
        new Allowance(10, AllowanceUnit.WORKING_DAYS, 0.75, "side"));
    clocks.bind(number, "i", "handle", "item-2", "140929100");
    JsonNode line = get("supervisor", "").expect(200).json().get("items").get(0);
    assertThat(line.get("case").asText()).isEqualTo(number);
    assertThat(line.get("task").asText()).isEqualTo("handle");
    assertThat(line.get("kind").asText()).isEqualTo("stage");
    assertThat(line.get("unit").asText()).isEqualTo("140929100");
    assertThat(line.get("assignee").isNull()).isTrue();
    assertThat(line.get("pausedSince").isNull()).isTrue();
    assertThat(line.get("startedAt").asText()).endsWith("+08:00");
    assertThat(OffsetDateTime.parse(line.get("warn").asText())).isBefore(line.get("due").asText());
    assertThat(line.get("extensions")).singleElement().satisfies(e -> {
      assertThat(e.get("amount").asInt()).isEqualTo(2);
      assertThat(e.get("unit").asText()).isEqualTo("WORKING_DAYS");
      assertThat(e.get("due").asText()).isEqualTo(line.get("due").asText());
    });
  }

  @Test
  void pagesOverHttpEndWithTheLastLine() {
    String number = open("140929100");
    for (int i = 0; i < 5; i++) {
      start(number, "k" + i, 60 + i);
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    while (next != null) {
      JsonNode page = get("supervisor", "&limit=2" + (next.isEmpty() ? "" : "&after=" + next)).expect(200).json();
      page.get("items").forEach(i -> seen.add(i.get("task").asText()));
      next = page.get("next").isNull() ? null : page.get("next").asText();
    }
    assertThat(seen).containsExactly("k0", "k1", "k2", "k3", "k4");
  }

  @Test
  void anAdministratorWhoAsksForItMovesRunningDeadlinesAndIsToldWhich() {
    String number = open("140929100");
    // a Friday no other test looks at
    String friday = "2033-05-06";
    clocks.startOn(number, process, "i", "review", "suspension", LocalDate.parse(friday),
        new Allowance(9_000, AllowanceUnit.DAYS, 0.9, "suspension"), "review", "answers.reviewDate", now);
    String day = "/api/calendar/days/" + friday;
    try {
      assertThat(caller.as("admin").put(day, Map.of("kind", "off", "name", "停工")).expect(200).json().get("moved"))
          .isEmpty();
      assertThat(due()).isEqualTo("2033-05-06T08:00:00+08:00");
      JsonNode moved = caller.as("admin").put(day + "?recompute=true", Map.of("kind", "off", "name", "停工"))
          .expect(200).json().get("moved");
      assertThat(moved).anySatisfy(m -> {
        assertThat(m.get("case").asText()).isEqualTo(number);
        assertThat(m.get("key").asText()).isEqualTo("review");
        assertThat(m.get("old").asText()).isEqualTo("2033-05-06T08:00:00+08:00");
        assertThat(m.get("new").asText()).isEqualTo("2033-05-09T08:00:00+08:00");
      });
      assertThat(due()).isEqualTo("2033-05-09T08:00:00+08:00");
    } finally {
      caller.as("admin").put(day + "?recompute=true", Map.of("kind", "normal")).expect(200);
    }
    assertThat(due()).isEqualTo("2033-05-06T08:00:00+08:00");
  }

  private String due() {
    return get("supervisor", "").expect(200).json().get("items").get(0).get("due").asText();
  }

  @Test
  void aDesignerAndAnotherTownshipSeeNothingOverHttp() {
    start(open("140929100"), "handle", 60);
    assertThat(get("designer", "").expect(200).json().get("items")).isEmpty();
    assertThat(get("140929101.handler", "").expect(200).json().get("items")).isEmpty();
    assertThat(get("140929100.handler", "").expect(200).json().get("items")).hasSize(1);
    assertThat(caller.get("/api/deadlines").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"kind=task,kind", "light=blue,light", "light=none,light", "before=tomorrow,before", "limit=0,limit",
      "limit=201,limit", "limit=x,limit", "after=%21%21,after", "after=MjAyNi0wMS0wMVQwMDowMDowMFp8eA,after"})
  void badInputIsNamed(String query, String field) {
    assertThat(get("supervisor", "&" + query).expect(422).json().get("errors")).singleElement()
        .satisfies(e -> assertThat(e.get("field").asText()).isEqualTo(field));
  }

  private Caller.Answer get(String username, String more) {
    return caller.as(username).get("/api/deadlines?process=" + URLEncoder.encode(process, StandardCharsets.UTF_8)
        + more);
  }

  private String open(String area) {
    return register.open(new NewCase(process, "patrol", "路灯不亮", "", null, area, null, null, "ordinary",
        new Reporter(null, null, true), null), null, Map.of()).number();
  }

  private void start(String number, String key, int minutes) {
    clocks.start(number, process, "i", key, "stage", new Allowance(minutes, AllowanceUnit.MINUTES, 0.75, "stage"), key,
        now);
  }

  private DeadlineFilter filter(String light) {
    return new DeadlineFilter(process, null, null, light, null);
  }

  private List<String> keys(DeadlineFilter filter) {
    return deadlines.list(COUNTY, filter, now, null, null, 50).stream().map(DeadlineMapper.Row::key).toList();
  }

  private List<DeadlineMapper.Row> list(Sight sight, DeadlineFilter filter, Instant afterDue, Long afterId, int rows) {
    return deadlines.list(sight, filter, now, afterDue, afterId, rows);
  }
}

package org.closedloop.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.closedloop.LiveApp;
import org.closedloop.casefile.journal.Journal;
import org.closedloop.organisation.Sight;
import org.closedloop.page.Cursor;
import org.closedloop.problem.Words;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The register and its mappers on a real database; every test leaves nothing behind. */
@LiveApp
@Transactional
class CaseRegisterTest {

  private static final Sight COUNTY = new Sight(true, null, List.of("140929-cc"), true);

  @Autowired
  CaseRegister register;
  @Autowired
  CaseMapper cases;
  @Autowired
  ReporterMapper reporters;
  @Autowired
  CaseUnitMapper units;
  @Autowired
  Journal journal;
  @Autowired
  Clock clock;
  @Autowired
  JdbcClient sql;

  private CaseFile open(String title, String area) {
    return register.open(new NewCase("case-handling", "citizen-page", title, "供暖问题", null, area, 111.5, 38.7,
        "ordinary", new Reporter("王五", "13800000000", false), null), null, Map.of());
  }

  @Test
  void aCaseIsOpenedWithItsReportItsReporterAndACodeToFollowIt() {
    CaseFile file = open("暖气不热", "140929100");
    assertThat(file.number()).matches("01\\d{8}-\\d{6}");
    assertThat(file.trackingCode()).matches("[A-Z2-9]{10}");
    assertThat(file.areaPath()).isEqualTo("140929/140929100/");
    assertThat(reporters.of(file.number()).name()).isEqualTo("王五");
    assertThat(journal.entries(file)).singleElement().satisfies(e -> assertThat(e.kind()).isEqualTo("report"));
    assertThat(register.tracked(file.number(), file.trackingCode().toLowerCase()).number()).isEqualTo(file.number());
    assertThatThrownBy(() -> register.tracked(file.number(), "WRONGCODE1")).isInstanceOf(CaseNotFound.class);
  }

  @Test
  void sightFollowsTheGroundAndTheUnitsConcerned() {
    CaseFile file = open("路灯不亮", "140929100");
    Sight township = new Sight(false, "140929/140929100/", List.of("140929100"), true);
    Sight neighbour = new Sight(false, "140929/140929101/", List.of("140929101"), true);
    Sight department = new Sight(false, null, List.of("140929-zj"), true);
    assertThat(cases.findFor(file.number(), COUNTY)).isNotNull();
    assertThat(cases.findFor(file.number(), township)).isNotNull();
    assertThat(cases.findFor(file.number(), neighbour)).isNull();
    assertThat(cases.findFor(file.number(), department)).isNull();
    register.concerns(file.number(), "140929-zj", "lead");
    assertThat(cases.findFor(file.number(), department)).isNotNull();
    assertThat(units.of(file.number())).extracting(CaseUnitMapper.Concerned::unit).containsExactly("140929-zj");
  }

  @Test
  void theListPagesByKeysetAndNarrowsByEveryFilter() {
    String word = "羊圈" + System.nanoTime();
    for (int i = 0; i < 5; i++) {
      open(word + i, "140929100");
    }
    Instant now = clock.instant();
    CaseFilter all = new CaseFilter(null, null, "140929100", null, null, null, null, word, true, null, null, null);
    List<CaseFile> first = register.read(all, COUNTY, null, 3);
    assertThat(first).hasSize(3);
    CaseFile last = first.get(2);
    List<CaseFile> rest = register.read(all, COUNTY, new Cursor(last.openedAt(), last.number()), 3);
    assertThat(rest).hasSize(2).noneMatch(first::contains);
    for (String light : List.of("green", "yellow", "red", "grey")) {
      CaseFilter f = new CaseFilter("case-handling", "report", null, "01", "x", light, "citizen-page", word, true, now,
          now, "due");
      assertThat(register.read(f, COUNTY, new Cursor(now, "x"), 3)).isEmpty();
    }
    CaseFilter none = new CaseFilter(null, null, null, null, null, "none", null, word, null, null, null, null);
    assertThat(register.read(none, COUNTY, null, 9)).hasSize(5);
  }

  @Test
  void whoReportedIsFoundOnlyByThoseWhoMaySeeReporters() {
    open("找人", "140929100");
    CaseFilter f = new CaseFilter(null, null, null, null, null, null, null, "13800000000", null, null, null, null);
    assertThat(register.read(f, COUNTY, null, 9)).isNotEmpty();
    Sight supervisor = new Sight(true, null, List.of("140929-cc"), false);
    assertThat(register.read(f, supervisor, null, 9)).isEmpty();
  }

  @Test
  void aCaseEndsReopensMergesAndIsRated() {
    CaseFile main = open("主件", "140929100");
    CaseFile file = open("重复件", "140929100");
    register.merge(file.number(), main.number());
    assertThat(register.mergedInto(main.number())).extracting(CaseFile::number).containsExactly(file.number());
    register.end(file.number(), "merged");
    assertThat(register.file(file.number()).open()).isFalse();
    CaseFile again = register.reopen(register.file(file.number()), true);
    assertThat(again.round()).isEqualTo(2);
    assertThat(again.mergedInto()).isNull();
    CaseFile changed = register.facts(again, null, "140929101", "urgent", "140929-zj");
    assertThat(changed.areaPath()).isEqualTo("140929/140929101/");
    register.outcome(file.number(), "solved");
    register.rate(changed, true, 5, "谢谢");
    register.stage(file.number(), "handle");
    register.clocks(file.number(), clock.instant(), clock.instant().plusSeconds(60), null);
    CaseFile end = register.lock(file.number());
    assertThat(end.result()).isEqualTo("solved");
    assertThat(end.satisfaction()).isEqualTo(5);
    assertThat(end.light(clock.instant())).isEqualTo(Light.YELLOW);
  }

  @Test
  void whatWasRecordedCannotBeChanged() {
    CaseFile file = open("不可改", "140929100");
    journal.reached(file, "case-handling", null, "accepted", Words.of("已受理", "Accepted"));
    journal.passed(file.number(), "case-handling", null, "accept", false);
    assertThat(journal.counts(file, "case-handling")).containsEntry("accepted", 1);
    assertThat(journal.milestones(file.number())).hasSize(1);
    assertThat(journal.passed(file.number())).extracting(p -> p.element()).containsExactly("accept");
    assertThatThrownBy(() -> sql.sql("update entry set key = 'x' where case_number = ?").param(file.number()).update())
        .hasMessageContaining("not changed");
  }

  @Test
  void partitionsAreMadeAheadAndAgainWithoutHarm() {
    journal.makePartitions();
    journal.makePartitions();
    assertThat(sql.sql("select count(*) from pg_inherits where inhparent = 'entry'::regclass").query(Long.class)
        .single()).isGreaterThan(3);
  }
}

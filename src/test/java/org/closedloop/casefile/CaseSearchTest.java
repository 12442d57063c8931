package org.closedloop.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.closedloop.LiveApp;
import org.closedloop.casefile.search.CaseSearch;
import org.closedloop.casefile.search.CaseSearch.Alike;
import org.closedloop.casefile.search.Matter;
import org.closedloop.casefile.search.SearchWords;
import org.closedloop.organisation.Sight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** Search and likeness on a real database, in the scripts and with the characters people use. Leaves nothing behind. */
@LiveApp
@Transactional
class CaseSearchTest {

  private static final Sight COUNTY = new Sight(true, null, List.of("140929-cc"), true);
  private static final String TEXT = "第一行：卐卍巷口，ÉCOLE No.9 GmbH_100%\\真的 😀🚒 מים אין 　全角ＡＢ\n第二行";

  @Autowired CaseRegister register;
  @Autowired CaseMapper cases;
  @Autowired CaseSearch search;
  @Autowired JdbcClient sql;

  @ParameterizedTest(name = "<{0}> found: {1}")
  @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
      "卐卍,true", "巷口,true", "卍卐,false", "口卐,false",
      "gmbh,true", "GMBH,true", "no.9,true", "9 gmbh,true", "ÉCOLE,true", "école,false",
      "_100%,true", "_1__,false", "%的,false", "100%,true", "%\\真,true", "\\的,false",
      "😀🚒,true", "🚒😀,false", "מים,true", "אין מים,true", "םימ,false",
      "ＡＢ,true", "卐卍 gmbh,true", "卐卍 没有,false", "行\u0000：,true", "卐\ud800,true",
  })
  void aWordIsFoundWhereItStands(String typed, boolean found) {
    CaseFile file = open("标题", TEXT, "王小明", "13912345678", null, null);
    // one letter alone is not in the index; with the number it is looked for among few
    assertThat(find(typed + " " + file.number(), COUNTY)).hasSize(found ? 1 : 0);
    assertThat(search.numbers(SearchWords.of(typed)).orElse(List.of()).contains(file.number()))
        .isEqualTo(found && SearchWords.of(typed).text().codePoints().count() > 1 && pairs(typed));
  }

  @Test
  void theIndexAndThePatternAgreeOnAnyPieceOfAnyText() {
    Random random = new Random(20261001);
    String alphabet = "路灯不亮噪音Aa1%_\\😀אẞ 　、";
    int[] letters = alphabet.codePoints().toArray();
    for (int i = 0; i < 60; i++) {
      int[] text = random.ints(30, 0, letters.length).map(n -> letters[n]).toArray();
      CaseFile file = open("任意", new String(text, 0, 30), null, null, null, null);
      int from = random.nextInt(27);
      String piece = new String(text, from, 2 + random.nextInt(Math.min(6, 28 - from)));
      if (SearchWords.of(piece) != null && pairs(piece)) {
        assertThat(search.numbers(SearchWords.of(piece))).hasValueSatisfying(
            found -> assertThat(found).as("<%s> in <%s>", piece, new String(text, 0, 30)).contains(file.number()));
      }
    }
  }

  @Test
  void aWordDoesNotReachFromTheTitleIntoTheText() {
    CaseFile file = open("甲乙卐", "卍丙丁", null, null, null, null);
    assertThat(find("卐卍 " + file.number(), COUNTY)).isEmpty();
    assertThat(find("乙卐 卍丙 " + file.number(), COUNTY)).hasSize(1);
  }

  @Test
  void aCaseIsFoundByItsNumberOrItsEnd() {
    CaseFile file = open("找号码", "正文", null, null, null, null);
    assertThat(find(file.number(), COUNTY)).extracting(CaseFile::number).containsExactly(file.number());
    assertThat(find(file.number().substring(3), COUNTY)).extracting(CaseFile::number).contains(file.number());
  }

  @Test
  void aSingleCharacterOrOnlySignsIsAnswered() {
    open("煋", "正文", null, null, null, null);
    assertThat(find("煋", COUNTY)).hasSize(1);
    for (String odd : List.of("%", "_", "\\", "'", "\u0000", "   ", "\u202e", "😀")) {
      assertThatCode(() -> find(odd, COUNTY)).doesNotThrowAnyException();
    }
  }

  @Test
  void theReporterIsSearchedOnlyWhereThePersonAnswersForTheMatter() {
    CaseFile file = open("标题", "正文", "欧阳卐卍", "13912345678", null, null);
    register.concerns(file.number(), "140929-zj", "lead");
    register.concerns(file.number(), "140929-jt", "co-handling");
    register.facts(file, null, null, null, "140929-zj");
    Sight lead = new Sight(false, null, List.of("140929-zj"), true);
    Sight helper = new Sight(false, null, List.of("140929-jt"), true);
    Sight supervisor = new Sight(true, null, List.of("140929-cc"), false);
    for (String typed : List.of("卐卍", "欧阳卐卍 5678", "391234567")) {
      assertThat(find(typed, COUNTY)).as(typed).extracting(CaseFile::number).contains(file.number());
      assertThat(find(typed, lead)).extracting(CaseFile::number).contains(file.number());
      assertThat(find(typed, helper)).isEmpty();
      assertThat(find(typed, supervisor)).extracting(CaseFile::number).doesNotContain(file.number());
    }
    assertThat(find("标题 " + file.number(), helper)).hasSize(1);
  }

  @Test
  void aCommonWordIsFoundInThePageAndInThePagesAfterIt() {
    sql.sql("""
        insert into case_file (number, process, title, description, area, area_path, urgency, channel, stage, open,
                               tracking_code, opened_at)
        select 'X' || lpad(i::text, 6, '0'), 'case-handling', '卐卍' || i, '正文', '140929100', '140929/140929100/',
               'ordinary', 'patrol', 'closed', false, 'X' || i, timestamptz '2001-01-01' + i * interval '1 second'
          from generate_series(1, 3100) i
        """).update();
    assertThat(search.numbers(SearchWords.of("卐卍"))).as("too many to be named one by one").isEmpty();
    CaseFilter filter = filter("卐卍");
    List<CaseFile> first = register.read(filter, COUNTY, null, 51);
    assertThat(first).hasSize(51).isSortedAccordingTo((a, b) -> b.number().compareTo(a.number()));
    assertThat(first.get(0).number()).isEqualTo("X003100");
    CaseFile last = first.get(49);
    assertThat(register.read(filter, COUNTY, new org.closedloop.page.Cursor(last.openedAt(), last.number()), 51).get(0)
        .number()).isEqualTo("X003050");
    Sight nobody = new Sight(false, "140929/140929207/", List.of("140929207"), false);
    assertThat(register.read(filter, nobody, null, 51)).isEmpty();
  }

  @Test
  void aChangedTitleIsFoundAndTheOldOneNoMore() {
    CaseFile file = open("卐卍甲", "正文", null, null, null, null);
    sql.sql("update case_file set title = '卍卐乙' where number = ?").param(file.number()).update();
    assertThat(find("卐卍 " + file.number(), COUNTY)).isEmpty();
    assertThat(find("卍卐 " + file.number(), COUNTY)).hasSize(1);
  }

  @Test
  void theSameMatterReportedTwiceIsFoundAlike() {
    CaseFile older = open("天顶街道燕联小区3栋一KTV噪音扰民", "每天晚上唱到凌晨两点，楼上住户无法休息。", null, null, null, null);
    CaseFile other = open("请问农村公路什么时候硬化", "村里的路一下雨就全是泥。", null, null, null, null);
    CaseFile again = open("燕联小区3栋楼下KTV噪音扰民严重", "KTV每天晚上唱到凌晨，住户无法休息。", null, null, null, null);
    assertThat(alike(again)).contains(older.number()).doesNotContain(other.number());
    register.end(older.number(), "closed");
    assertThat(alike(again)).as("only open cases").doesNotContain(older.number());
    register.reopen(register.file(older.number()), true);
    assertThat(alike(again)).contains(older.number());
  }

  @Test
  void aNearPlaceMakesAlikeAndSightStillDecides() {
    CaseFile older = open("路面有个大坑", "车过不去。", null, null, 111.5731, 38.7051);
    CaseFile near = open("路上的坑", "又有车陷进去了。", null, null, 111.5732, 38.7052);
    List<Alike> found = search.alike(matter(near));
    assertThat(found).extracting(Alike::caseNumber).contains(older.number());
    assertThat(found).allSatisfy(a -> assertThat(a.likeness()).isGreaterThan(0).isLessThanOrEqualTo(1));
    assertThat(cases.openAmong(List.of(older.number()), COUNTY)).hasSize(1);
    assertThat(cases.openAmong(List.of(older.number()), new Sight(false, null, List.of("140929-jy"), false))).isEmpty();
  }

  private static Matter matter(CaseFile c) {
    return new Matter(c.number(), c.title(), c.description(), c.areaPath(), c.lng(), c.lat(), c.openedAt());
  }

  private List<String> alike(CaseFile file) {
    return search.alike(matter(file)).stream().map(Alike::caseNumber)
        .toList();
  }

  private List<CaseFile> find(String typed, Sight sight) {
    return register.read(filter(typed), sight, null, 51);
  }

  private static CaseFilter filter(String typed) {
    return new CaseFilter(null, null, null, null, null, null, null, typed, null, null, null, null);
  }

  private static boolean pairs(String typed) {
    return java.util.Arrays.stream(SearchWords.of(typed).text().split(" "))
        .anyMatch(w -> w.codePointCount(0, w.length()) > 1);
  }

  private CaseFile open(String title, String text, String name, String phone, Double lng, Double lat) {
    return register.open(new NewCase("case-handling", "citizen-page", title, text, null, "140929100", lng, lat,
        "ordinary", new Reporter(name, phone, name == null), null), null, Map.of());
  }
}
